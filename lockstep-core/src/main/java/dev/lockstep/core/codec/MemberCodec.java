package dev.lockstep.core.codec;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;

/**
 * A member of a group as bytes of its own, and its facts within them: neither is written again as long as nobody can
 * have changed it. The order of writing is the order of reading. One that writes is for one thread.
 */
final class MemberCodec {
    private static final Status[] STATUSES = Status.values();
    private static final Member.Removal[] REMOVALS = Member.Removal.values();

    // What most members do not have is written only where its bit is set.
    private static final int KEY = 1;
    private static final int GONE = 1 << 1;
    private static final int WENT = 1 << 2;
    private static final int VERSION = 1 << 3;
    private static final int READ = 1 << 4;
    private static final int MADE = 1 << 5;
    private static final int FLIGHT = 1 << 6;
    private static final int ACKED = 1 << 7;
    private static final int DUE = 1 << 8;
    private static final int WANTED = 1 << 9;
    private static final int HELD = 1 << 10;
    private static final int ASKED = 1 << 11;
    private static final int STANDINGS = 1 << 12;
    private static final int DECISIONS = 1 << 13;
    private static final int LOOKING = 1 << 14;
    private static final int PAUSED = 1 << 15;
    private static final int ATTEMPTS = 1 << 16;
    private static final int REFUSAL = 1 << 17;
    private static final int REFUSED = 1 << 18;
    private static final int STOPPED = 1 << 19;
    private static final int BEHIND = 1 << 20;

    private final ByteWriter out = new ByteWriter();
    private final ByteWriter room = new ByteWriter();

    private static int has(Member member) {
        int has = member.key.equals(member.name.key()) ? 0 : KEY;
        if (!member.live) has |= GONE;
        if (member.goneMicros != 0) has |= WENT;
        if (member.liveVersion != 0) has |= VERSION;
        if (member.readMicros != 0) has |= READ;
        if (member.madeFor != null) has |= MADE;
        if (member.flight != null) has |= FLIGHT;
        if (!member.acked.isEmpty()) has |= ACKED;
        if (member.due != null) has |= DUE;
        if (member.wanted) has |= WANTED;
        if (!member.held.isEmpty()) has |= HELD;
        if (!member.asked.isEmpty()) has |= ASKED;
        if (!member.standings.isEmpty()) has |= STANDINGS;
        if (!member.decisions.isEmpty()) has |= DECISIONS;
        if (member.looking) has |= LOOKING;
        if (member.pausedUntilMicros != 0) has |= PAUSED;
        if (member.attempts != 0) has |= ATTEMPTS;
        if (member.refusal != null) has |= REFUSAL;
        if (member.refusedPlan != 0) has |= REFUSED;
        if (member.stopped != null) has |= STOPPED;
        if (member.behind != null) has |= BEHIND;
        return has;
    }

    byte[] bytesOf(Member member) {
        if (member.bytes != null) return member.bytes;
        out.begin();
        int has = has(member);
        out.bits(has);
        Parts.name(out, member.name);
        if ((has & KEY) != 0) out.text(member.key);
        out.number(member.gen);
        out.number(member.told);
        out.number(member.rev);
        if ((has & WENT) != 0) out.micros(member.goneMicros, 0);
        out.single(member.removal.ordinal());
        if ((has & VERSION) != 0) out.version(member.liveVersion);
        if ((has & READ) != 0) out.micros(member.readMicros, 0);
        if (member.madeFor != null) Parts.name(out, member.madeFor);
        out.bytes(FactsCodec.bytesOf(member, room));
        identity(out, member, has);
        under(out, member, has);
        if (member.due != null) Parts.due(out, member.due);
        if (member.stopped != null) Parts.due(out, member.stopped);
        if (member.behind != null) Parts.cause(out, member.behind);
        Parts.name(out, member.customer);
        out.single(member.status.ordinal());
        return member.bytes = out.toBytes();
    }

