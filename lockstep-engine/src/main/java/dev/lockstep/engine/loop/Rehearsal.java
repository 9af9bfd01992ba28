package dev.lockstep.engine.loop;

import dev.lockstep.core.machine.Cascade;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Flight;
import dev.lockstep.engine.GuardRule;
import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Store;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans everything on a copy of the store that is thrown away, by the very code that plans in earnest, and tells each
 * write instead of sending it.
 */
public final class Rehearsal {
    private static final int GROUPS_A_STEP = 500;

    /** Is told a write, the customer it is for, and for each of its cells the record whose claim won. */
    public interface Listener {
        void write(Write write, RecordName customer, List<@Nullable RecordName> winners);
    }

    private final Books books;
    private final LongSupplier clockMicros;
    private final Cascade cascade = new Cascade();

    public Rehearsal(Books books, LongSupplier clockMicros) {
        this.books = books;
        this.clockMicros = clockMicros;
        books.rehearsal = true;
        books.gateOpen = true;
        books.plansFirst = false;
        books.sweep = new byte[0];
        books.swept = 0;
        String identity = Meta.get(books.store, Meta.IDENTITY);
        books.claimAgain = identity != null && !identity.equals(Since.identity(books.model));
    }

    /** Runs to the end. */
    public void run(Allowed allowed, Listener listener, Runnable stepped) {
        books.allowed = allowed;
        Sweep sweep = new Sweep(GROUPS_A_STEP);
        boolean swept = false;
        boolean told = true;
        while (!swept || told) {
            try (Turn turn = new Turn(books, cascade, clockMicros.getAsLong(), true)) {
                if (!swept) swept = sweep.step(turn);
                Grants.give(turn);
                told = !turn.sends.isEmpty() || turn.granted();
                for (Write write : turn.sends) {
                    Flight flight = turn.flightOf(write.id(), Errand.of(write));
                    listener.write(
                            write, turn.customerOf(write.record()), flight == null ? List.of() : flight.winners());
                }
                turn.commit(Changes.Keep.VISIBLE);
            }
            stepped.run();
        }
    }

    /** A lane for a rehearsal: everything may be under way at once. */
    public static Lane lane(int number, dev.lockstep.core.model.PlatformModel model, boolean active) {
        return new Lane(number, model, active, true, Integer.MAX_VALUE / 2, GuardRule.OFF, List.of());
    }

    public static Books books(Store copy, dev.lockstep.core.model.Model model, List<Lane> lanes, long nowMicros) {
        return new Books(copy, model, lanes, nowMicros);
    }
}
