package dev.lockstep.core.codec;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The three machines' states as bytes. The first byte is the format's version; every format ever released stays
 * readable here. One that writes is for one thread: it writes again and again into the same room.
 */
public final class StateCodec {
    /** The format that is written. */
    public static final int VERSION = 12;

    private final ByteWriter out = new ByteWriter();
    private final MemberCodec members = new MemberCodec();

    private void begin() {
        out.begin();
        out.single(VERSION);
    }

    private static ByteReader reader(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.single();
        if (version != VERSION)
            throw new DamagedState("a state of format " + version + "; this version reads " + VERSION);
        return in;
    }

    // ---- Record

    public byte[] encode(RecordState state) {
        if (state.bytes != null) return state.bytes;
        begin();
        Parts.nameOrNull(out, state.occupant);
        out.flag(state.gone);
        out.version(state.leftVersion);
        out.version(state.sinceVersion);
        out.number(state.awaited);
        out.micros(state.awaitedUntilMicros, 0);
        Parts.nameOrNull(out, state.guest);
        out.number(state.waiting.size());
        state.waiting.forEach((write, by) -> {
            out.number(write);
            Parts.name(out, by);
        });
        out.number(state.born.size());
        for (RecordState.Born born : state.born) {
            Parts.name(out, born.owner);
            out.number(born.gen);
            out.number(born.told);
            out.number(born.rev);
            out.number(born.seq);
            Parts.name(out, born.customer);
            out.number(born.claimed.size());
            born.claimed.forEach((key, claimed) -> {
                Parts.identifier(out, key);
                out.single(claimed.kind().ordinal());
                out.number(claimed.since());
                Parts.standingOrNull(out, claimed.standing());
            });
        }
        return state.bytes = out.toBytes();
    }

    public static RecordState decodeRecord(byte[] bytes) {
        ByteReader in = reader(bytes);
        RecordState state = new RecordState();
        state.occupant = Parts.nameOrNull(in);
        state.gone = in.flag();
        state.leftVersion = in.version();
        state.sinceVersion = in.version();
        state.awaited = in.number();
        state.awaitedUntilMicros = in.micros(0);
        state.guest = Parts.nameOrNull(in);
        for (int left = in.count(); left > 0; left--) {
            long write = in.number();
            state.waiting.put(write, Parts.name(in));
        }
        for (int left = in.count(); left > 0; left--) {
            RecordState.Born born = new RecordState.Born(Parts.name(in));
            born.gen = in.number();
            born.told = in.number();
            born.rev = in.number();
            born.seq = in.number();
            born.customer = Parts.name(in);
            for (int claims = in.count(); claims > 0; claims--) {
                IdentifierKey key = Parts.identifier(in);
                IdentifierState.Kind kind = Parts.kind(in);
                born.claimed.put(key, new RecordState.Claimed(kind, in.number(), Parts.standingOrNull(in)));
            }
            state.born.add(born);
        }
        in.end();
        state.bytes = bytes;
        return state;
    }

    // ---- Identifier

    public byte[] encode(IdentifierState state) {
        begin();
        out.number(state.version);
        out.single(state.level.ordinal());
        out.number(state.rows.size());
        state.rows.forEach((record, row) -> {
            Parts.name(out, record);
            out.number(row.seq());
            Parts.name(out, row.label());
            out.single(row.kind().ordinal());
            out.number(row.since());
        });
        out.number(state.introduced.size());
        state.introduced.forEach(out::text);
        out.number(state.creating.size());
        state.creating.forEach((platform, reservation) -> {
            out.number(platform);
            Parts.name(out, reservation.by());
            out.number(reservation.writeId());
        });
        byPlatform(out, state.waiting);
        byPlatform(out, state.sights);
        return out.toBytes();
    }

