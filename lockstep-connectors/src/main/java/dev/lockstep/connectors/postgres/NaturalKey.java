package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.Mapping.Place;

/**
 * How a record is found by a value. Text is compared without regard to case where the table has an index for that, or
 * none at all; with a plain index, the value as it is and in lower case, since a look-up must not read the whole table.
 */
final class NaturalKey {
    private NaturalKey() {}

    /** @param value an expression of type text */
    static String matches(Table table, Place place, String of, String value) {
        Attribute attribute = place.attribute();
        String column = of + "." + Sql.quote(attribute.name());
        if (!place.path().isEmpty()) {
            return "lower(" + column + " #>> " + Sql.textArray(place.path()) + ") = lower(" + value + ")";
        }
        if (!attribute.isText() || attribute.isCaseless()) return column + " = " + value + "::" + attribute.typeSql();
        if (!table.hasIndexOn(attribute.name(), true) && table.hasIndexOn(attribute.name(), false)) {
            String type = attribute.typeSql();
            return column + " = ANY (ARRAY[" + value + "::" + type + ", lower(" + value + ")::" + type + "])";
        }
        return "lower(" + column + ") = lower(" + value + ")";
    }
}
