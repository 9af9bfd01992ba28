package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Removal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the answer to a write of a record. */
public final class Receipts {
    private static final long FIRST_RETRY_MICROS = 200_000L;
    /** While a platform cannot take a write just then: up to 3 s. */
    public static final int MOST_DOUBLINGS = 4;

    private static final long LOOK_AGAIN_MICROS = 10_000_000L;

    private Receipts() {}

    /** Learns what came of the write in flight; an answer to another write is late and says nothing. */
    public static void landed(Member member, Receipt receipt, Context context, Step out) {
        Flight flight = member.flight;
        if (flight == null || flight.write().id() != receipt.write()) return;
        if (receipt.outcome() == Receipt.Outcome.UNCLEAR) {
            member.flight = flight.nowUnclear();
            return;
        }
        member.flight = null;
        if (receipt.outcome() != Receipt.Outcome.APPLIED) member.removal = Removal.NONE;
        out.effect(new Effect.Done(receipt.write()));
        PlatformModel platform = context.model().platform(member.name.platform());
        if (!platform.echoes() && ofConsents(flight, platform, context)) {
            if (flight.unclear() && !strayed(member, flight)) {
                ask(member, flight, receipt, context, out);
                return;
            }
            known(member, receipt, context, out);
        }
        switch (receipt.outcome()) {
            case APPLIED -> {
                if (strayed(member, flight)) look(member, context, out);
                else landed(member, flight, receipt, platform, context, out);
            }
            case STALE, MISSING, EXISTS, FOUND -> {
                // Nobody knows what of it was written: the look tells, column by column.
                boolean unclear = flight.unclear() || receipt.outcome() == Receipt.Outcome.FOUND;
                boolean inDoubt = unclear && flight.write().kind() == Write.Kind.UPDATE;
                if (inDoubt && !platform.echoes()) member.flight = flight.doubted(context.nowMicros());
                look(member, context, out);
            }
            case AGAIN -> again(member, receipt, context, out);
            case TAKEN -> taken(member, flight, receipt, platform, context, out);
            case INVALID, UNCLEAR -> refused(member, flight, receipt, context, out);
        }
        boolean readSince = platform.echoes() && member.readMicros >= flight.sentMicros();
        if (readSince && receipt.outcome() != Receipt.Outcome.APPLIED && !member.looking) look(member, context, out);
    }

    /** Nobody can tell our word from a person's but by reading what is there (docs/decisions/0036). */
    private static boolean ofConsents(Flight flight, PlatformModel platform, Context context) {
        if (flight.write().kind() != Write.Kind.UPDATE) return false;
        for (Write.Cell cell : flight.write().cells()) {
            if (context.model().isConsent(platform.columns().get(cell.column()))) return true;
        }
        return false;
    }

    /** A withdrawal that the answer shows counts until then. */
    private static void ask(Member member, Flight flight, Receipt receipt, Context context, Step out) {
        if (receipt.outcome() == Receipt.Outcome.APPLIED) {
            if (receipt.key() != null) member.key = receipt.key();
            new Doubts(member, context).found(flight, receipt);
        }
        member.flight = flight.doubted(context.nowMicros());
        look(member, context, out);
    }

    /** What was shown meanwhile as we were to leave it: ours, now that we did; else somebody's, who is asked for. */
    private static void known(Member member, Receipt receipt, Context context, Step out) {
        if (member.doubts.isEmpty()) return;
        if (receipt.outcome() == Receipt.Outcome.APPLIED) member.doubts.clear();
        else look(member, context, out);
    }

    /** The record has left the key under which this was written: another's record, that has it now, was written. */
    private static boolean strayed(Member member, Flight flight) {
        return !member.key.equals(flight.write().key());
    }

    /**
     * A stream shows that it leaves its key, and has not shown our last writes to that: they came later, and met
     * another's record or none.
     */
    static void strayed(Member member, Context context, Step out) {
        boolean any = member.acked.removeIf(one -> {
            if (!member.key.equals(one.write().key())) return false;
            for (Write.Cell cell : one.write().cells()) member.columnOrNew(cell.column()).wroteMicros = 0;
            return true;
        });
        if (any) look(member, context, out);
    }

    /** Nothing is written before the record has been read again; asked for once more should the answer get lost. */
    public static void look(Member member, Context context, Step out) {
        member.looking = true;
        out.effect(new Effect.Look(member.name.platform(), member.key));
        out.effect(new Effect.Wake(context.nowMicros() + LOOK_AGAIN_MICROS, member.name));
    }

    private static void landed(
            Member member, Flight flight, Receipt receipt, PlatformModel platform, Context context, Step out) {
        if (flight.write().kind() == Write.Kind.DELETE) {
            Deletes.landed(member, flight, receipt, platform, context, out);
            return;
        }
        applied(member, flight, context, out);
        if (receipt.key() != null) member.key = receipt.key();
        if (platform.echoes()) {
            member.acked.add(held(flight, receipt, platform));
            if (member.readMicros >= flight.sentMicros()) {
                // It was read since this left: its stream may have begun anew behind the write, and not show it.
                member.looking = true;
                out.effect(new Effect.Look(platform.number(), member.key));
            }
            return;
        }
        for (int i = 0; i < flight.write().cells().size(); i++) {
            Write.Cell cell = flight.write().cells().get(i);
            ColumnState state = member.columnOrNew(cell.column());
            state.raw = receipt.shows(cell.column()) ? receipt.raw()[cell.column()] : cell.raw();
            state.stampMicros = flight.stamps().get(i);
            state.knownMicros = receipt.atMicros();
            Column column = platform.columns().get(cell.column());
            Settle.afterOwn(column, member, context, out);
        }
        observeOthers(member, flight, receipt, context, out);
    }

