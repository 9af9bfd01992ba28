package dev.lockstep.connectors.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of PostgreSQL's own logical replication plug-in, pgoutput, protocol version 1. Times are
 * microseconds since 1970, log positions as numbers.
 */
final class PgOutput {
    /** PostgreSQL counts from 2000. */
    static final long EPOCH_MICROS = 946_684_800_000_000L;

    private PgOutput() {}

    /**
     * Takes the messages, in the order of the stream: whole transactions, in the order in which they were committed.
     */
    interface Listener {
        void begin(long commitLsn, long commitMicros, int xid) throws SQLException, InterruptedException;

        /** @param endLsn the end of the commit: where to go on */
        void commit(long commitLsn, long endLsn, long commitMicros) throws SQLException, InterruptedException;

        /** A table's shape as of its next rows. */
        void relation(Relation relation) throws SQLException, InterruptedException;

        void insert(int relation, Tuple row) throws SQLException, InterruptedException;

        /** @param old null unless the key changed or the table shows whole old rows */
        void update(int relation, @Nullable Tuple old, Tuple row) throws SQLException, InterruptedException;

        /** @param old at least the key columns */
        void delete(int relation, Tuple old) throws SQLException, InterruptedException;

        void truncate(int[] relations) throws SQLException, InterruptedException;

        /** What {@code pg_logical_emit_message} wrote. */
        void message(String prefix, String content) throws SQLException, InterruptedException;
    }

    record Relation(int oid, String schema, String name, String[] columns, int[] types) {}

    /** A row as it stands in the buffer: a column's text is made only when it is asked for. */
    static final class Tuple {
        private final ByteBuffer buffer;
        private final byte[] kinds;
        private final int[] offsets;
        private final int[] lengths;
        /** Only the key columns are shown; the others read as null but are not. */
        final boolean keyOnly;

        private Tuple(ByteBuffer buffer, boolean keyOnly) {
            int columns = buffer.getShort() & 0xffff;
            this.buffer = buffer;
            this.keyOnly = keyOnly;
            kinds = new byte[columns];
            offsets = new int[columns];
            lengths = new int[columns];
            for (int i = 0; i < columns; i++) {
                kinds[i] = buffer.get();
                if (kinds[i] == 't' || kinds[i] == 'b') {
                    lengths[i] = buffer.getInt();
                    offsets[i] = buffer.position();
                    buffer.position(offsets[i] + lengths[i]);
                }
            }
        }

        /** Large, stored apart, and not changed: not sent. */
        boolean unchanged(int column) {
            return column >= kinds.length || kinds[column] == 'u';
        }

        @Nullable
        String text(int column) {
            if (kinds[column] != 't') return null;
            int from = buffer.arrayOffset() + offsets[column];
            return new String(buffer.array(), from, lengths[column], StandardCharsets.UTF_8);
        }
    }

    static void read(ByteBuffer buffer, Listener listener) throws SQLException, InterruptedException {
        char type = (char) buffer.get();
        switch (type) {
            case 'B' -> listener.begin(buffer.getLong(), buffer.getLong() + EPOCH_MICROS, buffer.getInt());
            case 'C' -> {
                buffer.get();
                listener.commit(buffer.getLong(), buffer.getLong(), buffer.getLong() + EPOCH_MICROS);
            }
            case 'R' -> listener.relation(relation(buffer));
            case 'I' -> {
                int relation = buffer.getInt();
                buffer.get();
                listener.insert(relation, new Tuple(buffer, false));
            }
            case 'U' -> readUpdate(buffer, listener);
            case 'D' -> {
                int relation = buffer.getInt();
                boolean keyOnly = buffer.get() == 'K';
                listener.delete(relation, new Tuple(buffer, keyOnly));
            }
            case 'T' -> {
                int[] relations = new int[buffer.getInt()];
                buffer.get();
                for (int i = 0; i < relations.length; i++) relations[i] = buffer.getInt();
                listener.truncate(relations);
            }
            case 'M' -> {
                buffer.get();
                buffer.getLong();
                String prefix = name(buffer);
                byte[] content = new byte[buffer.getInt()];
                buffer.get(content);
                listener.message(prefix, new String(content, StandardCharsets.UTF_8));
            }
            case 'O', 'Y' -> {
                // Where a change came from and what a type is called: of no use here.
            }
            default -> throw new SQLException("unknown message `" + type + "` in the replication stream", "08P01");
        }
    }

    private static void readUpdate(ByteBuffer buffer, Listener listener) throws SQLException, InterruptedException {
        int relation = buffer.getInt();
        byte part = buffer.get();
        Tuple old = null;
        if (part == 'K' || part == 'O') {
            old = new Tuple(buffer, part == 'K');
            buffer.get();
        }
        listener.update(relation, old, new Tuple(buffer, false));
    }

    private static Relation relation(ByteBuffer buffer) {
        int oid = buffer.getInt();
        String schema = name(buffer);
        String name = name(buffer);
        buffer.get();
        String[] columns = new String[buffer.getShort() & 0xffff];
        int[] types = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            buffer.get();
            columns[i] = name(buffer);
            types[i] = buffer.getInt();
            buffer.getInt();
        }
        return new Relation(oid, schema.isEmpty() ? "pg_catalog" : schema, name, columns, types);
    }

    private static String name(ByteBuffer buffer) {
        int from = buffer.position();
        int to = from;
        while (buffer.get(to) != 0) to++;
        buffer.position(to + 1);
        return new String(buffer.array(), buffer.arrayOffset() + from, to - from, StandardCharsets.UTF_8);
    }
}
