package dev.lockstep.connectors.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as the catalogue describes it.
 *
 * @param kind {@code r} a table, {@code p} partitioned, {@code v} a view …, as in {@code pg_class.relkind}
 * @param identity its replica identity: {@code d}, {@code n}, {@code f} or {@code i}
 * @param identityKey the columns that an old row shows in the stream: of the primary key or of the identity's index
 * @param owned our role may act as its owner
 * @param rowSecurity rows may be hidden from us
 * @param estimate about how many rows it holds; -1 when not known
 */
record Table(
        long oid,
        String schema,
        String name,
        char kind,
        char identity,
        List<Attribute> attributes,
        List<Index> indexes,
        List<String> identityKey,
        String owner,
        boolean owned,
        boolean rowSecurity,
        long estimate) {

    /**
     * An index on plain columns, without a condition; {@code lowered}: on {@code lower(column)}.
     *
     * @param constraint a unique constraint or primary key goes by this name in errors
     */
    record Index(String name, boolean primary, boolean unique, List<String> columns, boolean lowered) {}

    Table {
        attributes = List.copyOf(attributes);
        indexes = List.copyOf(indexes);
    }

    String sql() {
        return Sql.quote(schema) + "." + Sql.quote(name);
    }

    /** For people. */
    String title() {
        return schema + "." + name;
    }

    @Nullable
    Attribute attribute(String column) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(column)) return attribute;
        }
        return null;
    }

    List<String> primaryKey() {
        for (Index index : indexes) {
            if (index.primary()) return index.columns();
        }
        return List.of();
    }

    boolean isUnique(String column) {
        return indexes.stream()
                .anyMatch(index -> index.unique() && index.columns().equals(List.of(column)));
    }

    /** A unique index over exactly these columns, in any order. */
    @Nullable
    Index uniqueOver(List<String> columns) {
        for (Index index : indexes) {
            boolean same = index.columns().size() == columns.size()
                    && index.columns().containsAll(columns)
                    && !index.lowered();
            if (index.unique() && same) return index;
        }
        return null;
    }

    boolean hasIndexOn(String column, boolean lowered) {
        return indexes.stream()
                .anyMatch(index -> index.lowered() == lowered
                        && !index.columns().isEmpty()
                        && index.columns().getFirst().equals(column));
    }

    List<String> columnNames() {
        List<String> names = new ArrayList<>();
        for (Attribute attribute : attributes) names.add(attribute.name());
        return names;
    }
}
