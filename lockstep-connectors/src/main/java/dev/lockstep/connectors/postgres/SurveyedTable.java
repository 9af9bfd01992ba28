package dev.lockstep.connectors.postgres;

import dev.lockstep.core.lens.ColumnKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as {@link Survey} found it.
 *
 * @param name as a workspace writes it: {@code public.customers}, {@code crm."Contacts"}
 * @param plainName its own name, without its schema: {@code Contacts}
 * @param key the columns that tell its rows apart: of the primary key, else of a unique index; empty: none
 * @param hasPrimaryKey the key is the primary key
 * @param rows how many it holds, or about
 * @param updatable our role may update it
 */
public record SurveyedTable(
        String name,
        String plainName,
        List<String> key,
        boolean hasPrimaryKey,
        long rows,
        boolean updatable,
        List<Found> columns) {

    /**
     * A column.
     *
     * @param typeName for people: {@code character varying(40)}
     * @param defaultText what a new row holds there where nothing is said, when that is a constant
     * @param unique no two rows hold the same
     * @param generated the server computes it
     * @param pointsAt the table of which it names a row, as a workspace writes it; null: none
     */
    public record Found(
            String name,
            ColumnKind kind,
            String typeName,
            @Nullable String defaultText,
            boolean unique,
            boolean generated,
            @Nullable String pointsAt) {}

    public SurveyedTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }
}
