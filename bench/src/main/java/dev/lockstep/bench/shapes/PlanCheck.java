package dev.lockstep.bench.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Compares what {@code plan --json} named with what then changed in the databases: a list of writes, each with
 * {@code platform}, {@code kind}, {@code key} and {@code columns} (name to {@code {field, from, to}}).
 */
final class PlanCheck {

    private static final List<String> NAMES = List.of(
            "member_no",
            "email",
            "phone",
            "first_name",
            "last_name",
            "born",
            "country",
            "points",
            "mail_ok",
            "tier",
            "labels");

    private PlanCheck() {}

    /** Tells each row that was changed and not named, or named and not changed, or changed otherwise. */
    static List<String> compare(
            String plan, List<Map<String, Tables.Found>> before, List<Map<String, Tables.Found>> after) {
        var named = named(plan);
        var made = made(before, after);
        var wrong = new ArrayList<String>();
        named.forEach((write, times) -> {
            if (!times.equals(made.get(write))) {
                wrong.add("named " + times + " times, made " + made.getOrDefault(write, 0) + " times: " + write);
            }
        });
        made.forEach((write, times) -> {
            if (!named.containsKey(write)) {
                wrong.add("made, and not named: " + write);
            }
        });
        return wrong;
    }

    /** Each write as one line: a new row has no key yet, so that its cells stand for it. */
    private static Map<String, Integer> named(String plan) {
        var named = new TreeMap<String, Integer>();
        for (JsonNode write : new ObjectMapper().readTree(plan)) {
            int platform = Tables.PLATFORMS.indexOf(write.path("platform").asString());
            var cells = new TreeMap<Field, String>();
            for (var column : write.path("columns").properties()) {
                var field = Field.values()[
                        NAMES.indexOf(column.getValue().path("field").asString())];
                put(cells, platform, field, text(column.getValue().path("to")));
            }
            var key = write.path("key").isNull() ? "new" : write.path("key").asString();
            named.merge(line(platform, key, cells), 1, Integer::sum);
        }
        return named;
    }

    private static Map<String, Integer> made(
            List<Map<String, Tables.Found>> before, List<Map<String, Tables.Found>> after) {
        var made = new TreeMap<String, Integer>();
        for (int platform = 0; platform < before.size(); platform++) {
            for (var row : after.get(platform).entrySet()) {
                var was = before.get(platform).get(row.getKey());
                var cells = new TreeMap<Field, String>();
                for (var field : Field.values()) {
                    var now = row.getValue().cell(field);
                    if (was == null || !Objects.equals(was.cell(field), now)) {
                        put(cells, platform, field, now);
                    }
                }
                if (was == null || !cells.isEmpty()) {
                    made.merge(line(platform, was == null ? "new" : row.getKey(), cells), 1, Integer::sum);
                }
            }
        }
        return made;
    }

    /** A cell that says nothing is the same whether named or not: a new row has its column's default. */
    private static void put(Map<Field, String> cells, int platform, Field field, @Nullable String cell) {
        var said = Tables.said(platform, field, cell == null ? null : unwrapped(field, cell));
        if (said != null) {
            cells.put(field, field.canonical(said));
        }
    }

    /** A set as an array, of JSON or of PostgreSQL: {@code ["a","b"]} or <code>{a,b}</code> {@code -> a,b}. */
    private static String unwrapped(Field field, String cell) {
        return field == Field.LABELS ? cell.replaceAll("[\\[\\]{}\"]", "") : cell;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isNull() ? null : node.asString();
    }

    private static String line(int platform, String key, Map<Field, String> cells) {
        return Tables.PLATFORMS.get(platform) + " " + key + " " + cells;
    }
}
