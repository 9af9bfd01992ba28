package dev.lockstep.core.codec;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.FieldMap;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;
import dev.lockstep.core.state.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A member of a group as bytes. The order of writing is the order of reading. */
final class MemberCodec {
    private static final Status[] STATUSES = Status.values();
    private static final Member.Removal[] REMOVALS = Member.Removal.values();

    private MemberCodec() {}

    static void write(ByteWriter out, Member member) {
        Parts.name(out, member.name);
        out.textOrNull(member.key.equals(member.name.key()) ? null : member.key);
        out.number(member.gen);
        out.number(member.told);
        out.number(member.rev);
        out.flag(member.live);
        out.micros(member.goneMicros, 0);
        out.single(member.removal.ordinal());
        out.version(member.liveVersion);
        out.micros(member.readMicros, 0);
        Parts.nameOrNull(out, member.madeFor);
        out.number(member.held.size());
        for (Observation seen : member.held) ObservationCodec.write(out, seen);
        out.number(member.asked.size());
        for (IdentifierKey identifier : member.asked) Parts.identifier(out, identifier);
        out.number(member.columns.size());
        for (ColumnState column : member.columns) columnOrNull(out, column);
        claims(out, member.claims);
        claims(out, member.firstClaims);
        consents(out, member.consents);
        doubts(out, member.doubts);
        out.number(member.formers.size());
        for (Former former : member.formers) former(out, former);
        identity(out, member);
        Parts.flightOrNull(out, member.flight);
        out.number(member.acked.size());
        for (Flight flight : member.acked) Parts.flight(out, flight);
        out.flag(member.looking);
        out.micros(member.pausedUntilMicros, 0);
        out.number(member.attempts);
        out.textOrNull(member.refusal);
        out.number(member.refusedPlan);
        Parts.dueOrNull(out, member.due);
        Parts.dueOrNull(out, member.stopped);
        Parts.causeOrNull(out, member.behind);
        undos(out, member);
        Parts.name(out, member.customer);
        out.single(member.status.ordinal());
        out.flag(member.wanted);
    }

    static Member read(ByteReader in) {
        Member member = new Member(Parts.name(in));
        String key = in.textOrNull();
        if (key != null) member.key = key;
        member.gen = in.number();
        member.told = in.number();
        member.rev = in.number();
        member.live = in.flag();
        member.goneMicros = in.micros(0);
        member.removal = Parts.one(REMOVALS, in.single());
        member.liveVersion = in.version();
        member.readMicros = in.micros(0);
        member.madeFor = Parts.nameOrNull(in);
        for (int left = in.count(); left > 0; left--)
            member.held.add(ObservationCodec.read(in, member.name.platform()));
        for (int left = in.count(); left > 0; left--) member.asked.add(Parts.identifier(in));
        for (int left = in.count(); left > 0; left--) member.columns.add(columnOrNull(in));
        claims(in, member.claims);
        claims(in, member.firstClaims);
        consents(in, member.consents);
        doubts(in, member.doubts);
        for (int left = in.count(); left > 0; left--) member.formers.add(former(in));
        identity(in, member);
        member.flight = Parts.flightOrNull(in);
        for (int left = in.count(); left > 0; left--) member.acked.add(Parts.flight(in));
        member.looking = in.flag();
        member.pausedUntilMicros = in.micros(0);
        member.attempts = in.integer();
        member.refusal = in.textOrNull();
        member.refusedPlan = in.integer();
        member.due = Parts.dueOrNull(in);
        member.stopped = Parts.dueOrNull(in);
        member.behind = Parts.causeOrNull(in);
        undos(in, member);
        member.customer = Parts.name(in);
        member.status = Parts.one(STATUSES, in.single());
        member.wanted = in.flag();
        return member;
    }

    // ---- what its group counts it by

    private static void identity(ByteWriter out, Member member) {
        out.number(member.identifiers.size());
        member.identifiers.forEach((key, kind) -> {
            Parts.identifier(out, key);
            out.single(kind.ordinal());
        });
        out.number(member.standings.size());
        member.standings.forEach((key, standing) -> {
            Parts.identifier(out, key);
            Parts.standingOrNull(out, standing);
        });
        out.number(member.decisions.size());
        for (Decision decision : member.decisions.values()) {
            Parts.name(out, decision.other());
            out.flag(decision.same());
            out.micros(decision.stampMicros(), 0);
        }
    }

