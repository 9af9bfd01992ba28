package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.WriteSql.Shape;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends writes, a statement for all of one shape, and finds out which of them a failure is to be blamed on. */
final class Writer {
    /** Rows that others hold are waited for one by one, but no longer than this in all. */
    private static final long BUSY_NANOS = 3_000_000_000L;

    private final String workspace;
    private final Table table;
    private final Mapping mapping;
    private final Sessions sessions;
    private final Echoes echoes;
    private final boolean noted;
    private final Refusals refusals;
    private final Map<Shape, WriteSql> statements = new ConcurrentHashMap<>();
    private volatile boolean tableMayHaveChanged;

    /** @param noted the platform streams, so that our rows are announced to its stream */
    Writer(String workspace, Table table, Mapping mapping, Sessions sessions, Echoes echoes, boolean noted) {
        this.workspace = workspace;
        this.table = table;
        this.mapping = mapping;
        this.sessions = sessions;
        this.echoes = echoes;
        this.noted = noted;
        this.refusals = new Refusals(table, mapping);
    }

    List<Receipt> write(List<Write> writes) throws InterruptedException {
        List<Receipt> receipts = new ArrayList<>(writes.size());
        Map<Shape, List<Write>> groups = new LinkedHashMap<>();
        for (Write write : writes) {
            if (write.cells().stream().allMatch(cell -> mapping.place(cell.column()) != null)) {
                groups.computeIfAbsent(Shape.of(write), shape -> new ArrayList<>())
                        .add(write);
            } else {
                receipts.add(Receipt.of(
                        write,
                        Outcome.INVALID,
                        "A column to be written is no longer in table " + table.title() + ".",
                        Clock.micros()));
            }
        }
        List<List<Write>> ordered = new ArrayList<>(groups.values());
        ordered.sort(Comparator.comparing(group -> group.stream().noneMatch(Write::urgent)));
        for (List<Write> group : ordered) {
            group.sort(Comparator.comparing(write -> String.valueOf(write.key())));
            for (List<Write> part : distinct(group)) send(part, receipts, false);
        }
        return receipts;
    }

    /** Creates that share a value of their natural key do not see each other within one statement. */
    private static List<List<Write>> distinct(List<Write> group) {
        if (group.getFirst().naturalKey().isEmpty() || group.size() == 1) return List.of(group);
        Map<String, Integer> uses = new LinkedHashMap<>();
        List<List<Write>> parts = new ArrayList<>();
        for (Write write : group) {
            int part = 0;
            for (Cell cell : write.naturalKey()) {
                String value = cell.column() + " " + String.valueOf(cell.raw()).toLowerCase(java.util.Locale.ROOT);
                part = Math.max(part, uses.merge(value, 1, Integer::sum) - 1);
            }
            while (parts.size() <= part) parts.add(new ArrayList<>());
            parts.get(part).add(write);
        }
        return parts;
    }

    private void send(List<Write> writes, List<Receipt> receipts, boolean second) throws InterruptedException {
        if (writes.isEmpty()) return;
        try {
            List<Write> busy = new ArrayList<>();
            receipts.addAll(sessions.with(connection -> execute(connection, writes, busy)));
            waitFor(busy, receipts);
        } catch (Sessions.NoSession e) {
            for (Write write : writes) {
                receipts.add(Receipt.of(write, Outcome.AGAIN, "No connection: " + Failures.words(e), Clock.micros()));
            }
        } catch (SQLException e) {
            if (Failures.endsSession(e)) {
                for (Write write : writes) {
                    receipts.add(Receipt.of(
                            write, Outcome.UNCLEAR, "The connection broke: " + Failures.words(e), Clock.micros()));
                }
            } else if (writes.size() > 1) {
                // All of it was rolled back: somewhere in it is the guilty row.
                int half = writes.size() / 2;
                send(writes.subList(0, half), receipts, false);
                send(writes.subList(half, writes.size()), receipts, false);
            } else if (!second && Refusals.worthAnother(e, writes.getFirst())) {
                sessions.refresh();
                send(writes, receipts, true);
            } else {
                if (Failures.state(e).startsWith("42")) tableMayHaveChanged = true;
                receipts.add(refusals.of(writes.getFirst(), e));
            }
        }
    }

    /** The server did not know a column or a type: what we know of the table is old, or a right was withdrawn. */
    boolean tableMayHaveChanged() {
        return tableMayHaveChanged;
    }

    private void waitFor(List<Write> busy, List<Receipt> receipts) throws InterruptedException {
        long began = System.nanoTime();
        for (Write write : busy) {
            if (System.nanoTime() - began < BUSY_NANOS) {
                send(List.of(write), receipts, false);
            } else {
                receipts.add(Receipt.of(write, Outcome.AGAIN, "The row is locked by somebody else.", Clock.micros()));
            }
        }
    }

