package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells from the server's error codes what went wrong, and says it in a sentence with what mends it. */
final class Failures {
    private static final Set<String> RIGHTS = Set.of("28P01", "28000", "42501");
    private static final Set<String> ENDS_SESSION = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03");

    private Failures() {}

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** The session is gone, or not to be trusted. */
    static boolean endsSession(SQLException e) {
        String state = state(e);
        return state.isEmpty() || state.startsWith("08") || state.startsWith("58") || ENDS_SESSION.contains(state);
    }

    /** A column, a type or the table is not what we know it to be: it is to be looked at again. */
    static boolean tableHasChanged(SQLException e) {
        return switch (state(e)) {
            case "42703", "42804", "42P01" -> true;
            default -> false;
        };
    }

    /** The server's own words, in one line, without the driver's decoration. */
    static String words(SQLException e) {
        ServerErrorMessage server = server(e);
        String message = server != null && server.getMessage() != null ? server.getMessage() : e.getMessage();
        return message == null
                ? "no reason given"
                : message.lines().findFirst().orElse("").strip();
    }

    static @Nullable ServerErrorMessage server(SQLException e) {
        if (e instanceof PSQLException ours) return ours.getServerErrorMessage();
        return e.getCause() instanceof PSQLException cause ? cause.getServerErrorMessage() : null;
    }

    /** What an operator is told when a platform cannot be reached or read. */
    static PlatformException explain(String platform, DatabaseUrl url, SQLException e) {
        String state = state(e);
        String where = "Platform `" + platform + "`: ";
        return switch (state) {
            case "28P01", "28000" ->
                new PlatformException(
                        where + "PostgreSQL at " + url.hosts() + " does not let `" + url.user() + "` in: " + words(e)
                                + ".",
                        "Put the right user and password into the platform's `url`; or set the password: ALTER ROLE "
                                + Sql.quote(url.user()) + " PASSWORD '…';",
                        true,
                        e);
            case "3D000" ->
                new PlatformException(
                        where + "there is no database `" + url.database() + "` at " + url.hosts() + ".",
                        "Correct the database's name in the platform's `url`.",
                        true,
                        e);
            case "53300" ->
                new PlatformException(
                        where + "PostgreSQL at " + url.hosts() + " has no connection left: " + words(e) + ".",
                        "Raise max_connections, or the role's limit: ALTER ROLE " + Sql.quote(url.user())
                                + " CONNECTION LIMIT -1;",
                        false,
                        e);
            case "57P03" ->
                new PlatformException(
                        where + "PostgreSQL at " + url.hosts() + " is starting up or shutting down.", "", false, e);
            default -> other(where, url, e, state);
        };
    }

    private static String unreached(SQLException e) {
        return switch (e.getCause()) {
            case UnknownHostException unknown -> "no machine is known by that name";
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") -> "nothing listens there";
            case SocketTimeoutException late -> "it did not answer in time";
            case null, default -> words(e).replaceAll("\\.+$", "");
        };
    }

    private static PlatformException other(String where, DatabaseUrl url, SQLException e, String state) {
        if (state.startsWith("08") || state.isEmpty()) {
            return new PlatformException(
                    where + "PostgreSQL at " + url.hosts() + " cannot be reached: " + unreached(e) + ".",
                    "See that the server runs and listens there, and that host and port in `url` are right.",
                    false,
                    e);
        }
        if (tableHasChanged(e)) {
            return new PlatformException(
                    where + "its table has just changed (" + words(e) + "); it is looked at again.", "", false, e);
        }
        boolean lasting = RIGHTS.contains(state) || state.startsWith("42");
        return new PlatformException(where + words(e) + " (PostgreSQL's code " + state + ").", "", lasting, e);
    }
}