    private static void identity(ByteReader in, Member member) {
        for (int left = in.count(); left > 0; left--) {
            IdentifierKey key = Parts.identifier(in);
            member.identifiers.put(key, Parts.kind(in));
        }
        for (int left = in.count(); left > 0; left--) {
            IdentifierKey key = Parts.identifier(in);
            Member.Standing standing = Parts.standingOrNull(in);
            if (standing != null) member.standings.put(key, standing);
        }
        for (int left = in.count(); left > 0; left--) {
            RecordName other = Parts.name(in);
            boolean same = in.flag();
            member.decisions.put(other, new Decision(other, same, in.micros(0)));
        }
    }

    // ---- columns

    /** What most columns do not have is behind one flag. */
    private static void columnOrNull(ByteWriter out, @Nullable ColumnState column) {
        out.flag(column != null);
        if (column == null) return;
        out.textOrNull(column.raw);
        out.version(column.version);
        out.micros(column.knownMicros, 0);
        stamp(out, column.stampMicros);
        boolean plain = column.wroteMicros == 0
                && column.wrote == null
                && column.replaced == null
                && column.reversals == 0
                && column.reversalsSinceMicros == 0
                && column.pausedUntilMicros == 0
                && !column.contested
                && !column.archived
                && column.kept == null
                && column.taken == null
                && column.unparsed == null;
        out.flag(plain);
        if (plain) return;
        out.textOrNull(column.wrote);
        out.textOrNull(column.replaced);
        out.micros(column.wroteMicros, 0);
        out.number(column.reversals);
        out.micros(column.reversalsSinceMicros, 0);
        out.micros(column.pausedUntilMicros, 0);
        out.flag(column.contested);
        out.flag(column.archived);
        out.textOrNull(column.kept);
        out.textOrNull(column.taken);
        out.textOrNull(column.unparsed);
    }

    private static @Nullable ColumnState columnOrNull(ByteReader in) {
        if (!in.flag()) return null;
        ColumnState column = new ColumnState();
        column.raw = in.textOrNull();
        column.version = in.version();
        column.knownMicros = in.micros(0);
        column.stampMicros = stamp(in);
        if (in.flag()) return column;
        column.wrote = in.textOrNull();
        column.replaced = in.textOrNull();
        column.wroteMicros = in.micros(0);
        column.reversals = in.integer();
        column.reversalsSinceMicros = in.micros(0);
        column.pausedUntilMicros = in.micros(0);
        column.contested = in.flag();
        column.archived = in.flag();
        column.kept = in.textOrNull();
        column.taken = in.textOrNull();
        column.unparsed = in.textOrNull();
        return column;
    }

    // ---- claims

    static void stamp(ByteWriter out, long micros) {
        out.micros(micros, Stamp.UNDATED);
    }

    static long stamp(ByteReader in) {
        return in.micros(Stamp.UNDATED);
    }

    private static void claims(ByteWriter out, FieldMap<Claim> claims) {
        out.number(claims.size());
        claims.forEach((field, claim) -> {
            out.number(field);
            claim(out, claim);
        });
    }

    private static void claim(ByteWriter out, Claim claim) {
        Parts.valueOrNull(out, claim.value());
        boolean rawIsText = claim.value() != null && claim.value().text().equals(claim.raw());
        out.flag(rawIsText);
        if (!rawIsText) out.textOrNull(claim.raw());
        stamp(out, claim.stamp().micros());
        out.number(claim.stamp().platform());
        stamp(out, claim.onTopMicros());
        out.flag(claim.firstSight());
        out.number(claim.elements().size());
        for (Claim.Element element : claim.elements()) {
            out.text(element.element());
            out.flag(element.added());
            stamp(out, element.stamp().micros());
            out.number(element.stamp().platform());
        }
    }

    private static void claims(ByteReader in, FieldMap<Claim> claims) {
        for (int left = in.count(); left > 0; left--) {
            int field = in.integer();
            claims.put(field, claim(in));
        }
    }

