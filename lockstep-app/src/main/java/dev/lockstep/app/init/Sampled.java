package dev.lockstep.app.init;

import dev.lockstep.connectors.postgres.SurveyedTable;
import dev.lockstep.connectors.postgres.SurveyedTable.Found;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.lens.ColumnPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A column, or a path into a JSON column, with what was found there.
 *
 * @param path as the workspace writes it: {@code email}, {@code profile.name.first}
 * @param kind what it is made of, as the platform will show it
 * @param rows one text for each row of the sample; null: none
 * @param defaultText what a new row holds where nothing is said
 */
record Sampled(
        ColumnPath path,
        ColumnKind kind,
        String typeName,
        List<@Nullable String> rows,
        @Nullable String defaultText,
        boolean unique,
        boolean generated,
        boolean reference) {
    private static final int DEPTH_MOST = 2;
    private static final int PATHS_MOST = 60;

    Sampled {
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
    }

    /** The same, with the first of its values alone. */
    Sampled head(int most) {
        List<@Nullable String> first =
                new ArrayList<>(values().stream().limit(most).toList());
        return new Sampled(path, kind, typeName, first, defaultText, unique, generated, reference);
    }

    /** The last part of its path: what it is called. */
    ColumnName name() {
        return ColumnName.of(path.segments().getLast());
    }

    boolean nested() {
        return path.isNested();
    }

    /** The texts that say something. */
    List<String> values() {
        List<String> values = new ArrayList<>();
        for (String row : rows) {
            if (row != null && !row.isBlank()) values.add(row);
        }
        return values;
    }

    /** How often each text stands there, the most frequent first. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String value : values()) counts.merge(value.strip(), 1, Integer::sum);
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** The columns of a table; of those that hold JSON objects, the paths one or two levels into them. */
    static List<Sampled> of(SurveyedTable table, List<List<@Nullable String>> sample) {
        List<Sampled> all = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Found found = table.columns().get(i);
            List<@Nullable String> rows = new ArrayList<>(sample.size());
            for (List<@Nullable String> row : sample) rows.add(row.get(i));
            Sampled whole = new Sampled(
                    ColumnPath.ofName(found.name()),
                    found.kind(),
                    found.typeName(),
                    rows,
                    found.defaultText(),
                    found.unique(),
                    found.generated(),
                    found.pointsAt() != null);
            List<Sampled> inside = found.kind() == ColumnKind.JSON ? inside(whole) : List.of();
            if (inside.isEmpty()) {
                all.add(whole);
            } else {
                all.addAll(inside);
            }
        }
        return all;
    }

    private static List<Sampled> inside(Sampled column) {
        Documents documents = new Documents(DEPTH_MOST, PATHS_MOST);
        for (int i = 0; i < column.rows().size(); i++)
            documents.read(i, column.rows().get(i));
        List<Sampled> inside = new ArrayList<>();
        for (List<String> path : documents.paths()) {
            List<String> segments = new ArrayList<>(column.path().segments());
            segments.addAll(path);
            boolean lists = documents.lists(path);
            inside.add(new Sampled(
                    new ColumnPath(segments),
                    lists ? ColumnKind.JSON : ColumnKind.TEXT,
                    lists ? "a JSON list" : "JSON " + documents.scalar(path),
                    documents.rows(path, column.rows().size()),
                    null,
                    false,
                    column.generated(),
                    false));
        }
        return inside;
    }
}