    static Member read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int has = in.bits();
        Member member = new Member(Parts.name(in));
        if ((has & KEY) != 0) member.key = in.text();
        member.gen = in.number();
        member.told = in.number();
        member.rev = in.number();
        member.live = (has & GONE) == 0;
        if ((has & WENT) != 0) member.goneMicros = in.micros(0);
        member.removal = Parts.one(REMOVALS, in.single());
        if ((has & VERSION) != 0) member.liveVersion = in.version();
        if ((has & READ) != 0) member.readMicros = in.micros(0);
        if ((has & MADE) != 0) member.madeFor = Parts.name(in);
        FactsCodec.read(in.bytes(), member);
        identity(in, member, has);
        under(in, member, has);
        if ((has & DUE) != 0) member.due = Parts.due(in);
        if ((has & STOPPED) != 0) member.stopped = Parts.due(in);
        if ((has & BEHIND) != 0) member.behind = Parts.cause(in);
        member.wanted = (has & WANTED) != 0;
        member.customer = Parts.name(in);
        member.status = Parts.one(STATUSES, in.single());
        in.end();
        member.bytes = bytes;
        return member;
    }

    // ---- what is under way

    private static void under(ByteWriter out, Member member, int has) {
        if ((has & HELD) != 0) {
            out.number(member.held.size());
            for (Observation seen : member.held) ObservationCodec.write(out, seen);
        }
        if ((has & ASKED) != 0) {
            out.number(member.asked.size());
            for (IdentifierKey identifier : member.asked) Parts.identifier(out, identifier);
        }
        if (member.flight != null) Parts.flight(out, member.flight);
        if ((has & ACKED) != 0) {
            out.number(member.acked.size());
            for (Flight flight : member.acked) Parts.flight(out, flight);
        }
        if ((has & PAUSED) != 0) out.micros(member.pausedUntilMicros, 0);
        if ((has & ATTEMPTS) != 0) out.number(member.attempts);
        if (member.refusal != null) out.text(member.refusal);
        if ((has & REFUSED) != 0) out.number(member.refusedPlan);
    }

    private static void under(ByteReader in, Member member, int has) {
        for (int left = (has & HELD) == 0 ? 0 : in.count(); left > 0; left--)
            member.held.add(ObservationCodec.read(in, member.name.platform()));
        for (int left = (has & ASKED) == 0 ? 0 : in.count(); left > 0; left--) member.asked.add(Parts.identifier(in));
        if ((has & FLIGHT) != 0) member.flight = Parts.flight(in);
        for (int left = (has & ACKED) == 0 ? 0 : in.count(); left > 0; left--) member.acked.add(Parts.flight(in));
        member.looking = (has & LOOKING) != 0;
        if ((has & PAUSED) != 0) member.pausedUntilMicros = in.micros(0);
        if ((has & ATTEMPTS) != 0) member.attempts = in.integer();
        if ((has & REFUSAL) != 0) member.refusal = in.text();
        if ((has & REFUSED) != 0) member.refusedPlan = in.integer();
    }

    // ---- what its group counts it by

    private static void identity(ByteWriter out, Member member, int has) {
        out.number(member.identifiers.size());
        member.identifiers.forEach((key, kind) -> {
            Parts.identifier(out, key);
            out.single(kind.ordinal());
        });
        if ((has & STANDINGS) != 0) {
            out.number(member.standings.size());
            member.standings.forEach((key, standing) -> {
                Parts.identifier(out, key);
                Parts.standingOrNull(out, standing);
            });
        }
        if ((has & DECISIONS) == 0) return;
        out.number(member.decisions.size());
        for (Decision decision : member.decisions.values()) {
            Parts.name(out, decision.other());
            out.flag(decision.same());
            out.micros(decision.stampMicros(), 0);
        }
    }

    private static void identity(ByteReader in, Member member, int has) {
        for (int left = in.count(); left > 0; left--) {
            IdentifierKey key = Parts.identifier(in);
            member.identifiers.put(key, Parts.kind(in));
        }
        for (int left = (has & STANDINGS) == 0 ? 0 : in.count(); left > 0; left--) {
            IdentifierKey key = Parts.identifier(in);
            Member.Standing standing = Parts.standingOrNull(in);
            if (standing != null) member.standings.put(key, standing);
        }
        for (int left = (has & DECISIONS) == 0 ? 0 : in.count(); left > 0; left--) {
            RecordName other = Parts.name(in);
            boolean same = in.flag();
            member.decisions.put(other, new Decision(other, same, in.micros(0)));
        }
    }
}
