package dev.lockstep.connectors.postgres;

import dev.lockstep.connectors.postgres.WriteSql.Shape;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends writes, a statement for all that go together, and finds out which of them a failure is to be blamed on: what
 * fails is halved, so that a guilty row among a thousand costs some twenty statements, and fails no other.
 */
final class Writer {
    /** Rows that others hold are waited for one by one, but no longer than this in all. */
    private static final long BUSY_NANOS = 3_000_000_000L;

    private final Sessions sessions;
    private final Statements statements;
    private final Refusals refusals;
    private volatile boolean tableMayHaveChanged;

    Writer(Sessions sessions, Statements statements, Refusals refusals) {
        this.sessions = sessions;
        this.statements = statements;
        this.refusals = refusals;
    }

    List<Receipt> write(List<Write> writes) throws InterruptedException {
        return new Call().write(writes);
    }

    /**
     * The server did not know a column or a type, or a constraint refused a value: what we know of the table may be
     * old. Says so once.
     */
    boolean tableMayHaveChanged() {
        boolean may = tableMayHaveChanged;
        tableMayHaveChanged = false;
        return may;
    }

    /** What is done with writes that go together; those left over are for later. */
    private interface Step {
        List<Receipt> run(Connection connection, List<Write> writes, List<Write> left) throws SQLException;
    }

    /** The writes of one call. */
    private final class Call {
        private final List<Receipt> receipts = new ArrayList<>();
        private final List<Write> busy = new ArrayList<>();
        /** How often waiting has come to nothing: once for a single row, then for any. */
        private int vain;

        List<Receipt> write(List<Write> writes) throws InterruptedException {
            Map<Shape, List<Write>> groups = new LinkedHashMap<>();
            List<Write> creates = new ArrayList<>();
            for (Write write : writes) {
                if (!statements.fits(write)) receipts.add(statements.unfit(write));
                else if (write.kind() == Write.Kind.CREATE) creates.add(write);
                else put(groups, write);
            }
            List<List<Write>> ordered = new ArrayList<>(groups.values());
            ordered.add(creates);
            ordered.sort(Comparator.comparing(group -> group.stream().noneMatch(Write::urgent)));
            for (List<Write> group : ordered) {
                if (group == creates) for (List<Write> part : statements.apart(creates)) create(part, false);
                else send(group);
            }
            waitForBusy();
            return receipts;
        }

        private void put(Map<Shape, List<Write>> groups, Write write) {
            groups.computeIfAbsent(statements.together(write), shape -> new ArrayList<>())
                    .add(write);
        }

        /** Looked up all together, since that costs the same whatever columns are written; then made. */
        private void create(List<Write> creates, boolean second) throws InterruptedException {
            List<Write> toMake = attempt(creates, second, Outcome.AGAIN, statements::find);
            Map<Shape, List<Write>> groups = new LinkedHashMap<>();
            for (Write write : toMake) put(groups, write);
            for (List<Write> group : groups.values()) run(group, second);
        }

        private void send(List<Write> writes) throws InterruptedException {
            busy.addAll(run(writes, false));
        }

        /** Answers those whose row is held by somebody else. */
        private List<Write> run(List<Write> writes, boolean second) throws InterruptedException {
            return attempt(writes, second, Outcome.UNCLEAR, statements::run);
        }

        /**
         * Answers what the step has left.
         *
         * @param broken what it means that the session ended meanwhile
         */
        private List<Write> attempt(List<Write> writes, boolean second, Outcome broken, Step step)
                throws InterruptedException {
            if (writes.isEmpty()) return List.of();
            if (vain > 1) {
                all(writes, Outcome.AGAIN, "Others of the same call were waited for in vain.");
                return List.of();
            }
            List<Write> left = new ArrayList<>();
            try {
                receipts.addAll(sessions.with(connection -> step.run(connection, writes, left)));
            } catch (Sessions.NoSession e) {
                all(writes, Outcome.AGAIN, "No connection: " + Failures.words(e));
            } catch (SQLException e) {
                left.clear();
                if (Failures.endsSession(e)) {
                    all(writes, broken, "The connection broke: " + Failures.words(e));
                } else if (writes.size() == 1) {
                    failed(writes.getFirst(), second, e);
                } else if (Refusals.passes(e) && vain > 0) {
                    vain++;
                    all(writes, Outcome.AGAIN, Failures.words(e) + ".");
                } else {
                    // All of it was rolled back: somewhere in it is the guilty row.
                    int half = writes.size() / 2;
                    left.addAll(attempt(writes.subList(0, half), second, broken, step));
                    left.addAll(attempt(writes.subList(half, writes.size()), second, broken, step));
                }
            }
            return left;
        }

        private void failed(Write write, boolean second, SQLException e) throws InterruptedException {
            if (!second && Refusals.worthAnother(e, write)) {
                if (Refusals.planIsOld(e)) sessions.refresh();
                if (write.kind() == Write.Kind.CREATE) create(List.of(write), true);
                else busy.addAll(run(List.of(write), true));
                return;
            }
            // Where even a single row is not to be had in time, halving all that fails likewise would take for ever.
            if (Refusals.passes(e)) vain++;
            if (Refusals.ofShape(e)) tableMayHaveChanged = true;
            receipts.add(refusals.of(write, e));
        }

        private void all(List<Write> writes, Outcome outcome, String reason) {
            for (Write write : writes) receipts.add(Receipt.of(write, outcome, reason, Clock.micros()));
        }

        private void waitForBusy() throws InterruptedException {
            long began = System.nanoTime();
            for (Write write : List.copyOf(busy)) {
                if (System.nanoTime() - began < BUSY_NANOS) run(List.of(write), false);
                else all(List.of(write), Outcome.AGAIN, "The row is locked by somebody else.");
            }
        }
    }
}