    private List<Receipt> execute(Connection connection, List<Write> writes, List<Write> busy) throws SQLException {
        Shape shape = Shape.of(writes.getFirst()).forRows(writes.size());
        WriteSql sql = statements.computeIfAbsent(shape, wanted -> new WriteSql(table, mapping, wanted, noted));
        for (Write write : writes) echoes.sending(write.id());
        List<Receipt> receipts = new ArrayList<>(writes.size());
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            bind(connection, statement, writes, shape);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Write write = writes.get(row.getInt(1) - 1);
                    Receipt receipt = receipt(row, write, sql);
                    if (receipt == null) busy.add(write);
                    else receipts.add(receipt);
                }
            }
        }
        return receipts;
    }

    private void bind(Connection connection, PreparedStatement statement, List<Write> writes, Shape shape)
            throws SQLException {
        int at = 1;
        boolean creates = shape.kind() == Write.Kind.CREATE;
        if (noted && !creates) {
            List<Note.Entry> entries = new ArrayList<>(writes.size());
            for (Write write : writes) entries.add(new Note.Entry.Changes(write.id(), key(write)));
            statement.setString(at++, new Note(workspace, mapping.platform(), entries).text());
        } else if (noted) {
            bindAll(
                    connection,
                    statement,
                    at++,
                    writes,
                    write -> new Note(workspace, mapping.platform(), List.of(new Note.Entry.Creates(write.id())))
                            .text());
        }
        if (!creates) {
            int parts = mapping.key().size();
            for (int i = 0; i < parts; i++) {
                int part = i;
                bindAll(
                        connection,
                        statement,
                        at++,
                        writes,
                        write -> KeyText.split(key(write), parts).get(part));
            }
        }
        for (int i = 0; i < shape.columns().size(); i++) {
            int cell = i;
            bindAll(
                    connection,
                    statement,
                    at++,
                    writes,
                    write -> write.cells().get(cell).raw());
            if (!creates) {
                bindAll(
                        connection,
                        statement,
                        at++,
                        writes,
                        write -> write.cells().get(cell).expected());
            }
        }
        for (int i = 0; i < shape.natural().size(); i++) {
            int cell = i;
            bindAll(
                    connection,
                    statement,
                    at++,
                    writes,
                    write -> write.naturalKey().get(cell).raw());
        }
    }

    private static String key(Write write) {
        String key = write.key();
        if (key == null) throw new IllegalArgumentException("write " + write.id() + " has no key");
        return key;
    }

    /** Of each write one text. */
    private interface Of {
        @Nullable
        String text(Write write);
    }

    private static void bindAll(Connection connection, PreparedStatement statement, int at, List<Write> writes, Of of)
            throws SQLException {
        @Nullable String[] texts = new String[writes.size()];
        for (int i = 0; i < texts.length; i++) texts[i] = of.text(writes.get(i));
        statement.setArray(at, connection.createArrayOf("text", texts));
    }

    /** Null when another session holds the row. */
    private @Nullable Receipt receipt(ResultSet row, Write write, WriteSql sql) throws SQLException {
        boolean done = row.getBoolean(2);
        boolean locked = row.getBoolean(3);
        boolean there = row.getBoolean(4);
        long now = Clock.micros();
        if (done) {
            @Nullable String[] slots = mapping.emptySlots();
            for (int i = 0; i < sql.returned().size(); i++) {
                slots[mapping.slotOf(sql.returned().get(i))] = row.getString(5 + i);
            }
            String key = mapping.key(slots);
            return Receipt.applied(write, key == null ? String.valueOf(write.key()) : key, shown(write, slots), now);
        }
        if (write.kind() == Write.Kind.CREATE) {
            List<@Nullable String> parts = new ArrayList<>();
            for (int i = 0; i < mapping.key().size(); i++)
                parts.add(row.getString(5 + sql.returned().size() + i));
            return new Receipt(write.id(), Outcome.EXISTS, KeyText.join(parts), new String[0], "", -1, now);
        }
        if (!there) return Receipt.of(write, Outcome.MISSING, "The row is not there.", now);
        if (!locked) return null;
        return Receipt.of(write, Outcome.STALE, "A column to be written has changed.", now);
    }

    /** What a deleted row held is of no use; a stream tells of the columns not written at their own time. */
    private @Nullable String[] shown(Write write, @Nullable String[] slots) {
        if (write.kind() == Write.Kind.DELETE) return new String[0];
        @Nullable String[] raw = mapping.raw(slots);
        if (!noted) return raw;
        boolean[] written = new boolean[raw.length];
        for (Cell cell : write.cells()) written[cell.column()] = true;
        for (int i = 0; i < raw.length; i++) if (!written[i]) raw[i] = Observation.ABSENT;
        return raw;
    }
}
