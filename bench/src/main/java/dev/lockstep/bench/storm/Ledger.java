package dev.lockstep.bench.storm;

import dev.lockstep.bench.Server;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Every edit that was made, with the time at which its database committed it. Knows what each field must come to.
 */
final class Ledger {

    /** Edits of one field closer than this may fall either way, but alike everywhere. */
    private static final long EITHER_WAY_MICROS = 5_000;
    /** A grant and a withdrawal closer than this need not be told apart; then the careful answer may win. */
    private static final long CAREFUL_MICROS = 2_000_000;

    /** @param number of its transaction; the commit time is asked for later, when the load is over */
    record Edit(int platform, String tag, What what, String value, long number) {}

    private record Dated(Edit edit, long micros) {}

    private final AtomicLong numbers = new AtomicLong();
    private final List<Edit> edits = new ArrayList<>();
    private final Map<String, EnumMap<What, String>> first = new TreeMap<>();
    private final Map<String, EnumMap<What, List<Dated>>> dated = new TreeMap<>();
    private final ArrayDeque<String> leavers = new ArrayDeque<>();
    private final TreeSet<String> left = new TreeSet<>();
    private final List<String> cutOff = new ArrayList<>();
    private boolean grantsMayBeCutOff;
    private int undone;

    /** For one more transaction. */
    long number() {
        return numbers.incrementAndGet();
    }

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

    /** Asks each server when it committed what, whatever was known before. */
    void date(List<Server> servers) throws SQLException {
        dated.clear();
        undone = 0;
        for (int platform = 0; platform < servers.size(); platform++) {
            var committed = Platforms.committed(servers.get(platform));
            for (var edit : all()) {
                var micros = committed.get(edit.number());
                if (edit.platform() == platform && micros != null) {
                    date(edit, micros);
                } else if (edit.platform() == platform) {
                    undone++;
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
        var wrong = compare(servers, this::right);
        if (grantsMayBeCutOff) {
            cutOff.clear();
            wrong.stream().filter(Ledger::cutOff).forEach(cutOff::add);
            wrong.removeIf(Ledger::cutOff);
        }
        return wrong;
    }

    /**
     * Compares all three with what may be where the state was lost, and everything was read again: nobody knows then
     * which of the edits on their way was the latest. All agree on something that was said; nothing is twice; no label
     * is missing; and nobody is opted in whose last word was to be out.
     */
    List<String> compareAfterLoss(List<Server> servers) throws SQLException {
        return compare(servers, this::possible);
    }

    /** Where writes are cut off by kills and resets: {@link #compare} then passes over what {@link #cutOff} tells. */
    void grantsMayBeCutOff() {
        grantsMayBeCutOff = true;
    }

    /**
     * Grants that came to nothing, everywhere alike. One whose write was cut off goes out again only when nothing else
     * has happened to that record since; else what is found there is a withdrawal: the careful answer.
     */
    List<String> cutOff() {
        return List.copyOf(cutOff);
    }

    private static boolean cutOff(String wrong) {
        return wrong.contains(" " + What.OPT + " is withdrawn; ");
    }

    private interface Judge {
        boolean right(String tag, What what, String value);
    }

    private List<String> compare(List<Server> servers, Judge judge) throws SQLException {
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
            compare(tag, found, judge, wrong);
        }
        return wrong;
    }

    private void compare(String tag, List<Map<String, EnumMap<What, String>>> found, Judge judge, List<String> wrong) {
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
                    .map(rows -> String.valueOf(Objects.requireNonNull(rows.get(tag)).get(what)))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                wrong.add(tag + " " + what + " differs: " + values + "; " + trail(tag, what));
            } else if (!judge.right(tag, what, values.getFirst())) {
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

    private boolean possible(String tag, What what, String value) {
        var said = said(tag, what);
        if (what == What.LABELS || said.isEmpty() && what != What.OPT) {
            return right(tag, what, value);
        }
        if (what == What.OPT) {
            // What is only found to be granted may count for nothing until the person says it again.
            return value.equals("withdrawn") || right(tag, what, value);
        }
        return said.stream().anyMatch(one -> one.edit().value().equals(value))
                || first.containsKey(tag)
                        && first.get(tag).getOrDefault(what, "").equals(value);
    }

    /** Begins anew with what the first server holds: all agree on it. */
    synchronized void rebase(List<Server> servers) throws SQLException {
        edits.clear();
        dated.clear();
        first.clear();
        for (var row : Platforms.read(servers.getFirst(), 0)) {
            first.put(row.tag(), row.values());
        }
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
