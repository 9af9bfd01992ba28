package dev.lockstep.app.workspace;

import dev.lockstep.app.workspace.FieldDefinition.KeepDefinition;
import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the fields of the customer model. */
public final class FieldReader {
    /** Equal values of these say nothing about who somebody is. */
    static final Set<FieldType> NEVER_IDENTIFY =
            EnumSet.of(FieldType.CONSENT, FieldType.SET, FieldType.JSON, FieldType.BOOLEAN);

    private static final Set<String> RESERVED = Set.of(
            "now",
            "days",
            "in_audience",
            "granted",
            "withdrawn",
            "unset",
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while",
            "int",
            "uint",
            "double",
            "bool",
            "string",
            "bytes",
            "list",
            "map",
            "type",
            "size",
            "has",
            "duration",
            "timestamp",
            "dyn",
            "null_type");
    private static final List<String> KEEP_RULES = List.of("latest", "first", "union");
    private static final List<String> LATER_KEEP_RULES = List.of("longest", "most_common", "max", "min");
    private static final List<String> TRAITS = List.of("count", "sum", "last");

    private final List<String> platforms;
    private final Mistakes mistakes;
    private final Set<String> untyped = new TreeSet<>();

    FieldReader(List<String> platforms, Mistakes mistakes) {
        this.platforms = platforms;
        this.mistakes = mistakes;
    }

    @Nullable
    FieldDefinition read(Yaml.Entry entry) {
        String name = entry.key().written();
        refuseBadName(entry.key());
        if (entry.value() instanceof Yaml.Text text) {
            mistakes.add(text.at(), "A field is a mapping: write `" + name + ": { type: " + text.written() + " }`.");
            return null;
        }
        Options options = Options.of(entry.value(), "Field `" + name + "`", OptionRules.FIELD, mistakes);
        if (options == null) return null;
        Written value = options.written("value");
        List<String> traits = TRAITS.stream().filter(options::has).toList();
        refuseMixture(name, options, value, traits);
        FieldType type = type(name, options, value != null, traits);
        if (type == null) return null;
        Boolean identifies = options.flag("identifies");
        if (Boolean.TRUE.equals(identifies) && (value != null || !traits.isEmpty())) {
            mistakes.add(
                    options.at("identifies"),
                    "`" + name + "` is computed: it cannot identify anybody. Take `identifies` out.");
        } else if (Boolean.TRUE.equals(identifies) && NEVER_IDENTIFY.contains(type)) {
            mistakes.add(
                    options.at("identifies"),
                    "A " + type.spelling() + " cannot identify anybody. Take `identifies` out.");
        }
        Integer sharedLimit = options.count("shared_limit", 1);
        if (sharedLimit != null && !Boolean.TRUE.equals(identifies)) {
            mistakes.add(
                    options.at("shared_limit"),
                    "`shared_limit` is for fields with `identifies: true`: add that, or take it out.");
        }
        return new FieldDefinition(
                name,
                type,
                new SettingsReader(mistakes).read(options, type),
                Boolean.TRUE.equals(identifies),
                keep(options, type),
                sharedLimit,
                value,
                null,
                !traits.isEmpty(),
                options.text("was"),
                entry.key().at());
    }

    /** Computed fields read so far that say no type. */
    Set<String> untyped() {
        return untyped;
    }

    /** Whether an expression can say this name. */
    public static boolean nameable(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !RESERVED.contains(name);
    }

    private void refuseBadName(Yaml.Text key) {
        if (!key.written().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            mistakes.add(
                    key.at(),
                    "`" + Options.shortened(key.written())
                            + "` cannot name a field: use letters, digits and underscores, a letter first.");
        } else if (RESERVED.contains(key.written())) {
            mistakes.add(key.at(), "`" + key.written() + "` has a meaning in expressions: name the field otherwise.");
        }
    }

    private void refuseMixture(String name, Options options, @Nullable Written value, List<String> traits) {
        if (traits.size() > 1 || (value != null && !traits.isEmpty())) {
            mistakes.add(options.at(traits.getLast()), "`" + name + "` says twice how it is computed: keep one.");
        }
        if (options.has("over") && traits.isEmpty()) {
            mistakes.add(options.at("over"), "`over` is for traits: `count`, `sum` or `last`. Take it out.");
        }
        if (!traits.isEmpty()) {
            traits.forEach(options::text);
            options.duration("over");
            mistakes.warn(options.at(traits.getFirst()), "Traits are not available yet: `" + name + "` has no value.");
        }
    }

    private @Nullable FieldType type(String name, Options options, boolean computed, List<String> traits) {
        Written written = options.written("type");
        if (written != null) {
            FieldType type = FieldType.find(written.text());
            if (type == null) {
                String hint = Nearest.hint(written.text(), OptionRules.TYPES);
                String all = " Types: " + String.join(", ", OptionRules.TYPES) + ".";
                mistakes.add(
                        written.at(),
                        "There is no field type `" + written.text() + "`." + (hint.isEmpty() ? all : hint));
            }
            return type;
        }
        if (traits.contains("last")) return FieldType.DATETIME;
        if (!traits.isEmpty()) return FieldType.NUMBER;
        if (computed) {
            untyped.add(name);
            return FieldType.TEXT;
        }
        if (!options.has("type")) {
            mistakes.add(
                    options.at(),
                    "Field `" + name + "` needs a `type`: one of " + String.join(", ", OptionRules.TYPES) + ".");
        }
        return null;
    }

    private @Nullable KeepDefinition keep(Options options, FieldType type) {
        Yaml node = options.get("keep");
        if (node == null) return null;
        Place at = node.at();
        if (type == FieldType.CONSENT) {
            mistakes.add(at, "A consent takes no `keep`: the careful answer wins. Take the option out.");
            return null;
        }
        if (node instanceof Yaml.Sequence) {
            List<String> trust = new ArrayList<>();
            for (Written name : options.texts("keep")) {
                if (!platforms.contains(name.text())) {
                    mistakes.add(
                            name.at(),
                            "There is no platform `" + name.text() + "`." + Nearest.hintOrAll(name.text(), platforms));
                } else if (trust.contains(name.text())) {
                    mistakes.add(name.at(), "`" + name.text() + "` is named twice: take one out.");
                } else {
                    trust.add(name.text());
                }
            }
            return new KeepDefinition("trust", List.copyOf(trust), at);
        }
        String rule = options.text("keep");
        if (rule == null) return null;
        if (LATER_KEEP_RULES.contains(rule)) {
            mistakes.add(
                    at,
                    "The keep rule `" + rule + "` is not available yet: use one of " + Options.quoted(KEEP_RULES)
                            + ", or a list of platforms.");
        } else if (!KEEP_RULES.contains(rule)) {
            mistakes.add(
                    at,
                    "There is no keep rule `" + rule + "`: use one of " + Options.quoted(KEEP_RULES)
                            + ", or a list of platforms." + Nearest.hint(rule, KEEP_RULES));
        } else if (rule.equals("union") && type != FieldType.SET) {
            mistakes.add(at, "`keep: union` is for sets, and this is a " + type.spelling() + ": use `latest`.");
        } else {
            return new KeepDefinition(rule, List.of(), at);
        }
        return null;
    }
}
