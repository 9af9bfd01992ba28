package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.spi.Inbox;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a whole table by COPY, a row at a time: as fast as the server gives it, and in bounded memory. */
final class FullRead {
    private FullRead() {}

    /**
     * Puts an observation of origin FULL for each row in the inbox.
     *
     * @param connection in the transaction whose snapshot is read
     * @param version of every row
     */
    static void read(Connection connection, Table table, Mapping mapping, long version, long beganMicros, Inbox inbox)
            throws SQLException, InterruptedException {
        Types.hold(connection, table, mapping);
        String columns = Sql.join(mapping.slots(), attribute -> Sql.quote(attribute.name()));
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + columns + " FROM " + table.sql() + ") TO STDOUT");
        boolean done = false;
        try {
            int width = mapping.slots().size();
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                if (Thread.interrupted()) throw new InterruptedException();
                @Nullable String[] row = row(line, width);
                for (int i = 0; i < width; i++) row[i] = mapping.slots().get(i).normal(row[i]);
                String key = mapping.key(row);
                if (key != null) inbox.observe(observation(mapping, key, row, version, beganMicros));
            }
            done = true;
        } finally {
            // Ending a COPY early politely takes a cancel; the session is closed anyway.
            if (!done) Sessions.closeQuietly(connection);
        }
    }

    private static Observation observation(
            Mapping mapping, String key, @Nullable String[] row, long version, long beganMicros) {
        return new Observation(
                mapping.platform(),
                key,
                null,
                Origin.FULL,
                false,
                mapping.raw(row),
                version,
                mapping.datedMicros(row),
                Clock.micros(),
                beganMicros,
                0);
    }

    /** A line of COPY's text format: tabs between columns, {@code \N} for null, a few letters escaped. */
    static @Nullable String[] row(byte[] line, int width) {
        @Nullable String[] row = new String[width];
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int column = 0;
        int from = 0;
        boolean escapes = false;
        for (int i = 0; i <= end && column < width; i++) {
            if (i < end && line[i] != '\t') {
                if (line[i] == '\\') escapes = true;
                continue;
            }
            boolean isNull = i - from == 2 && line[from] == '\\' && line[from + 1] == 'N';
            if (!isNull) row[column] = escapes ? unescaped(line, from, i) : text(line, from, i);
            column++;
            from = i + 1;
            escapes = false;
        }
        return row;
    }

    private static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unescaped(byte[] line, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = line[i];
            if (b == '\\' && i + 1 < to) {
                b = switch (line[++i]) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'v' -> 0x0b;
                    default -> line[i];
                };
            }
            plain[length++] = b;
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }
}