    public static IdentifierState decodeIdentifier(byte[] bytes) {
        ByteReader in = reader(bytes);
        IdentifierState state = new IdentifierState();
        state.version = in.integer();
        state.level = Parts.level(in);
        for (int left = in.count(); left > 0; left--) {
            RecordName record = Parts.name(in);
            long seq = in.number();
            RecordName label = Parts.name(in);
            IdentifierState.Kind kind = Parts.kind(in);
            state.rows.put(record, new IdentifierState.Row(seq, label, kind, in.number()));
        }
        for (int left = in.count(); left > 0; left--) state.introduced.add(in.text());
        for (int left = in.count(); left > 0; left--) {
            int platform = in.integer();
            RecordName by = Parts.name(in);
            state.creating.put(platform, new IdentifierState.Reservation(by, in.number()));
        }
        byPlatform(in, state.waiting);
        byPlatform(in, state.sights);
        in.end();
        return state;
    }

    private static void byPlatform(ByteWriter out, TreeMap<Integer, TreeSet<RecordName>> all) {
        out.number(all.size());
        all.forEach((platform, records) -> {
            out.number(platform);
            names(out, records);
        });
    }

    private static void byPlatform(ByteReader in, TreeMap<Integer, TreeSet<RecordName>> all) {
        for (int left = in.count(); left > 0; left--) {
            TreeSet<RecordName> records = new TreeSet<>();
            all.put(in.integer(), records);
            for (int more = in.count(); more > 0; more--) records.add(Parts.name(in));
        }
    }

    // ---- Group

    public byte[] encode(GroupState state) {
        begin();
        out.number(state.members.size());
        for (Member member : state.members.values()) out.bytes(members.bytesOf(member));
        names(out, state.refused);
        out.number(state.creations.size());
        for (Creation creation : state.creations) creation(out, creation);
        return out.toBytes();
    }

    public static GroupState decodeGroup(byte[] bytes) {
        ByteReader in = reader(bytes);
        GroupState state = new GroupState();
        for (int left = in.count(); left > 0; left--) {
            Member member = MemberCodec.read(in.bytes());
            state.members.put(member.name, member);
        }
        for (int left = in.count(); left > 0; left--) state.refused.add(Parts.name(in));
        for (int left = in.count(); left > 0; left--) state.creations.add(creation(in));
        in.end();
        return state;
    }

    private static void names(ByteWriter out, TreeSet<RecordName> names) {
        out.number(names.size());
        for (RecordName name : names) Parts.name(out, name);
    }

    private static void creation(ByteWriter out, Creation creation) {
        Parts.name(out, creation.by);
        out.number(creation.platform);
        Parts.flightOrNull(out, creation.flight);
        out.textOrNull(creation.madeKey);
        out.flag(creation.wanted);
        out.number(creation.reserving);
        out.number(creation.awaited.size());
        creation.awaited.forEach(key -> Parts.identifier(out, key));
        out.number(creation.reserved.size());
        creation.reserved.forEach(key -> Parts.identifier(out, key));
        out.textOrNull(creation.refusal);
        out.number(creation.refusedPlan);
        out.flag(creation.taken);
        Parts.dueOrNull(out, creation.due);
        Parts.dueOrNull(out, creation.held);
        out.micros(creation.pausedUntilMicros, 0);
        out.number(creation.attempts);
    }

    private static Creation creation(ByteReader in) {
        RecordName by = Parts.name(in);
        Creation creation = new Creation(by, in.integer());
        creation.flight = Parts.flightOrNull(in);
        creation.madeKey = in.textOrNull();
        creation.wanted = in.flag();
        creation.reserving = in.number();
        for (int left = in.count(); left > 0; left--) creation.awaited.add(Parts.identifier(in));
        for (int left = in.count(); left > 0; left--) creation.reserved.add(Parts.identifier(in));
        creation.refusal = in.textOrNull();
        creation.refusedPlan = in.integer();
        creation.taken = in.flag();
        creation.due = Parts.dueOrNull(in);
        creation.held = Parts.dueOrNull(in);
        creation.pausedUntilMicros = in.micros(0);
        creation.attempts = in.integer();
        return creation;
    }
}