    private static Claim claim(ByteReader in) {
        Value value = Parts.valueOrNull(in);
        String raw = in.flag() && value != null ? value.text() : in.textOrNull();
        Stamp stamp = new Stamp(stamp(in), in.integer());
        long onTop = stamp(in);
        boolean first = in.flag();
        int count = in.count();
        List<Claim.Element> elements = new ArrayList<>(count);
        for (int more = count; more > 0; more--) {
            String element = in.text();
            boolean added = in.flag();
            elements.add(new Claim.Element(element, added, new Stamp(stamp(in), in.integer())));
        }
        return new Claim(value, raw, stamp, onTop, first, List.copyOf(elements));
    }

    // ---- what edits replaced

    private static void undos(ByteWriter out, Member member) {
        out.number(member.undos.size());
        for (Undo undo : member.undos) {
            Parts.causeOrNull(out, undo.cause());
            out.number(undo.field());
            stamp(out, undo.stampMicros());
            out.flag(undo.before() != null);
            if (undo.before() != null) claim(out, undo.before());
            out.flag(undo.log() != null);
            if (undo.log() != null) {
                entryOrNull(out, undo.log().granted());
                entryOrNull(out, undo.log().withdrawn());
            }
            out.flag(undo.revived() != null);
            if (undo.revived() != null) former(out, undo.revived());
            out.micros(undo.heardMicros(), 0);
        }
    }

    private static void undos(ByteReader in, Member member) {
        for (int left = in.count(); left > 0; left--) {
            Cause cause = Objects.requireNonNullElse(Parts.causeOrNull(in), Cause.NONE);
            int field = in.integer();
            long stamp = stamp(in);
            Claim before = in.flag() ? claim(in) : null;
            ConsentLog log = in.flag() ? new ConsentLog(entryOrNull(in), entryOrNull(in)) : null;
            Former revived = in.flag() ? former(in) : null;
            member.undos.add(new Undo(cause, field, stamp, before, log, revived, in.micros(0)));
        }
    }

    private static void former(ByteWriter out, Former former) {
        Parts.identifier(out, former.identifier());
        out.micros(former.untilMicros(), 0);
    }

    private static Former former(ByteReader in) {
        IdentifierKey identifier = Parts.identifier(in);
        return new Former(identifier, in.micros(0));
    }

    private static void consents(ByteWriter out, FieldMap<ConsentLog> consents) {
        out.number(consents.size());
        consents.forEach((field, log) -> {
            out.number(field);
            entryOrNull(out, log.granted());
            entryOrNull(out, log.withdrawn());
        });
    }

    private static void consents(ByteReader in, FieldMap<ConsentLog> consents) {
        for (int left = in.count(); left > 0; left--) {
            int field = in.integer();
            consents.put(field, new ConsentLog(entryOrNull(in), entryOrNull(in)));
        }
    }

    private static void doubts(ByteWriter out, FieldMap<Doubt> doubts) {
        out.number(doubts.size());
        doubts.forEach((field, doubt) -> {
            out.number(field);
            out.flag(doubt.withdraws());
            stamp(out, doubt.micros());
            stamp(out, doubt.carriedMicros());
            out.version(doubt.version());
            out.textOrNull(doubt.raw());
        });
    }

    private static void doubts(ByteReader in, FieldMap<Doubt> doubts) {
        for (int left = in.count(); left > 0; left--) {
            int field = in.integer();
            boolean withdraws = in.flag();
            long micros = stamp(in);
            long carried = stamp(in);
            doubts.put(field, new Doubt(withdraws, micros, carried, in.version(), in.textOrNull()));
        }
    }

    private static void entryOrNull(ByteWriter out, ConsentLog.@Nullable Entry entry) {
        out.flag(entry != null);
        if (entry == null) return;
        stamp(out, entry.micros());
        stamp(out, entry.onTopMicros());
        out.flag(entry.found());
        out.textOrNull(entry.raw());
    }

    private static ConsentLog.@Nullable Entry entryOrNull(ByteReader in) {
        if (!in.flag()) return null;
        long micros = stamp(in);
        long onTop = stamp(in);
        boolean found = in.flag();
        return new ConsentLog.Entry(micros, onTop, found, in.textOrNull());
    }
}
