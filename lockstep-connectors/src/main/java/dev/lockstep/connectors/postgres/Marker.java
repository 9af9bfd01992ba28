package dev.lockstep.connectors.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes marks into the server's log: a transaction of its own that changes nothing. When the stream shows it, the
 * stream has shown everything that was committed before.
 */
final class Marker {
    /** Marks of other processes, and of this one before a crash, are not ours. */
    private final String process = UUID.randomUUID().toString();

    private final AtomicLong count = new AtomicLong();
    private final String workspace;
    private final int platform;
    private final Sessions sessions;
    private final Echoes echoes;

    Marker(String workspace, int platform, Sessions sessions, Echoes echoes) {
        this.workspace = workspace;
        this.platform = platform;
        this.sessions = sessions;
        this.echoes = echoes;
    }

    /** @return the mark's name, for {@link Echoes#forget} */
    String write(Echoes.OnMark action) throws SQLException, InterruptedException {
        String name = process + count.incrementAndGet();
        echoes.await(name, action);
        boolean written = false;
        try {
            write(name);
            written = true;
        } finally {
            if (!written) echoes.forget(name);
        }
        return name;
    }

    /** @return where in the log it stands: the stream's position goes beyond it when it has shown all before it */
    long write() throws SQLException, InterruptedException {
        return write(process + count.incrementAndGet());
    }

    private long write(String name) throws SQLException, InterruptedException {
        String text = new Note(workspace, platform, List.of(new Note.Entry.Mark(name))).text();
        return sessions.asking(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT pg_logical_emit_message(true, ?, ?)::text")) {
                statement.setString(1, Note.PREFIX);
                statement.setString(2, text);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return Position.lsn(row.getString(1));
                }
            }
        });
    }
}
