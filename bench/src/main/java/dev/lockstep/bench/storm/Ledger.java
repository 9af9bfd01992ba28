package dev.lockstep.bench.storm;

import dev.lockstep.bench.Server;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every edit that was made, with the time at which its database committed it. Knows what each field must come to.
 */
final class Ledger {

    /** Edits of one field closer than this may fall either way, but alike everywhere. */
    private static final long EITHER_WAY_MICROS = 5_000;
    /** A grant and a withdrawal closer than this need not be told apart; then the careful answer may win. */
    private static final long CAREFUL_MICROS = 2_000_000;

    /** @param xid of its transaction; the commit time is asked for later, when the load is over */
    record Edit(int platform, String tag, What what, String value, String xid) {}

    private record Dated(Edit edit, long micros) {}

    private final List<Edit> edits = new ArrayList<>();
    private final Map<String, EnumMap<What, String>> first = new TreeMap<>();
    private final Map<String, EnumMap<What, List<Dated>>> dated = new TreeMap<>();
    private final ArrayDeque<String> leavers = new ArrayDeque<>();
    private final TreeSet<String> left = new TreeSet<>();
    private int undone;

    synchronized void known(String tag, Map<What, String> values) {
        first.put(tag, new EnumMap<>(values));
    }

    synchronized void add(List<Edit> made) {
        edits.addAll(made);
    }

    /** Somebody who is to leave, and is edited by nobody. */
    synchronized void mayLeave(String tag, Map<What, String> values) {
        known(tag, values);
        leavers.add(tag);
    }

    /** Who leaves now; null when all have. */
    synchronized @Nullable String nextLeaver() {
        var tag = leavers.poll();
        if (tag != null) {
            left.add(tag);
        }
        return tag;
    }

    /** It came to nothing. */
    synchronized void stays(String tag) {
        left.remove(tag);
    }

    synchronized int left() {
        return left.size();
    }

    synchronized int size() {
        return edits.size();
    }

    synchronized List<Edit> all() {
        return List.copyOf(edits);
    }

    /** Transactions that were thought to be made and were not: their server stopped first. */
    int undone() {
        return undone;
    }

    /** Asks each server when it committed what. */
    void date(List<Server> servers) throws SQLException {
        for (int platform = 0; platform < servers.size(); platform++) {
            try (var connection = servers.get(platform).connect("storm");
                    var ask = connection.prepareStatement("select (extract(epoch from"
                            + " pg_xact_commit_timestamp(?::text::xid)) * 1000000)::bigint,"
                            + " pg_xact_status(?::text::xid8)")) {
                for (var edit : edits) {
                    if (edit.platform() == platform) {
                        ask.setString(1, edit.xid());
                        ask.setString(2, edit.xid());
                        try (var found = ask.executeQuery()) {
                            found.next();
                            if ("committed".equals(found.getString(2))) {
                                date(edit, found.getLong(1));
                            } else {
                                undone++;
                            }
                        }
                    }
                }
            }
        }
    }

    private void date(Edit edit, long micros) {
        dated.computeIfAbsent(edit.tag(), tag -> new EnumMap<>(What.class))
                .computeIfAbsent(edit.what(), what -> new ArrayList<>())
                .add(new Dated(edit, micros));
    }

    long lastMicros() {
        return dated.values().stream()
                .flatMap(fields -> fields.values().stream())
                .flatMap(List::stream)
                .mapToLong(Dated::micros)
                .max()
                .orElse(0);
    }

    /** Compares all three with what must be; tells what is not. */
    List<String> compare(List<Server> servers) throws SQLException {
        var wrong = new ArrayList<String>();
        var tags = new TreeSet<>(first.keySet());
        tags.addAll(dated.keySet());
        var found = new ArrayList<Map<String, EnumMap<What, String>>>();
        for (int platform = 0; platform < Platforms.COUNT; platform++) {
            var rows = new TreeMap<String, EnumMap<What, String>>();
            for (var row : Platforms.read(servers.get(platform), platform)) {
                if (rows.put(row.tag(), row.values()) != null) {
                    wrong.add(row.tag() + " is twice on platform " + platform);
                }
                if (!tags.contains(row.tag())) {
                    wrong.add(row.tag() + " on platform " + platform + " was never made by anybody");
                }
            }
            found.add(rows);
        }
        for (var tag : tags) {
            compare(tag, found, wrong);
        }
        return wrong;
    }

    private void compare(String tag, List<Map<String, EnumMap<What, String>>> found, List<String> wrong) {
        for (int platform = 0; platform < Platforms.COUNT; platform++) {
            if (found.get(platform).containsKey(tag) && left.contains(tag)) {
                wrong.add(tag + " has left, and is on platform " + platform);
                return;
            }
            if (!found.get(platform).containsKey(tag)) {
                if (left.contains(tag)) {
                    continue;
                }
                wrong.add(tag + " is missing on platform " + platform);
                return;
            }
        }
        if (left.contains(tag)) {
            return;
        }
        for (var what : What.values()) {
            var values = found.stream()
                    .map(rows -> String.valueOf(rows.get(tag).get(what)))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                wrong.add(tag + " " + what + " differs: " + values + "; " + trail(tag, what));
            } else if (!right(tag, what, values.getFirst())) {
                wrong.add(tag + " " + what + " is " + values.getFirst() + "; " + trail(tag, what));
            }
        }
    }

    private boolean right(String tag, What what, String value) {
        var said = said(tag, what);
        var at = first.containsKey(tag) ? first.get(tag).getOrDefault(what, "") : "";
        if (what == What.LABELS) {
            return said.stream()
                    .allMatch(
                            one -> List.of(value.split(";")).contains(one.edit().value()));
        }
        if (said.isEmpty()) {
            return value.equals(at);
        }
        long last = said.stream().mapToLong(Dated::micros).max().orElseThrow();
        long either = what == What.OPT ? CAREFUL_MICROS : EITHER_WAY_MICROS;
        return said.stream()
                .anyMatch(one ->
                        one.micros() > last - either && one.edit().value().equals(value));
    }

    private List<Dated> said(String tag, What what) {
        var fields = dated.get(tag);
        return fields == null ? List.of() : fields.getOrDefault(what, List.of());
    }

    /** The last few edits of a field, for whoever has to find out what went wrong. */
    private String trail(String tag, What what) {
        var said = new ArrayList<>(said(tag, what));
        said.sort(java.util.Comparator.comparingLong(Dated::micros));
        var last = new StringBuilder("said");
        for (var one : said.subList(Math.max(0, said.size() - 4), said.size())) {
            last.append(" [")
                    .append(one.edit().platform())
                    .append(' ')
                    .append(one.edit().value())
                    .append(" at ")
                    .append(one.micros() % 1_000_000_000L / 1e6)
                    .append(']');
        }
        return last.toString();
    }
}