    /** What holds for an applied write however we learnt of it: by its receipt, or from the stream before that. */
    public static void applied(Member member, Flight flight, Context context, Step out) {
        accepted(member);
        for (int i = 0; i < flight.write().cells().size(); i++) applied(member, flight, i, context, out);
    }

    /** The platform took a write, of whatever kind: what it refused before counts no more. */
    static void accepted(Member member) {
        member.refusal = null;
        member.refusedPlan = 0;
        member.attempts = 0;
    }

    /** As {@link #applied(Member, Flight, Context, Step)}, of one of its cells. */
    static void applied(Member member, Flight flight, int index, Context context, Step out) {
        Write.Cell cell = flight.write().cells().get(index);
        ColumnState state = member.columnOrNew(cell.column());
        state.wrote = cell.raw();
        state.replaced = cell.expected();
        state.wroteMicros = context.nowMicros();
        state.taken = null;
        state.contested = false;
        state.pausedUntilMicros = 0;
        Column column =
                context.model().platform(member.name.platform()).columns().get(cell.column());
        if (column.archive() != null) {
            state.archived = column.lens().agrees(cell.raw(), column.archive());
            state.kept = state.archived ? cell.expected() : null;
        }
        out.fact(wrote(member, flight, index, context));
    }

    private static Fact wrote(Member member, Flight flight, int index, Context context) {
        Write.Cell cell = flight.write().cells().get(index);
        PlatformModel platform = context.model().platform(member.name.platform());
        Column column = platform.columns().get(cell.column());
        return new Fact(
                member.name,
                context.nowMicros(),
                flight.write().kind() == Write.Kind.CREATE ? Fact.Kind.CREATED : Fact.Kind.WROTE,
                column.field(),
                cell.column(),
                cell.expected(),
                cell.raw(),
                flight.stamps().get(index),
                flight.winners().get(index),
                "");
    }

    /**
     * The flight with the values as the platform holds them: its spelling of ours. What a look-up found may be
     * somebody's: there only what is a spelling of ours is ours.
     */
    public static Flight held(Flight flight, Receipt receipt, PlatformModel platform) {
        boolean found = receipt.outcome() == Receipt.Outcome.FOUND;
        List<Write.Cell> cells = new ArrayList<>(flight.write().cells().size());
        for (Write.Cell cell : flight.write().cells()) {
            @Nullable String raw = receipt.shows(cell.column()) ? receipt.raw()[cell.column()] : cell.raw();
            Column column = platform.columns().get(cell.column());
            if (found && !Unclear.holds(column, raw, flight)) raw = cell.raw();
            cells.add(new Write.Cell(cell.column(), raw, cell.expected()));
        }
        Write write = flight.write();
        Write asHeld = new Write(
                write.id(),
                write.platform(),
                write.kind(),
                write.record(),
                write.key(),
                cells,
                List.of(),
                write.urgent(),
                write.causeMicros());
        return new Flight(asHeld, flight.stamps(), flight.winners(), flight.sentMicros(), false);
    }

    /** For all other columns a receipt is one more observation. */
    private static void observeOthers(Member member, Flight flight, Receipt receipt, Context context, Step out) {
        @Nullable String[] others = receipt.raw().clone();
        for (Write.Cell cell : flight.write().cells()) {
            if (cell.column() < others.length) others[cell.column()] = Observation.ABSENT;
        }
        if (Arrays.stream(others).allMatch(raw -> raw == Observation.ABSENT)) return;
        Edits.observe(
                member,
                Observation.answered(member.name.platform(), member.key, others, receipt.atMicros()),
                context,
                out);
    }

    private static void again(Member member, Receipt receipt, Context context, Step out) {
        member.pausedUntilMicros = context.nowMicros() + pauseMicros(member.attempts++, MOST_DOUBLINGS);
        out.effect(new Effect.Wake(member.pausedUntilMicros, member.name));
    }

    /** How long to wait after so many attempts that came to nothing, the first not counted. */
    public static long pauseMicros(int attempts, int mostDoublings) {
        return FIRST_RETRY_MICROS << Math.min(attempts, mostDoublings);
    }

    private static void taken(
            Member member, Flight flight, Receipt receipt, PlatformModel platform, Context context, Step out) {
        boolean any = false;
        for (Write.Cell cell : flight.write().cells()) {
            Column column = platform.columns().get(cell.column());
            boolean named =
                    receipt.column() == cell.column() || receipt.column() < 0 && (column.unique() || column.key());
            if (!named) continue;
            any = true;
            member.columnOrNew(cell.column()).taken = cell.raw();
            await(column, cell.raw(), member.name, platform, out);
        }
        if (any) out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.TAKEN, receipt.reason()));
        else refused(member, flight, receipt, context, out);
    }

    /** To be told when who has this value there has it no more. */
    public static void await(Column column, @Nullable String raw, RecordName by, PlatformModel platform, Step out) {
        Value value = column.lens().read(raw).valueOrNull();
        if (value == null || column.field() < 0) return;
        IdentifierKey key = new IdentifierKey(column.field(), value.key());
        out.send(new Address.Identifier(key), new Message.Await(key, by, platform.number()));
    }

    private static void refused(Member member, Flight flight, Receipt receipt, Context context, Step out) {
        member.refusal = receipt.reason();
        member.refusedPlan = flight.write().fingerprint();
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.REFUSED, receipt.reason()));
    }
}
