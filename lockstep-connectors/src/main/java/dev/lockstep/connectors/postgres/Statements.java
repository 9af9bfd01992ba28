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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs the statement for writes that go together, and reads what it answers. */
final class Statements {
    private final String workspace;
    private final Table table;
    private final Mapping mapping;
    private final NaturalKey naturalKey;
    private final Echoes echoes;
    private final boolean noted;
    private final Map<Shape, WriteSql> known = new ConcurrentHashMap<>();

    /** @param noted the platform streams, so that our rows are announced to its stream */
    Statements(String workspace, Table table, Mapping mapping, NaturalKey naturalKey, Echoes echoes, boolean noted) {
        this.workspace = workspace;
        this.table = table;
        this.mapping = mapping;
        this.naturalKey = naturalKey;
        this.echoes = echoes;
        this.noted = noted;
    }

    /** Whether the table, as it was last looked at, has the columns to be written. */
    boolean fits(Write write) {
        return write.cells().stream().allMatch(cell -> mapping.place(cell.column()) != null);
    }

    /** The refusal of a write that does not fit. */
    Receipt unfit(Write write) {
        String reason = "A column to be written is no longer in table " + table.title() + ".";
        return Receipt.of(write, Outcome.INVALID, reason, Clock.micros());
    }

    /**
     * What writes that one statement can serve have in common. Creates differ only in columns whose default may be
     * something (where nothing is given, null is), and in those within JSON, where null and nothing are two things.
     */
    Shape together(Write write) {
        Shape exact = Shape.of(write);
        if (write.kind() != Write.Kind.CREATE) return exact;
        List<Integer> apart =
                exact.columns().stream().filter(this::isMoreThanNull).toList();
        return new Shape(write.kind(), apart, false, exact.keyed());
    }

    private boolean isMoreThanNull(int column) {
        Mapping.Place place = mapping.placeThere(column);
        return !place.path().isEmpty()
                || place.attribute().hasDefault()
                || place.attribute().generated();
    }

    /** In parts that can each be looked up at once: creates that share a natural key do not see each other there. */
    List<List<Write>> apart(List<Write> creates) {
        return naturalKey.apart(creates);
    }

    /** Answers EXISTS for creates whose record is there; the others are to be made. */
    List<Receipt> find(Connection connection, List<Write> creates, List<Write> toMake) throws SQLException {
        Map<Long, String> keys = naturalKey.keys(connection, creates);
        List<Receipt> receipts = new ArrayList<>();
        for (Write create : creates) {
            String key = keys.get(create.id());
            if (key == null) toMake.add(create);
            else receipts.add(new Receipt(create.id(), Outcome.EXISTS, key, new String[0], "", -1, Clock.micros()));
        }
        return receipts;
    }

    /** Answers for all but those whose row another session holds. */
    List<Receipt> run(Connection connection, List<Write> writes, List<Write> busy) throws SQLException {
        Shape shape = Shape.of(writes);
        WriteSql sql = known.computeIfAbsent(shape, wanted -> new WriteSql(table, mapping, wanted, noted));
        for (Write write : writes) echoes.sending(write.id());
        List<Receipt> receipts = new ArrayList<>(writes.size());
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            bind(connection, statement, writes, shape);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Write write = writes.get(row.getInt(1) - 1);
                    if (row.getInt(2) == WriteSql.LOCKED) busy.add(write);
                    else receipts.add(receipt(row, write, sql));
                }
            }
        }
        return receipts;
    }

    private void bind(Connection connection, PreparedStatement statement, List<Write> writes, Shape shape)
            throws SQLException {
        Binding binding = new Binding(connection, statement, writes);
        boolean creates = shape.kind() == Write.Kind.CREATE;
        if (noted && creates) {
            binding.each(write -> note(List.of(new Note.Entry.Creates(write.id()))));
        } else if (noted) {
            List<Note.Entry> entries = new ArrayList<>(writes.size());
            for (Write write : writes) entries.add(new Note.Entry.Changes(write.id(), key(write)));
            binding.one(note(entries));
        }
        int parts = mapping.key().size();
        for (int i = 0; i < parts && (!creates || shape.keyed()); i++) {
            int part = i;
            binding.each(write -> KeyText.split(key(write), parts).get(part));
        }
        if (creates) {
            for (int column : shape.columns()) binding.each(write -> given(write, column));
            return;
        }
        for (int i = 0; i < shape.columns().size(); i++) {
            int cell = i;
            binding.each(write -> write.cells().get(cell).raw());
            binding.each(write -> write.cells().get(cell).expected());
        }
    }

    private String note(List<Note.Entry> entries) {
        return new Note(workspace, mapping.platform(), entries).text();
    }

    private static @Nullable String given(Write create, int column) {
        for (Cell cell : create.cells()) if (cell.column() == column) return cell.raw();
        return null;
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

    /** Fills a statement's parameters one after the other. */
    private static final class Binding {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Write> writes;
        private int next = 1;

        Binding(Connection connection, PreparedStatement statement, List<Write> writes) {
            this.connection = connection;
            this.statement = statement;
            this.writes = writes;
        }

        void one(String text) throws SQLException {
            statement.setString(next++, text);
        }

        void each(Of of) throws SQLException {
            @Nullable String[] texts = new String[writes.size()];
            for (int i = 0; i < texts.length; i++) texts[i] = of.text(writes.get(i));
            statement.setArray(next++, connection.createArrayOf("text", texts));
        }
    }

    private Receipt receipt(ResultSet row, Write write, WriteSql sql) throws SQLException {
        long now = Clock.micros();
        int became = row.getInt(2);
        if (became == WriteSql.MISSING) return Receipt.of(write, Outcome.MISSING, "The row is not there.", now);
        if (became != WriteSql.DONE) {
            return Receipt.of(write, Outcome.STALE, "A column to be written has changed.", now);
        }
        @Nullable String[] slots = mapping.emptySlots();
        for (int i = 0; i < sql.returned().size(); i++) {
            slots[mapping.slotOf(sql.returned().get(i))] = row.getString(3 + i);
        }
        String key = mapping.key(slots);
        boolean all = !noted
                && mapping.types().equals(row.getString(3 + sql.returned().size()));
        return Receipt.applied(write, key == null ? String.valueOf(write.key()) : key, shown(write, slots, all), now);
    }

    /**
     * What a deleted row held is of no use; a stream tells of the columns not written at their own time, and columns
     * that are not what they were tell nothing.
     */
    private @Nullable String[] shown(Write write, @Nullable String[] slots, boolean all) {
        if (write.kind() == Write.Kind.DELETE) return new String[0];
        @Nullable String[] raw = mapping.raw(slots);
        if (all) return raw;
        boolean[] written = new boolean[raw.length];
        for (Cell cell : write.cells()) written[cell.column()] = true;
        for (int i = 0; i < raw.length; i++) if (!written[i]) raw[i] = Observation.ABSENT;
        return raw;
    }
}
