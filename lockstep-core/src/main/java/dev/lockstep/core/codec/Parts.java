package dev.lockstep.core.codec;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small things that states are made of. Each pair of methods writes and reads the same. */
final class Parts {
    private static final Cause.Kind[] CAUSES = Cause.Kind.values();
    private static final IdentifierState.Kind[] KINDS = IdentifierState.Kind.values();
    private static final Member.Level[] LEVELS = Member.Level.values();
    private static final Write.Kind[] WRITES = Write.Kind.values();

    private Parts() {}

    static <T> T one(T[] all, int ordinal) {
        if (ordinal < 0 || ordinal >= all.length) throw new DamagedState("a state names a kind that there is not");
        return all[ordinal];
    }

    static IdentifierState.Kind kind(ByteReader in) {
        return one(KINDS, in.single());
    }

    static Member.Level level(ByteReader in) {
        return one(LEVELS, in.single());
    }

    static void name(ByteWriter out, RecordName name) {
        out.number(name.platform());
        out.text(name.key());
        out.number(name.birth());
    }

    static RecordName name(ByteReader in) {
        int platform = in.integer();
        String key = in.text();
        return new RecordName(platform, key, in.integer());
    }

    static void nameOrNull(ByteWriter out, @Nullable RecordName name) {
        out.flag(name != null);
        if (name != null) name(out, name);
    }

    static @Nullable RecordName nameOrNull(ByteReader in) {
        return in.flag() ? name(in) : null;
    }

    static void identifier(ByteWriter out, IdentifierKey key) {
        out.number(key.field());
        out.text(key.value());
    }

    static IdentifierKey identifier(ByteReader in) {
        int field = in.integer();
        return new IdentifierKey(field, in.text());
    }

    static void standingOrNull(ByteWriter out, Member.@Nullable Standing standing) {
        out.flag(standing != null);
        if (standing == null) return;
        out.number(standing.version());
        out.single(standing.level().ordinal());
    }

    static Member.@Nullable Standing standingOrNull(ByteReader in) {
        if (!in.flag()) return null;
        int version = in.integer();
        return new Member.Standing(version, level(in));
    }

    // ---- writes on their way

    static void flightOrNull(ByteWriter out, @Nullable Flight flight) {
        out.flag(flight != null);
        if (flight != null) flight(out, flight);
    }

    static @Nullable Flight flightOrNull(ByteReader in) {
        return in.flag() ? flight(in) : null;
    }

    static void flight(ByteWriter out, Flight flight) {
        Write write = flight.write();
        out.number(write.id());
        out.number(write.platform());
        out.single(write.kind().ordinal());
        name(out, write.record());
        out.textOrNull(write.key());
        cells(out, write.cells());
        cells(out, write.naturalKey());
        out.flag(write.urgent());
        FactsCodec.stamp(out, write.causeMicros());
        for (long stamp : flight.stamps()) FactsCodec.stamp(out, stamp);
        for (RecordName winner : flight.winners()) nameOrNull(out, winner);
        out.micros(flight.sentMicros(), 0);
        out.flag(flight.unclear());
    }

    static Flight flight(ByteReader in) {
        long id = in.number();
        int platform = in.integer();
        Write.Kind kind = one(WRITES, in.single());
        RecordName record = name(in);
        String key = in.textOrNull();
        List<Write.Cell> cells = cells(in);
        List<Write.Cell> naturalKey = cells(in);
        boolean urgent = in.flag();
        Write write = new Write(id, platform, kind, record, key, cells, naturalKey, urgent, FactsCodec.stamp(in));
        List<Long> stamps = new ArrayList<>(cells.size());
        List<@Nullable RecordName> winners = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) stamps.add(FactsCodec.stamp(in));
        for (int i = 0; i < cells.size(); i++) winners.add(nameOrNull(in));
        long sent = in.micros(0);
        return new Flight(write, List.copyOf(stamps), winners, sent, in.flag());
    }

    // ---- what is due

    static void dueOrNull(ByteWriter out, @Nullable Due due) {
        out.flag(due != null);
        if (due != null) due(out, due);
    }

    static void due(ByteWriter out, Due due) {
        out.number(due.plan());
        cause(out, due.cause());
        out.single(due.risk());
        out.flag(due.withdraws());
        out.flag(due.counted());
    }

    static @Nullable Due dueOrNull(ByteReader in) {
        return in.flag() ? due(in) : null;
    }

    static Due due(ByteReader in) {
        int plan = in.integer();
        Cause cause = cause(in);
        int risk = in.single();
        boolean withdraws = in.flag();
        return new Due(plan, cause, risk, withdraws, in.flag());
    }

    static void cause(ByteWriter out, Cause cause) {
        out.single(cause.kind().ordinal());
        out.number(cause.platform());
        out.version(cause.mark());
    }

    static Cause cause(ByteReader in) {
        return new Cause(one(CAUSES, in.single()), in.integer(), in.version());
    }

    static void causeOrNull(ByteWriter out, @Nullable Cause cause) {
        out.flag(cause != null);
        if (cause != null) cause(out, cause);
    }

    static @Nullable Cause causeOrNull(ByteReader in) {
        return in.flag() ? cause(in) : null;
    }

    private static void cells(ByteWriter out, List<Write.Cell> cells) {
        out.number(cells.size());
        for (Write.Cell cell : cells) {
            out.number(cell.column());
            out.textOrNull(cell.raw());
            out.textOrNull(cell.expected());
        }
    }

    private static List<Write.Cell> cells(ByteReader in) {
        int count = in.count();
        List<Write.Cell> cells = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            int column = in.integer();
            String raw = in.textOrNull();
            cells.add(new Write.Cell(column, raw, in.textOrNull()));
        }
        return List.copyOf(cells);
    }
}
