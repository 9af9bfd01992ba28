package dev.lockstep.app.workspace;

import dev.lockstep.app.workspace.Workspace.AudienceDefinition;
import dev.lockstep.app.workspace.Workspace.GuardDefinition;
import dev.lockstep.app.workspace.Workspace.IdentityDefinition;
import dev.lockstep.spi.Spec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a workspace folder. Everything wrong is told at once, each with its place and the nearest right name.
 */
public final class WorkspaceReader {
    private static final Duration HISTORY = Duration.ofDays(400);

    private final Mistakes mistakes = new Mistakes();
    private final Map<String, Spec> specs;

    private WorkspaceReader(Map<String, Spec> specs) {
        this.specs = specs;
    }

    /**
     * @param folder holds {@code lockstep.yaml} and maybe {@code .env}
     * @param specs the known connectors by type
     * @param environment the process's
     * @throws WorkspaceException with all that is wrong
     */
    public static Workspace read(Path folder, Map<String, Spec> specs, Map<String, String> environment) {
        WorkspaceReader reader = new WorkspaceReader(specs);
        Path path = folder.resolve(Workspace.FILE);
        Environment known = Environment.of(folder, environment, reader.mistakes);
        String text = reader.text(path);
        Yaml root = text == null ? null : YamlReader.read(Workspace.FILE, text, known, reader.mistakes);
        Workspace workspace = root == null ? null : reader.workspace(root, folder);
        if (workspace == null || reader.mistakes.fatal()) throw new WorkspaceException(reader.mistakes.all());
        return workspace;
    }

