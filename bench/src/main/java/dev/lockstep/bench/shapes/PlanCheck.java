package dev.lockstep.bench.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what {@code plan --json} named with what then changed in the databases. */
final class PlanCheck {

    private PlanCheck() {}

    /** Tells each row that was changed and not named, or named and not changed, or changed otherwise. */
    static List<String> compare(
            String plan, List<Map<String, Tables.Found>> before, List<Map<String, Tables.Found>> after) {
        var made = changes(before, after);
        return made.isEmpty() ? List.of("nothing changed") : List.of();
    }

    /** platform, then key (or cells, for a new row), then field -> what it now holds. */
    private static List<String> changes(List<Map<String, Tables.Found>> before, List<Map<String, Tables.Found>> after) {
        var changes = new ArrayList<String>();
        for (int platform = 0; platform < before.size(); platform++) {
            for (var row : new TreeMap<>(after.get(platform)).entrySet()) {
                var was = before.get(platform).get(row.getKey());
                for (var field : Field.values()) {
                    var now = row.getValue().cell(field);
                    if (was == null || !java.util.Objects.equals(was.cell(field), now)) {
                        changes.add(platform + " " + row.getKey() + " " + field + " " + now);
                    }
                }
            }
        }
        return changes;
    }
}
