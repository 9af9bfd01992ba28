package dev.lockstep.app.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three databases with plain SQL and compares them, without asking the engine: rows under one e-mail address
 * must say the same. It knows nothing of who is who, so addresses that two rows of one database share are left out.
 */
record Agreement(long compared, List<String> differences) {

    /** What all three have in common; {@code phone} and {@code born} are not on the mailing list. */
    private static final List<String> ALL = List.of("first", "last", "city", "consent");

    private static final List<String> TWO = List.of("phone", "born", "first", "last", "city", "consent");

    static Agreement of(DemoPostgres postgres) throws SQLException {
        var shop = read(
                postgres,
                "shop",
                "select email, first_name as first, last_name as last, mobile as phone, born::text, city,"
                        + " case marketing when true then 'granted' when false then 'withdrawn' else 'unset' end"
                        + " as consent"
                        + " from customers");
        var crm = read(
                postgres,
                "crm",
                "select \"E-Mail\" as email, given_name as first, surname as last,"
                        + " '+44' || substr(replace(telephone, ' ', ''), 2) as phone,"
                        + " to_date(birthday, 'DD/MM/YYYY')::text as born, town as city,"
                        + " case opted_in when 'Y' then 'granted' when 'N' then 'withdrawn' else 'unset' end"
                        + " as consent,"
                        + " interests from contacts");
        var newsletter = read(
                postgres,
                "newsletter",
                "select email, attributes->>'first' as first, attributes->>'last' as last, attributes->>'city' as city,"
                        + " case status when 'subscribed' then 'granted' when 'unsubscribed' then 'withdrawn'"
                        + " else 'unset' end as consent, (select string_agg(e, ';') from jsonb_array_elements_text("
                        + " attributes->'interests') e) as interests from subscribers");
        // Father and son may share a mailbox: their birth dates tell, where there are any.
        var twoPeople = shop.entrySet().stream()
                .filter(one -> twoPeople(one.getValue(), crm.getOrDefault(one.getKey(), Map.of())))
                .map(Map.Entry::getKey)
                .toList();
        List.of(shop, crm, newsletter).forEach(rows -> rows.keySet().removeAll(twoPeople));
        var differences = new ArrayList<String>();
        long compared = compare("shop", shop, "crm", crm, TWO, differences)
                + compare("shop", shop, "newsletter", newsletter, ALL, differences)
                + compare("crm", crm, "newsletter", newsletter, List.of("interests"), differences);
        return new Agreement(compared, List.copyOf(differences));
    }

    private static long compare(
            String here,
            Map<String, Map<String, String>> ours,
            String there,
            Map<String, Map<String, String>> theirs,
            List<String> fields,
            List<String> differences) {
        long compared = 0;
        for (var one : ours.entrySet()) {
            var other = theirs.get(one.getKey());
            if (other == null || one.getValue().isEmpty() || other.isEmpty()) {
                continue;
            }
            compared++;
            for (var field : fields) {
                var mine = one.getValue().getOrDefault(field, "");
                var yours = other.getOrDefault(field, "");
                if (!mine.equals(yours) && !(field.equals("phone") && heldBy(ours, yours))) {
                    differences.add("%s: %s is '%s' in %s and '%s' in %s"
                            .formatted(one.getKey(), field, mine, here, yours, there));
                }
            }
        }
        return compared;
    }

    private static boolean twoPeople(Map<String, String> one, Map<String, String> other) {
        return !one.getOrDefault("born", "").equals(other.getOrDefault("born", ""))
                && one.containsKey("born")
                && other.containsKey("born");
    }

    /** Of two accounts of one person each keeps its own log-in: the number stands in the other one. */
    private static boolean heldBy(Map<String, Map<String, String>> rows, String phone) {
        return !phone.isEmpty()
                && rows.values().stream()
                        .anyMatch(row -> row.getOrDefault("phone", "").equals(phone));
    }

    /** Rows by address; an empty row where several share it. */
    private static Map<String, Map<String, String>> read(DemoPostgres postgres, String database, String sql)
            throws SQLException {
        var rows = new HashMap<String, Map<String, String>>();
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var columns = found.getMetaData();
            while (found.next()) {
                var row = new TreeMap<String, String>();
                for (int i = 2; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), plain(columns.getColumnLabel(i), found.getString(i)));
                }
                rows.merge(plain("email", found.getString(1)), row, (one, other) -> Map.of());
            }
        }
        return rows;
    }

    /** What counts of a value: not its case, not its spaces, not the order of a set. */
    private static String plain(String field, @Nullable String value) {
        if (value == null) {
            return "";
        }
        if (field.equals("interests")) {
            var parts = new TreeSet<>(Comparator.<String>naturalOrder());
            Arrays.stream(value.split(";"))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .forEach(parts::add);
            return String.join(";", parts);
        }
        var stripped = value.strip();
        return switch (field) {
            case "email", "first", "last" -> stripped.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
            default -> stripped;
        };
    }
}