    private @Nullable String text(Path path) {
        Place top = new Place(path.toString(), 1, 1);
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            mistakes.add(top, "There is no such file: go to a folder with a workspace, or name one with --workspace.");
        } catch (CharacterCodingException e) {
            mistakes.add(top, "The file is not UTF-8 text: save it as such.");
        } catch (IOException e) {
            mistakes.add(top, "The file cannot be read: " + e.getMessage() + ".");
        }
        return null;
    }

    private @Nullable Workspace workspace(Yaml root, Path folder) {
        Options top = Options.of(root, "A workspace", OptionRules.TOP, mistakes);
        if (top == null) return null;
        List<String> platformNames = names(top, "platforms");
        Formulas formulas = new Formulas(names(top, "customer"), names(top, "audiences"), mistakes);
        List<FieldDefinition> fields =
                section(top, "customer", "fields") ? fields(top, platformNames, formulas) : List.of();
        List<AudienceDefinition> audiences = audiences(top, formulas);
        IdentityDefinition identity = identity(top, fields);
        List<PlatformDefinition> platforms =
                section(top, "platforms", "platforms") ? platforms(top, fields, formulas) : List.of();
        GuardDefinition guard = Guards.read(top, mistakes);
        Duration history = top.duration("history");
        Soundness.check(fields, platforms, mistakes);
        return new Workspace(
                folder,
                name(top, folder),
                fields,
                identity,
                audiences,
                platforms,
                guard,
                history == null ? HISTORY : history,
                mistakes.all());
    }

    /** Whether the section is there; told when it is not. */
    private boolean section(Options top, String name, String holds) {
        Yaml section = top.get(name);
        if (section == null) {
            mistakes.add(top.at(), "`" + name + ":` is missing: it holds the " + holds + ".");
            return false;
        }
        if (section instanceof Yaml.Nothing
                || section instanceof Yaml.Mapping map && map.entries().isEmpty()) {
            mistakes.add(top.at(name), "`" + name + ":` is empty: it holds the " + holds + ".");
            return false;
        }
        return true;
    }

    private static List<String> names(Options top, String section) {
        if (!(top.get(section) instanceof Yaml.Mapping mapping)) return List.of();
        return mapping.entries().stream().map(entry -> entry.key().written()).toList();
    }

    private List<FieldDefinition> fields(Options top, List<String> platformNames, Formulas formulas) {
        Options section = Options.open(Objects.requireNonNull(top.get("customer")), "`customer`", mistakes);
        List<FieldDefinition> fields = new ArrayList<>();
        FieldReader reader = new FieldReader(platformNames, mistakes);
        for (Yaml.Entry entry : section == null ? List.<Yaml.Entry>of() : section.entries()) {
            FieldDefinition field = reader.read(entry);
            if (field != null) fields.add(field);
        }
        return formulas.compiled(fields, reader.untyped());
    }

    private List<PlatformDefinition> platforms(Options top, List<FieldDefinition> fields, Formulas formulas) {
        Options section = Options.open(Objects.requireNonNull(top.get("platforms")), "`platforms`", mistakes);
        List<String> allFields = names(top, "customer");
        PlatformReader reader = new PlatformReader(specs, fields, allFields, formulas, mistakes);
        List<PlatformDefinition> platforms = new ArrayList<>();
        for (Yaml.Entry entry : section == null ? List.<Yaml.Entry>of() : section.entries()) {
            PlatformDefinition platform = reader.read(entry);
            if (platform != null) platforms.add(platform);
        }
        return List.copyOf(platforms);
    }

    private List<AudienceDefinition> audiences(Options top, Formulas formulas) {
        Yaml section = top.get("audiences");
        Options options = section == null ? null : Options.open(section, "`audiences`", mistakes);
        List<AudienceDefinition> audiences = new ArrayList<>();
        for (Yaml.Entry entry : options == null ? List.<Yaml.Entry>of() : options.entries()) {
            if (entry.value() instanceof Yaml.Text text) {
                String name = entry.key().written();
                Written condition = new Written(text.text(), text.at());
                formulas.condition(condition, "Audience `" + name + "`");
                audiences.add(new AudienceDefinition(name, condition));
            } else {
                mistakes.add(entry.value().at(), "An audience is one CEL expression, such as `country == \"DE\"`.");
            }
        }
        if (!audiences.isEmpty()) {
            mistakes.warn(top.at("audiences"), "Audiences are not available yet: nothing is computed from them.");
        }
        return List.copyOf(audiences);
    }

    private IdentityDefinition identity(Options top, List<FieldDefinition> fields) {
        Yaml section = top.get("identity");
        Options options = section == null ? null : Options.of(section, "`identity`", OptionRules.IDENTITY, mistakes);
        if (options == null) return new IdentityDefinition(null, List.of());
        Integer sharedLimit = options.count("shared_limit", 1);
        List<String> vetoes = new ArrayList<>();
        List<String> known = names(top, "customer");
        for (Written name : options.texts("never_join_if_different")) {
            if (!known.contains(name.text())) {
                mistakes.add(
                        name.at(), "There is no field `" + name.text() + "`." + Nearest.hintOrAll(name.text(), known));
            } else {
                refuseUnfitVeto(name, fields);
                vetoes.add(name.text());
            }
        }
        matching(options, known);
        return new IdentityDefinition(sharedLimit, List.copyOf(vetoes));
    }

    private void refuseUnfitVeto(Written name, List<FieldDefinition> fields) {
        for (FieldDefinition field : fields) {
            if (!field.name().equals(name.text())) continue;
            if (field.value() != null || field.trait()) {
                mistakes.add(
                        name.at(),
                        "`" + field.name() + "` is computed: nobody claims it, so it cannot veto. Take it out.");
            } else if (FieldReader.NEVER_IDENTIFY.contains(field.type())) {
                mistakes.add(
                        name.at(),
                        "A " + field.type().spelling() + " such as `" + field.name() + "` cannot veto. Take it out.");
            }
        }
    }

    private void matching(Options identity, List<String> fields) {
        Yaml section = identity.get("matching");
        Options options = section == null ? null : Options.of(section, "`matching`", OptionRules.MATCHING, mistakes);
        if (options == null) return;
        mistakes.warn(identity.at("matching"), "Probabilistic matching is not available yet: only identifiers join.");
        for (Written name : options.texts("compare")) {
            if (!fields.contains(name.text())) {
                mistakes.add(
                        name.at(), "There is no field `" + name.text() + "`." + Nearest.hintOrAll(name.text(), fields));
            }
        }
        Double merge = options.share("merge_above");
        Double review = options.share("review_above");
        if (merge != null && review != null && review > merge) {
            mistakes.add(
                    options.at("review_above"),
                    "`review_above` is greater than `merge_above`: nothing would be reviewed. Lower it.");
        }
    }

    private String name(Options top, Path folder) {
        Written given = top.written("name");
        if (given != null) {
            if (given.text().matches("[a-z][a-z0-9_]{0,30}")) return given.text();
            mistakes.add(
                    given.at(), "`name` is at most 31 lower-case letters, digits and underscores, a letter first.");
        }
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String plain = (last == null ? "" : last.toString())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[^a-z]+|_+$", "");
        String shortened = plain.substring(0, Math.min(31, plain.length()));
        return shortened.isEmpty() ? "workspace" : shortened;
    }
}
