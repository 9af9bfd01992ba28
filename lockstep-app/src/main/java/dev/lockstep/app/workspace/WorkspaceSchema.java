package dev.lockstep.app.workspace;

import dev.lockstep.spi.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The JSON Schema of the workspace file, for editors: made of the same rules that the reader goes by. */
public final class WorkspaceSchema {
    private static final String DURATION = "^(0|\\d{1,9}\\s*(ms|s|m|h|d|w))$|\\$\\{";
    private static final String RATE = "^[1-9]\\d{0,8}\\s*/\\s*[smh]$|\\$\\{";
    private static final String PERCENT = "^\\d{1,3}(\\.\\d{1,3})?\\s*%$|\\$\\{";

    private WorkspaceSchema() {}

    /** @param specs the known connectors */
    public static Map<String, Object> of(List<Spec> specs) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "A Lockstep workspace");
        schema.putAll(section(OptionRules.TOP, List.of("customer", "platforms")));
        replace(schema, "customer", mappingOf(section(OptionRules.FIELD, List.of()), "^[A-Za-z_][A-Za-z0-9_]*$"));
        replace(schema, "audiences", Map.of("type", "object", "additionalProperties", Map.of("type", "string")));
        Map<String, Object> identity = section(OptionRules.IDENTITY, List.of());
        replace(identity, "matching", section(OptionRules.MATCHING, List.of()));
        replace(schema, "identity", identity);
        replace(schema, "platforms", mappingOf(platform(specs), "^[A-Za-z][A-Za-z0-9_-]{0,62}$"));
        return schema;
    }

    private static Map<String, Object> mappingOf(Map<String, Object> value, String names) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        mapping.put("minProperties", 1);
        mapping.put("propertyNames", Map.of("pattern", names));
        mapping.put("additionalProperties", value);
        return mapping;
    }

    /** The options of every platform, and for each type its own. */
    private static Map<String, Object> platform(List<Spec> specs) {
        Map<String, Object> all = section(OptionRules.PLATFORM, List.of("type", "columns"));
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("anyOf", List.of(Map.of("type", "string"), section(OptionRules.COLUMN, List.of())));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("type", "object");
        columns.put("minProperties", 1);
        columns.put("additionalProperties", column);
        replace(all, "columns", columns);
        Map<String, Object> properties = properties(all);
        properties.put(
                "type", described(Map.of("enum", specs.stream().map(Spec::type).toList()), "What it is."));
        List<Object> variants = new ArrayList<>();
        for (Spec spec : specs) {
            List<String> required = new ArrayList<>();
            for (Spec.Option option : spec.options()) {
                properties.putIfAbsent(
                        option.name(),
                        described(Map.of("type", List.of("string", "number", "boolean")), option.description()));
                if (option.required()) required.add(option.name());
            }
            Map<String, Object> variant = new LinkedHashMap<>();
            variant.put("if", Map.of("properties", Map.of("type", Map.of("const", spec.type()))));
            variant.put("then", Map.of("required", required));
            variants.add(variant);
        }
        if (!variants.isEmpty()) all.put("allOf", variants);
        return all;
    }

    private static Map<String, Object> section(List<OptionRule> rules, List<String> required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (OptionRule rule : rules) properties.put(rule.name(), described(value(rule), rule.description()));
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", "object");
        section.put("additionalProperties", false);
        if (!required.isEmpty()) section.put("required", required);
        section.put("properties", properties);
        return section;
    }

    private static Map<String, Object> value(OptionRule rule) {
        Map<String, Object> text = Map.of("type", List.of("string", "number", "boolean"));
        Map<String, Object> names = Map.of("type", "array", "items", text);
        return switch (rule.kind()) {
            case TEXT -> text;
            case EXPRESSION -> Map.of("type", List.of("string", "number", "boolean"));
            case FLAG_OR_EXPRESSION -> Map.of("type", List.of("boolean", "string"));
            case SCHEDULE -> Map.of("type", "string");
            case FLAG -> anyOf(Map.of("type", "boolean"), reference());
            case COUNT -> anyOf(Map.of("type", "integer", "minimum", 0), reference());
            case SHARE -> anyOf(Map.of("type", "number", "minimum", 0, "maximum", 1), reference());
            case DURATION -> anyOf(Map.of("const", 0), Map.of("type", "string", "pattern", DURATION));
            case PERCENT -> Map.of("type", "string", "pattern", PERCENT);
            case RATE -> Map.of("type", "string", "pattern", RATE);
            case CHOICE -> anyOf(Map.of("enum", rule.choices()), reference());
            case TEXTS, KEEP -> anyOf(text, names);
            case TABLE ->
                Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        Map.of("type", List.of("string", "number", "boolean", "null")));
            case GUARD -> anyOf(Map.of("const", "off"), section(OptionRules.GUARD, List.of()));
            case SECTION -> Map.of("type", "object");
        };
    }

    private static Map<String, Object> reference() {
        return Map.of("type", "string", "pattern", "\\$\\{");
    }

    private static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
        return Map.of("anyOf", List.of(one, other));
    }

    private static Map<String, Object> described(Map<String, Object> value, String description) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", description);
        described.putAll(value);
        return described;
    }

    private static void replace(Map<String, Object> section, String name, Map<String, Object> value) {
        Map<String, Object> properties = properties(section);
        Object before = properties.get(name);
        Map<String, Object> described = new LinkedHashMap<>();
        if (before instanceof Map<?, ?> map && map.get("description") instanceof String text) {
            described.put("description", text);
        }
        described.putAll(value);
        properties.put(name, described);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(Map<String, Object> section) {
        return (Map<String, Object>) Objects.requireNonNull(section.get("properties"));
    }
}
