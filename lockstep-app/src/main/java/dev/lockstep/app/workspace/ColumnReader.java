package dev.lockstep.app.workspace;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnPath;
import dev.lockstep.core.lens.LensException;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a platform. */
final class ColumnReader {
    private final List<FieldDefinition> fields;
    private final List<String> allFields;
    private final Formulas formulas;
    private final Mistakes mistakes;

    /** @param allFields names, those among them too that were not understood: nobody is told twice */
    ColumnReader(List<FieldDefinition> fields, List<String> allFields, Formulas formulas, Mistakes mistakes) {
        this.fields = fields;
        this.allFields = allFields;
        this.formulas = formulas;
        this.mistakes = mistakes;
    }

    /** @param platform the platform's access; null: not said */
    @Nullable
    ColumnDefinition read(Yaml.Entry entry, @Nullable Access platform) {
        List<String> segments = segments(entry.key());
        ColumnDefinition column = switch (entry.value()) {
            case Yaml.Text text -> plain(entry.key(), segments, text);
            case Yaml.Mapping mapping -> detailed(entry.key(), segments, mapping);
            default -> {
                mistakes.add(
                        entry.value().at(),
                        "Column `" + entry.key().written()
                                + "` takes a field's name or a mapping such as { field: email }.");
                yield null;
            }
        };
        if (column != null) refuseBadAccess(column, platform);
        return column;
    }

    private List<String> segments(Yaml.Text key) {
        try {
            return ColumnPath.parse(key.written()).segments();
        } catch (LensException e) {
            mistakes.add(key.at(), String.valueOf(e.getMessage()));
            return List.of(key.written());
        }
    }

    private ColumnDefinition plain(Yaml.Text key, List<String> segments, Yaml.Text text) {
        refuseUnknownField(new Written(text.text(), text.at()));
        return new ColumnDefinition(
                key.written(),
                segments,
                text.text(),
                null,
                null,
                Map.of(),
                null,
                List.of(),
                null,
                null,
                Settings.NONE,
                key.at());
    }

    private @Nullable ColumnDefinition detailed(Yaml.Text key, List<String> segments, Yaml.Mapping mapping) {
        Options options = Options.of(mapping, "Column `" + key.written() + "`", OptionRules.COLUMN, mistakes);
        if (options == null) return null;
        Written fieldName = options.written("field");
        Written value = options.written("value");
        List<Written> split = options.texts("split");
        FieldDefinition field = fieldName == null ? null : field(fieldName.text());
        if (fieldName != null) refuseUnknownField(fieldName);
        refuseMixture(key, options, fieldName, value, split, field);
        String access = options.choice("access", List.of("read", "write", "both"));
        FieldType type = field == null ? null : field.type();
        ColumnDefinition column = new ColumnDefinition(
                key.written(),
                segments,
                !split.isEmpty() || fieldName == null ? null : fieldName.text(),
                access == null ? null : Access.valueOf(access.toUpperCase(Locale.ROOT)),
                options.written("format"),
                values(options),
                value == null ? null : formulas.compile(value, "Column `" + key.written() + "`"),
                split(split),
                options.text("default"),
                options.flag("standardize"),
                new SettingsReader(mistakes).read(options, type),
                key.at());
        if (type != null) refuseBadForm(column, options, Objects.requireNonNull(field));
        return column;
    }

    private @Nullable FieldDefinition field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private void refuseUnknownField(Written name) {
        if (!allFields.contains(name.text())) {
            mistakes.add(
                    name.at(), "There is no field `" + name.text() + "`." + Nearest.hintOrAll(name.text(), allFields));
        }
    }

