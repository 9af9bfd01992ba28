package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Receipt.Outcome;
import dev.lockstep.core.model.Write;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.ServerErrorMessage;

/** What a refusal of the server means for the one write that it is about. */
final class Refusals {
    private static final String UNIQUE = "23505";
    private static final String PLAN_IS_OLD = "0A000";

    private final Table table;
    private final Mapping mapping;

    Refusals(Table table, Mapping mapping) {
        this.table = table;
        this.mapping = mapping;
    }

    /**
     * Trying once more at once tells more: a create that met a row which came a moment before it finds that row, and a
     * statement made ready before the table changed is made anew.
     */
    static boolean worthAnother(SQLException e, Write write) {
        return planIsOld(e) || (Failures.state(e).equals(UNIQUE) && write.kind() == Write.Kind.CREATE);
    }

    static boolean planIsOld(SQLException e) {
        return Failures.state(e).equals(PLAN_IS_OLD);
    }

    /** Refused for what the table is: a column, a type, a right, a constraint on what a column holds. */
    static boolean ofShape(SQLException e) {
        String state = Failures.state(e);
        return state.startsWith("42") || state.equals("22P02") || state.equals("23502") || state.equals("23514");
    }

    Receipt of(Write write, SQLException e) {
        String state = Failures.state(e);
        long now = Clock.micros();
        if (state.equals(UNIQUE)) {
            return new Receipt(write.id(), Outcome.TAKEN, write.key(), new String[0], reason(e), column(e), now);
        }
        if (passes(e)) return Receipt.of(write, Outcome.AGAIN, reason(e), now);
        return new Receipt(write.id(), Outcome.INVALID, write.key(), new String[0], reason(write, e), column(e), now);
    }

    /** Locks, deadlocks, time-outs, limits, a server that takes no writes just now. */
    static boolean passes(SQLException e) {
        String state = Failures.state(e);
        return switch (state) {
            case "55P03", "57014", "25006", "25P02", "55006" -> true;
            default -> state.startsWith("40") || state.startsWith("53") || state.startsWith("XX");
        };
    }

    private String reason(Write write, SQLException e) {
        if (Failures.state(e).equals("22012") && write.kind() == Write.Kind.CREATE) {
            return "A trigger of table " + table.title() + " keeps the row from being made.";
        }
        if (Failures.state(e).equals("42501")) {
            return reason(e) + " Mend it with GRANT SELECT, INSERT, UPDATE, DELETE ON " + table.sql() + " TO …;";
        }
        return reason(e);
    }

    private static String reason(SQLException e) {
        ServerErrorMessage server = Failures.server(e);
        String constraint = server == null ? null : server.getConstraint();
        String words = Failures.words(e);
        return constraint == null || words.contains(constraint)
                ? words + "."
                : words + " (constraint `" + constraint + "`).";
    }

    /** The mapped column that the refusal is about, or -1. */
    private int column(SQLException e) {
        ServerErrorMessage server = Failures.server(e);
        if (server == null) return -1;
        if (server.getColumn() != null) return mapping.columnOf(server.getColumn());
        String constraint = server.getConstraint();
        if (constraint == null) return -1;
        for (Table.Index index : table.indexes()) {
            List<String> columns = index.columns();
            if (index.name().equals(constraint) && columns.size() == 1) return mapping.columnOf(columns.getFirst());
        }
        return -1;
    }
}
