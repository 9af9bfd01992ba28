package dev.lockstep.app.workspace;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnPath;
import dev.lockstep.core.lens.LensException;
import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.model.PlatformModel.OnDelete;
import dev.lockstep.spi.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the platforms. */
final class PlatformReader {
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final List<String> COMMON =
            OptionRules.PLATFORM.stream().map(OptionRule::name).toList();

    private final Map<String, Spec> specs;
    private final ColumnReader columns;
    private final Formulas formulas;
    private final Mistakes mistakes;

    PlatformReader(
            Map<String, Spec> specs,
            List<FieldDefinition> fields,
            List<String> allFields,
            Formulas formulas,
            Mistakes mistakes) {
        this.specs = specs;
        this.columns = new ColumnReader(fields, allFields, formulas, mistakes);
        this.formulas = formulas;
        this.mistakes = mistakes;
    }

    @Nullable
    PlatformDefinition read(Yaml.Entry entry) {
        String name = entry.key().written();
        String of = "Platform `" + name + "`";
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,62}")) {
            mistakes.add(
                    entry.key().at(),
                    "`" + Options.shortened(name)
                            + "` cannot name a platform: use letters, digits, `_` and `-`, a letter first.");
        }
        Options options = Options.open(entry.value(), of, mistakes);
        if (options == null) return null;
        String type = options.text("type");
        Spec spec = type == null ? null : specs.get(type);
        if (spec == null) {
            refuseType(of, options, type);
        } else {
            options.refuseUnknown(
                    Stream.concat(COMMON.stream(), spec.options().stream().map(Spec.Option::name))
                            .toList());
        }
        Access access = access(options);
        List<ColumnDefinition> mapped = columns(of, options, access, spec != null);
        Leave leave = leave(options, spec);
        OnDelete onDelete = onDelete(options);
        Duration settle = options.duration("settle");
        Boolean standardize = options.flag("standardize");
        String sync = options.schedule("sync");
        Boolean create = create(options);
        PlatformDefinition platform = new PlatformDefinition(
                name,
                type == null ? "" : type,
                access,
                options.texts("key").stream().map(Written::text).toList(),
                options.text("modified"),
                mapped,
                create == null || create,
                create == null ? formulas.condition(options.written("create"), "`create` of " + of) : null,
                formulas.condition(options.written("where"), "`where` of " + of),
                leave,
                archive(options),
                onDelete,
                sync == null ? "realtime" : sync,
                settle(settle, sync),
                Boolean.TRUE.equals(standardize),
                options.rate("limit"),
                Guards.read(options, mistakes),
                spec == null ? Map.of() : own(of, options, spec),
                options.text("was"),
                entry.key().at());
        return spec == null ? null : platform;
    }

    /** What becomes of a write is seen within two reads. */
    private static Duration settle(@Nullable Duration written, @Nullable String sync) {
        Duration settle = written == null ? SETTLE : written;
        if (settle.isZero() || sync == null) return settle;
        Duration reads = Options.gap(sync).multipliedBy(2);
        return settle.compareTo(reads) < 0 ? reads : settle;
    }

    private void refuseType(String of, Options options, @Nullable String type) {
        String known = " Types: " + String.join(", ", specs.keySet()) + ".";
        if (type == null) {
            if (!options.has("type")) mistakes.add(options.at(), of + " needs a `type`." + known);
        } else if (type.startsWith("./")) {
            mistakes.add(options.at("type"), "Connectors of one's own are not available yet." + known);
        } else {
            String nearest = Nearest.hint(type, specs.keySet());
            mistakes.add(options.at("type"), "There is no platform type `" + type + "` yet." + known + nearest);
        }
    }

    private static @Nullable Access access(Options options) {
        String access = options.choice("access", List.of("read", "write", "both"));
        return access == null ? null : Access.valueOf(access.toUpperCase(Locale.ROOT));
    }

    private List<ColumnDefinition> columns(String of, Options options, @Nullable Access access, boolean known) {
        Yaml node = options.get("columns");
        if (node == null) {
            // What a type needs that is not known, nobody knows.
            if (known) mistakes.add(options.at(), of + " needs `columns`: its own names, each with our field.");
            return List.of();
        }
        Options section = Options.open(node, "`columns` of " + of, mistakes);
        List<ColumnDefinition> found = new ArrayList<>();
        for (Yaml.Entry entry : section == null ? List.<Yaml.Entry>of() : section.entries()) {
            ColumnDefinition column = columns.read(entry, access);
            if (column != null) found.add(column);
        }
        if (section != null && section.entries().isEmpty()) {
            mistakes.add(options.at("columns"), "`columns` of " + of + " is empty: map at least one.");
        }
        return List.copyOf(found);
    }

    private Leave leave(Options options, @Nullable Spec spec) {
        String leave = options.choice("leave", List.of("keep", "archive", "delete"));
        if (leave == null) {
            if (options.has("archive")) {
                mistakes.add(options.at("archive"), "`archive` says how: add `leave: archive` and a `where`.");
            }
            return Leave.KEEP;
        }
        if (!leave.equals("keep") && !options.has("where")) {
            mistakes.add(options.at("leave"), "`leave` is for platforms with a `where`: without one nobody leaves.");
        }
        if (leave.equals("archive") && !options.has("archive") && spec != null) {
            mistakes.add(
                    options.at("leave"),
                    "A table has no archive of its own: say how, such as" + " `archive: { active: false }`.");
        }
        return Leave.valueOf(leave.toUpperCase(Locale.ROOT));
    }

    private static OnDelete onDelete(Options options) {
        String onDelete = options.choice("on_delete", List.of("unlink", "delete", "recreate"));
        return onDelete == null ? OnDelete.UNLINK : OnDelete.valueOf(onDelete.toUpperCase(Locale.ROOT));
    }

    /** Null: an expression is given. */
    private static @Nullable Boolean create(Options options) {
        if (!(options.get("create") instanceof Yaml.Text text)) {
            options.text("create");
            return true;
        }
        return switch (text.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private Map<String, Written> archive(Options options) {
        Map<String, Written> archive = options.table("archive");
        if (options.has("archive") && archive.isEmpty()) {
            mistakes.add(options.at("archive"), "`archive` is empty: say what to set, such as `{ active: false }`.");
        }
        archive.forEach((column, value) -> {
            try {
                if (ColumnPath.parse(column).isNested()) {
                    mistakes.add(value.at(), "`archive` sets whole columns, and `" + column + "` is part of one.");
                }
            } catch (LensException e) {
                mistakes.add(value.at(), String.valueOf(e.getMessage()));
            }
            if (value.text().isBlank()) {
                mistakes.add(value.at(), "`archive` sets `" + column + "` to nothing: give it a value.");
            }
        });
        return archive;
    }

    private Map<String, String> own(String of, Options options, Spec spec) {
        Map<String, String> own = new LinkedHashMap<>();
        for (Spec.Option option : spec.options()) {
            if (COMMON.contains(option.name())) continue;
            String text = options.text(option.name());
            if (text != null && (!text.isBlank() || !option.required())) {
                own.put(option.name(), text);
            } else if (option.required() && (text != null || !options.has(option.name()))) {
                mistakes.add(
                        text == null ? options.at() : options.at(option.name()),
                        of + " needs `" + option.name() + "`: " + lowerFirst(option.description()));
            }
        }
        return own;
    }

    private static String lowerFirst(String text) {
        String first = text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
        return first.endsWith(".") ? first : first + ".";
    }
}
