package dev.lockstep.connectors.postgres;

import dev.lockstep.core.lens.ColumnKind;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table as the catalogue describes it.
 *
 * @param typeOid the server's number of the type, as the stream and {@code pg_typeof} show it
 * @param typeSql the type's qualified name: a cast to it checks the value but never shortens it
 * @param typeName for people: {@code character varying(40)}
 * @param base the name of the type beneath domains: {@code int4}, {@code text}, {@code _text}
 * @param category the type's category in the catalogue: {@code E} an enum, {@code A} an array
 * @param maxLength in characters; 0: no bound
 * @param generated the server computes it: a generated column, or an identity that is always the server's
 * @param stored a generated column: the replication stream does not carry it
 */
record Attribute(
        String name,
        int typeOid,
        String typeSql,
        String typeName,
        String base,
        char category,
        int maxLength,
        boolean required,
        boolean hasDefault,
        boolean generated,
        boolean stored) {

    boolean isJson() {
        return base.equals("json") || base.equals("jsonb");
    }

    /** Compared without regard to case by the server itself. */
    boolean isCaseless() {
        return base.equals("citext");
    }

    boolean isText() {
        return switch (base) {
            case "text", "varchar", "bpchar", "citext", "name" -> true;
            default -> false;
        };
    }

    ColumnKind kind() {
        if (category == 'A') return ColumnKind.ARRAY;
        if (category == 'E' || isText()) return ColumnKind.TEXT;
        return switch (base) {
            case "int2", "int4", "int8", "numeric", "float4", "float8", "oid" -> ColumnKind.NUMBER;
            case "bool" -> ColumnKind.BOOLEAN;
            case "date" -> ColumnKind.DATE;
            case "timestamp" -> ColumnKind.TIMESTAMP;
            case "timestamptz" -> ColumnKind.TIMESTAMPTZ;
            case "json", "jsonb" -> ColumnKind.JSON;
            default -> ColumnKind.OTHER;
        };
    }

    /**
     * Its text in a statement, equal to {@link #normal} of what COPY and the stream show: {@code text} casts of a few
     * types say more or less than their output does.
     */
    String textSql(String qualifier) {
        String column = qualifier + Sql.quote(name);
        return switch (base) {
            case "inet" -> "NULLIF(concat(" + column + "), '')";
            default -> column + "::text";
        };
    }

    /** {@code t -> true} for booleans; fixed-length text without its padding. */
    @Nullable
    String normal(@Nullable String output) {
        if (output == null) return null;
        return switch (base) {
            case "bool" -> output.equals("t") ? "true" : output.equals("f") ? "false" : output;
            case "bpchar" -> output.stripTrailing();
            default -> output;
        };
    }
}
