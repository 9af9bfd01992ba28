package dev.lockstep.bench.shapes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What every cell should hold in the end, from the ledger and the words of the semantics alone. */
final class Expected {

    private final People people;
    private final List<List<Row>> byCustomer = new ArrayList<>();
    private final List<@Nullable String[]> golden = new ArrayList<>();

    Expected(People people) {
        this.people = people;
        for (int customer = 0; customer < people.customers; customer++) {
            byCustomer.add(new ArrayList<>());
        }
        for (var platform : people.rows) {
            for (var row : platform) {
                byCustomer.get(row.customer).add(row);
            }
        }
        for (var rows : byCustomer) {
            @Nullable String[] values = new @Nullable String[Field.values().length];
            for (var field : Field.values()) {
                values[field.ordinal()] = golden(field, rows);
            }
            golden.add(values);
        }
    }

    private static @Nullable String golden(Field field, List<Row> rows) {
        var said = rows.stream().filter(row -> row.says(field) != null).toList();
        return switch (field) {
            case CONSENT ->
                said.isEmpty()
                        ? null
                        : said.stream().anyMatch(row -> "withdrawn".equals(row.says(field))) ? "withdrawn" : "granted";
            case LABELS -> {
                var union = new TreeSet<String>();
                said.forEach(row ->
                        union.addAll(List.of(String.valueOf(row.says(field)).split(","))));
                yield union.isEmpty() ? null : String.join(",", union);
            }
            case TIER -> {
                var club = latest(
                        field,
                        said.stream().filter(row -> row.platform == Tables.CLUB).toList());
                var billing = latest(
                        field,
                        said.stream()
                                .filter(row -> row.platform == Tables.BILLING)
                                .toList());
                yield club != null ? club : billing != null ? billing : latest(field, said);
            }
            case FIRST, LAST -> {
                var latest = latest(field, said);
                yield latest == null ? null : latest.strip().replaceAll("\\s+", " ");
            }
            default -> latest(field, said);
        };
    }

    /** The latest dated one; an undated one only where there is no dated. At most one row here is undated. */
    private static @Nullable String latest(Field field, List<Row> said) {
        Row best = null;
        for (var row : said) {
            if (best == null || stamp(row) > stamp(best)) {
                best = row;
            }
        }
        return best == null ? null : best.says(field);
    }

    private static long stamp(Row row) {
        return row.modifiedMicros == null ? Long.MIN_VALUE + 1 : row.modifiedMicros;
    }

    int customersWithRows() {
        return (int) byCustomer.stream().filter(rows -> !rows.isEmpty()).count();
    }

    private @Nullable String golden(int customer, Field field) {
        return golden.get(customer)[field.ordinal()];
    }

    /** Compares one platform; tells what is wrong. */
    List<String> compare(int platform, Map<String, Tables.Found> found) {
        var wrong = new ArrayList<String>();
        var left = new HashMap<>(found);
        for (var row : people.rows.get(platform)) {
            var now = left.remove(row.key);
            if (now == null) {
                wrong.add(row.key + " is gone");
            } else {
                compareKept(row, now, wrong);
            }
        }
        compareMade(platform, left, wrong);
        return wrong;
    }

    private void compareKept(Row row, Tables.Found now, List<String> wrong) {
        boolean several = byCustomer.get(row.customer).stream()
                        .filter(one -> one.platform == row.platform)
                        .count()
                > 1;
        for (var field : Field.values()) {
            var goal = golden(row.customer, field);
            var before = row.cell(field);
            var after = now.cell(field);
            // Two records of one customer: each keeps its own log-in. What does not parse is left alone.
            boolean keeps = goal == null
                    || (several && field.identifies())
                    || (row.garbledPhone && field == Field.PHONE)
                    || same(field, row.says(field), goal);
            boolean right = keeps || goal == null
                    ? java.util.Objects.equals(before, after)
                    : holds(row.platform, field, goal, after);
            if (!right) {
                wrong.add(Tables.PLATFORMS.get(row.platform) + " " + row.key + ": " + field + " was '" + before
                        + "', is '" + after + "', should be " + (keeps ? "as it was" : "'" + goal + "'"));
            }
        }
    }

    private static boolean same(Field field, @Nullable String one, String other) {
        return one != null && field.canonical(one).equals(field.canonical(other));
    }

    /** Whether a cell that was to be written holds what it should, in the form it should. */
    private static boolean holds(int platform, Field field, String goal, @Nullable String after) {
        return switch (field) {
            case EMAIL, POINTS, LABELS -> same(field, Tables.said(platform, field, after), goal);
            default -> String.valueOf(Tables.cell(platform, field, goal)).equals(after);
        };
    }

    /** Rows that were not there before: one for each customer who had none and can be known by something. */
    private void compareMade(int platform, Map<String, Tables.Found> made, List<String> wrong) {
        var name = Tables.PLATFORMS.get(platform);
        var byPoints = new HashMap<String, Integer>();
        for (int customer = 0; customer < byCustomer.size(); customer++) {
            var points = golden(customer, Field.POINTS);
            if (points != null) {
                byPoints.put(Field.POINTS.canonical(points), customer);
            }
        }
        var got = new TreeSet<Integer>();
        made.forEach((key, now) -> {
            var points = Tables.said(platform, Field.POINTS, now.cell(Field.POINTS));
            var customer = points == null ? null : byPoints.get(Field.POINTS.canonical(points));
            if (customer == null) {
                wrong.add(name + " " + key + " was made for nobody: " + points);
            } else if (!got.add(customer)) {
                wrong.add(name + " " + key + " is a second row of customer " + customer);
            } else {
                compareNew(platform, key, customer, now, wrong);
            }
        });
        for (int customer = 0; customer < byCustomer.size(); customer++) {
            var rows = byCustomer.get(customer);
            boolean known = golden(customer, Field.EMAIL) != null
                    || golden(customer, Field.PHONE) != null
                    || golden(customer, Field.MEMBER) != null;
            boolean had = rows.stream().anyMatch(row -> row.platform == platform);
            boolean due = !rows.isEmpty() && known && !had;
            if (due && !got.contains(customer) && !people.mayBeTaken.contains(customer)) {
                wrong.add(name + " has no row for customer " + customer + " of " + rows.getFirst().key);
            }
            if (!due && got.contains(customer)) {
                wrong.add(name + " has a new row for customer " + customer + ", who "
                        + (had ? "had one" : "cannot be known again"));
            }
        }
    }

    private void compareNew(int platform, String key, int customer, Tables.Found now, List<String> wrong) {
        for (var field : Field.values()) {
            var goal = golden(customer, field);
            var after = now.cell(field);
            boolean right =
                    goal == null ? Tables.said(platform, field, after) == null : holds(platform, field, goal, after);
            if (!right) {
                wrong.add(Tables.PLATFORMS.get(platform) + " new " + key + ": " + field + " is '" + after
                        + "', should be '" + goal + "'");
            }
        }
    }
}
