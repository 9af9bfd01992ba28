package dev.lockstep.connectors.postgres;

import dev.lockstep.core.normalise.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that sets values within a JSON column, several at once, and leaves all else in it alone. Objects on the way
 * are made where they are missing. A value keeps the JSON type that is there (a number stays a number as long as the
 * new text is one); a new value takes the type of its field.
 */
final class JsonSql {
    private final String column;
    private final Map<String, Node> children = new LinkedHashMap<>();

    /** Either a value to set here, or what is to be set below. */
    private record Node(@Nullable String value, @Nullable FieldType type, Map<String, Node> children) {}

    /** @param column an expression of type jsonb */
    JsonSql(String column) {
        this.column = column;
    }

    /** @param value an expression of type text */
    void set(List<String> path, String value, @Nullable FieldType type) {
        Map<String, Node> level = children;
        for (String segment : path.subList(0, path.size() - 1)) {
            Node node = level.computeIfAbsent(segment, name -> new Node(null, null, new LinkedHashMap<>()));
            level = node.children();
        }
        level.put(path.getLast(), new Node(value, type, new LinkedHashMap<>()));
    }

    String text() {
        return within(column, children);
    }

    private static String within(String here, Map<String, Node> children) {
        String sql =
                "CASE WHEN jsonb_typeof(" + here + ") IN ('object', 'array') THEN " + here + " ELSE '{}'::jsonb END";
        for (Map.Entry<String, Node> child : children.entrySet()) {
            String name = Sql.text(child.getKey());
            String there = "(" + here + " -> " + name + ")";
            Node node = child.getValue();
            String value =
                    node.value() == null ? within(there, node.children()) : typed(there, node.value(), node.type());
            sql = "jsonb_set(" + sql + ", ARRAY[" + name + "], " + value + ")";
        }
        return sql;
    }

    private static String typed(String there, String value, @Nullable FieldType type) {
        String number = value + " ~ '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$'";
        String truth = value + " IN ('true', 'false')";
        String fresh = type == null
                ? "to_jsonb(" + value + ")"
                : switch (type) {
                    case NUMBER ->
                        "CASE WHEN " + number + " THEN " + value + "::jsonb ELSE to_jsonb(" + value + ") END";
                    case BOOLEAN ->
                        "CASE WHEN " + truth + " THEN " + value + "::jsonb ELSE to_jsonb(" + value + ") END";
                    case SET, JSON -> value + "::jsonb";
                    default -> "to_jsonb(" + value + ")";
                };
        return "CASE WHEN " + value + " IS NULL THEN 'null'::jsonb"
                + " WHEN jsonb_typeof(" + there + ") = 'string' THEN to_jsonb(" + value + ")"
                + " WHEN jsonb_typeof(" + there + ") = 'number' AND " + number + " THEN " + value + "::jsonb"
                + " WHEN jsonb_typeof(" + there + ") = 'boolean' AND " + truth + " THEN " + value + "::jsonb"
                + " WHEN jsonb_typeof(" + there + ") IN ('object', 'array') THEN " + value + "::jsonb"
                + " ELSE " + fresh + " END";
    }
}
