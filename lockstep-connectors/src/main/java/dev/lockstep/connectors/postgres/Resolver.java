package dev.lockstep.connectors.postgres;

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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of writes whose answer was lost. First the sessions that may still be at them are ended, so
 * that nothing is applied later. Then the stream is awaited: what it does not tell of by now did not happen. Where it
 * cannot tell (changes were missed, or there is no stream), the rows are read.
 */
final class Resolver {
    private static final long STREAM_MILLIS = 10_000;
    private static final long FENCE_NANOS = 5_000_000_000L;
    private static final long PAUSE_MILLIS = 20;

    private final Mapping mapping;
    private final Sessions sessions;
    private final Echoes echoes;
    private final Reader reader;
    private final NaturalKey naturalKey;
    private final Marker marker;
    private final String application;
    private final boolean streams;

    Resolver(
            Mapping mapping,
            Sessions sessions,
            Echoes echoes,
            Reader reader,
            NaturalKey naturalKey,
            Marker marker,
            String application,
            boolean streams) {
        this.mapping = mapping;
        this.sessions = sessions;
        this.echoes = echoes;
        this.reader = reader;
        this.naturalKey = naturalKey;
        this.marker = marker;
        this.application = application;
        this.streams = streams;
    }

    List<Receipt> resolve(List<Write> writes) throws InterruptedException {
        try {
            if (!fence()) return unclear(writes, "A session of ours that may still be writing cannot be ended.");
            if (streams && !passed()) return unclear(writes, "The stream of changes has not come so far yet.");
            List<Receipt> receipts = new ArrayList<>(writes.size());
            for (Write write : writes) {
                Observation shown = streams ? echoes.shown(write.id()) : null;
                if (shown != null) receipts.add(applied(write, shown));
                else if (streams && echoes.wouldKnow(write.id())) receipts.add(again(write));
                else receipts.add(lookedUp(write));
            }
            return receipts;
        } catch (SQLException e) {
            return unclear(writes, Failures.words(e));
        }
    }

    private static List<Receipt> unclear(List<Write> writes, String reason) {
        return writes.stream()
                .map(write -> Receipt.of(write, Outcome.UNCLEAR, reason, Clock.micros()))
                .toList();
    }

    private static Receipt again(Write write) {
        return Receipt.of(write, Outcome.AGAIN, "It was not applied.", Clock.micros());
    }

    /** Ends sessions of ours that we do not hold: their answers are lost, but not yet their doings. */
    private boolean fence() throws SQLException, InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < FENCE_NANOS) {
            List<Integer> leftOver = sessions.strange(sessions.asking(this::ours));
            if (leftOver.isEmpty()) return true;
            sessions.asking(connection -> {
                end(connection, leftOver);
                return true;
            });
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    private List<Integer> ours(Connection connection) throws SQLException {
        List<Integer> pids = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pid FROM pg_stat_activity WHERE application_name = ?"
                        + " AND usename = current_user AND datname = current_database()")) {
            statement.setString(1, application);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) pids.add(row.getInt(1));
            }
        }
        return pids;
    }

    private static void end(Connection connection, List<Integer> pids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_terminate_backend(pid) FROM unnest(?::int[]) pid")) {
            statement.setArray(1, connection.createArrayOf("int4", pids.toArray()));
            statement.execute();
        }
    }

    private boolean passed() throws SQLException, InterruptedException {
        if (!echoes.awaitRunning(STREAM_MILLIS)) return false;
        CountDownLatch latch = new CountDownLatch(1);
        String mark = marker.write(lsn -> latch.countDown());
        try {
            return latch.await(STREAM_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            echoes.forget(mark);
        }
    }

    private static Receipt applied(Write write, Observation shown) {
        if (shown.gone()) return Receipt.applied(write, shown.key(), new String[0], Clock.micros());
        @Nullable String[] raw = shown.raw().clone();
        for (int i = 0; i < raw.length; i++) {
            int column = i;
            if (write.cells().stream().noneMatch(cell -> cell.column() == column)) raw[i] = Observation.ABSENT;
        }
        return Receipt.applied(write, shown.key(), raw, Clock.micros());
    }

    private Receipt lookedUp(Write write) throws SQLException, InterruptedException {
        if (write.kind() == Write.Kind.CREATE) {
            String there = sessions.asking(connection -> naturalKey.keys(connection, List.of(write)))
                    .get(write.id());
            if (there == null) return again(write);
            @Nullable String @Nullable [] made = row(there);
            if (made == null) return again(write);
            return found(write, there, mapping.raw(made));
        }
        String key = String.valueOf(write.key());
        @Nullable String @Nullable [] row = row(key);
        if (write.kind() == Write.Kind.DELETE) {
            return row == null ? Receipt.applied(write, key, new String[0], Clock.micros()) : again(write);
        }
        String after = keyAfter(write, key);
        if (row == null && !after.equals(key)) row = row(after);
        if (row == null) return Receipt.of(write, Outcome.MISSING, "The row is not there.", Clock.micros());
        @Nullable String[] raw = mapping.raw(row);
        if (holds(write, raw)) return Receipt.applied(write, after, raw, Clock.micros());
        boolean untouched =
                write.cells().stream().allMatch(cell -> Objects.equals(raw[cell.column()], cell.expected()));
        return untouched ? again(write) : found(write, after, raw);
    }

    private static Receipt found(Write write, String key, @Nullable String[] raw) {
        return new Receipt(write.id(), Outcome.FOUND, key, raw, "", -1, Clock.micros());
    }

    private static boolean holds(Write write, @Nullable String[] raw) {
        return write.cells().stream().allMatch(cell -> Objects.equals(raw[cell.column()], cell.raw()));
    }

    private @Nullable String @Nullable [] row(String key) throws SQLException, InterruptedException {
        return reader.rows(List.of(key)).getFirst().rows().get(key);
    }

    /** The key that the row has if the write was applied. */
    private String keyAfter(Write write, String key) {
        List<Attribute> columns = mapping.key();
        List<@Nullable String> parts = new ArrayList<>(KeyText.split(key, columns.size()));
        for (Cell cell : write.cells()) {
            Mapping.Place place = mapping.place(cell.column());
            if (place == null || !place.path().isEmpty()) continue;
            int part = columns.indexOf(place.attribute());
            if (part >= 0) parts.set(part, cell.raw());
        }
        return KeyText.join(parts);
    }
}