    private void refuseMixture(
            Yaml.Text key,
            Options options,
            @Nullable Written field,
            @Nullable Written value,
            List<Written> split,
            @Nullable FieldDefinition definition) {
        boolean computed = definition != null && definition.value() != null;
        if (field == null && value == null && split.isEmpty()) {
            if (!options.has("field") && !options.has("value") && !options.has("split")) {
                mistakes.add(
                        key.at(),
                        "Column `" + key.written() + "` says nothing: give it a `field`, a `value` or a" + " `split`.");
            }
        } else if (value != null && (field != null || !split.isEmpty())) {
            mistakes.add(
                    value.at(),
                    "Column `" + key.written() + "` is computed by `value`: take `"
                            + (field != null ? "field" : "split") + "` out.");
        } else if (field != null && !split.isEmpty() && !computed) {
            mistakes.add(
                    options.at("split"),
                    "Column `" + key.written() + "` both carries `" + field.text() + "` and is split: keep one.");
        }
        for (String option : List.of("format", "values", "separator")) {
            if (options.has(option) && field == null && (value != null || !split.isEmpty())) {
                mistakes.add(options.at(option), "`" + option + "` is for columns with a `field`.");
            }
        }
    }

    private Map<String, String> values(Options options) {
        Map<String, String> values = new LinkedHashMap<>();
        options.table("values").forEach((raw, meaning) -> values.put(raw, meaning.text()));
        if (options.has("values") && values.isEmpty() && options.get("values") instanceof Yaml.Mapping) {
            mistakes.add(options.at("values"), "`values` is empty: write what the column holds and what that means.");
        }
        return values;
    }

    private List<String> split(List<Written> split) {
        List<String> names = new ArrayList<>();
        for (Written name : split) {
            refuseUnknownField(name);
            FieldDefinition field = field(name.text());
            if (names.contains(name.text())) {
                mistakes.add(name.at(), "`" + name.text() + "` is named twice: take one out.");
            } else if (field != null && (field.value() != null || field.trait())) {
                mistakes.add(
                        name.at(), "`" + name.text() + "` is computed: nothing can be split into it. Take it out.");
            } else {
                names.add(name.text());
            }
        }
        if (split.size() == 1) {
            mistakes.add(split.getFirst().at(), "`split` names two fields or more; for one write `field`.");
        }
        return List.copyOf(names);
    }

    /** What is wrong with a format or a table whatever the column is made of is told now. */
    private void refuseBadForm(ColumnDefinition column, Options options, FieldDefinition field) {
        if (column.format() == null && column.values().isEmpty()) return;
        Place at = column.format() != null ? column.format().at() : options.at("values");
        LensException refusal = null;
        for (ColumnKind kind : ColumnKind.values()) {
            try {
                ColumnLens.of(Lenses.options(field, column, kind, lensAccess(column), 0));
                return;
            } catch (LensException e) {
                if (refusal == null) refusal = e;
            }
        }
        if (refusal != null) mistakes.add(at, String.valueOf(refusal.getMessage()));
    }

    private static Access lensAccess(ColumnDefinition column) {
        return column.access() == null ? Access.BOTH : column.access();
    }

    private void refuseBadAccess(ColumnDefinition column, @Nullable Access platform) {
        FieldDefinition field = column.field() == null ? null : field(column.field());
        boolean computed = column.value() != null || (field != null && (field.value() != null || field.trait()));
        if (computed && column.access() != null && column.access() != Access.WRITE) {
            mistakes.add(
                    column.at(), "Column `" + column.path() + "` is computed: it is only written. Take `access` out.");
        } else if (computed && platform == Access.READ) {
            mistakes.add(column.at(), "Column `" + column.path() + "` is computed, and its platform is only read.");
        } else if (!column.split().isEmpty() && (column.access() == Access.WRITE || column.access() == Access.BOTH)) {
            mistakes.add(
                    column.at(), "Column `" + column.path() + "` is split: it is only read. Write `access: read`.");
        } else if (!column.split().isEmpty() && platform == Access.WRITE) {
            mistakes.add(column.at(), "Column `" + column.path() + "` is split, and its platform is only written.");
        } else if (column.access() != null
                && platform != null
                && platform != Access.BOTH
                && platform != column.access()) {
            mistakes.add(
                    column.at(),
                    "Column `" + column.path() + "` has `access: "
                            + column.access().name().toLowerCase(Locale.ROOT) + "`, and its platform `access: "
                            + platform.name().toLowerCase(Locale.ROOT) + "`.");
        }
    }
}
