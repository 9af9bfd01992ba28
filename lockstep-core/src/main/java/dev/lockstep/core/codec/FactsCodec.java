package dev.lockstep.core.codec;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.FieldMap;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a member as bytes. What most columns and claims have in common with the one before, or lack, is a bit
 * of one byte.
 */
final class FactsCodec {
    private FactsCodec() {}

    /** @param out room to write them in, where they have changed */
    static byte[] bytesOf(Member member, ByteWriter out) {
        if (member.facts != null) return member.facts;
        out.begin();
        columns(out, member.columns);
        claims(out, member.claims);
        claims(out, member.firstClaims);
        consents(out, member.consents);
        doubts(out, member.doubts);
        out.number(member.formers.size());
        for (Former former : member.formers) former(out, former);
        undos(out, member);
        return member.facts = out.toBytes();
    }

    static void read(byte[] bytes, Member member) {
        member.facts = bytes;
        ByteReader in = new ByteReader(bytes);
        columns(in, member);
        claims(in, member.claims);
        claims(in, member.firstClaims);
        consents(in, member.consents);
        doubts(in, member.doubts);
        for (int left = in.count(); left > 0; left--) member.formers.add(former(in));
        undos(in, member);
        in.end();
    }

    // ---- columns

    private static final int SHOWN = 1;
    private static final int BLANK = 1 << 1;
    private static final int VERSION = 1 << 2;
    private static final int KNOWN = 1 << 3;
    private static final int STAMP = 1 << 4;
    private static final int OURS = 1 << 5;
    private static final int MORE = 1 << 6;

    private static void columns(ByteWriter out, List<@Nullable ColumnState> columns) {
        out.number(columns.size());
        ColumnState before = new ColumnState();
        for (ColumnState column : columns) {
            if (column == null) {
                out.bits(0);
                continue;
            }
            int has = SHOWN;
            if (column.raw == null) has |= BLANK;
            if (column.version != before.version) has |= VERSION;
            if (column.knownMicros != before.knownMicros) has |= KNOWN;
            if (column.stampMicros != before.stampMicros) has |= STAMP;
            if (column.wroteMicros != 0 || column.wrote != null || column.replaced != null) has |= OURS;
            if (hasMore(column)) has |= MORE;
            out.bits(has);
            if (column.raw != null) out.text(column.raw);
            if ((has & VERSION) != 0) out.version(column.version);
            if ((has & KNOWN) != 0) out.micros(column.knownMicros, 0);
            if ((has & STAMP) != 0) stamp(out, column.stampMicros);
            if ((has & OURS) != 0) {
                out.textOrNull(column.wrote);
                out.textOrNull(column.replaced);
                out.micros(column.wroteMicros, 0);
            }
            if ((has & MORE) != 0) more(out, column);
            before = column;
        }
    }

    private static void columns(ByteReader in, Member member) {
        ColumnState before = new ColumnState();
        for (int left = in.count(); left > 0; left--) {
            int has = in.bits();
            if ((has & SHOWN) == 0) {
                member.columns.add(null);
                continue;
            }
            ColumnState column = new ColumnState();
            if ((has & BLANK) == 0) column.raw = in.text();
            column.version = (has & VERSION) == 0 ? before.version : in.version();
            column.knownMicros = (has & KNOWN) == 0 ? before.knownMicros : in.micros(0);
            column.stampMicros = (has & STAMP) == 0 ? before.stampMicros : stamp(in);
            if ((has & OURS) != 0) {
                column.wrote = in.textOrNull();
                column.replaced = in.textOrNull();
                column.wroteMicros = in.micros(0);
            }
            if ((has & MORE) != 0) more(in, column);
            member.columns.add(column);
            member.mayBeContested |= column.contested;
            before = column;
        }
    }

    private static boolean hasMore(ColumnState column) {
        return column.reversals != 0
                || column.reversalsSinceMicros != 0
                || column.pausedUntilMicros != 0
                || column.contested
                || column.archived
                || column.kept != null
                || column.taken != null
                || column.unparsed != null;
    }

    private static void more(ByteWriter out, ColumnState column) {
        out.number(column.reversals);
        out.micros(column.reversalsSinceMicros, 0);
        out.micros(column.pausedUntilMicros, 0);
        out.flag(column.contested);
        out.flag(column.archived);
        out.textOrNull(column.kept);
        out.textOrNull(column.taken);
        out.textOrNull(column.unparsed);
    }

    private static void more(ByteReader in, ColumnState column) {
        column.reversals = in.integer();
        column.reversalsSinceMicros = in.micros(0);
        column.pausedUntilMicros = in.micros(0);
        column.contested = in.flag();
        column.archived = in.flag();
        column.kept = in.textOrNull();
        column.taken = in.textOrNull();
        column.unparsed = in.textOrNull();
    }

    // ---- claims

    private static final int CLEARED = 1;
    private static final int KEY = 1 << 1;
    private static final int RAW = 1 << 2;
    private static final int RAW_BLANK = 1 << 3;
    private static final int FOUND = 1 << 4;
    private static final int ON_TOP = 1 << 5;
    private static final int ELEMENTS = 1 << 6;

    static void stamp(ByteWriter out, long micros) {
        out.micros(micros, Stamp.UNDATED);
    }

    static long stamp(ByteReader in) {
        return in.micros(Stamp.UNDATED);
    }

    private static void stamp(ByteWriter out, Stamp stamp) {
        stamp(out, stamp.micros());
        out.number(stamp.platform());
    }

    private static Stamp stampWithPlatform(ByteReader in) {
        long micros = stamp(in);
        return new Stamp(micros, in.integer());
    }

    private static void claims(ByteWriter out, FieldMap<Claim> claims) {
        out.number(claims.size());
        claims.forEach((field, claim) -> {
            out.number(field);
            claim(out, claim);
        });
    }

    private static void claims(ByteReader in, FieldMap<Claim> claims) {
        for (int left = in.count(); left > 0; left--) {
            int field = in.integer();
            claims.put(field, claim(in));
        }
    }

    /** A key equal to the text, as of all types but one, is not written twice; nor a raw text equal to the value's. */
    private static void claim(ByteWriter out, Claim claim) {
        Value value = claim.value();
        int has = value == null ? CLEARED : 0;
        if (value != null && !value.key().equals(value.text())) has |= KEY;
        if (claim.raw() == null) has |= RAW_BLANK;
        else if (value == null || !value.text().equals(claim.raw())) has |= RAW;
        if (claim.firstSight()) has |= FOUND;
        if (claim.onTopMicros() != Stamp.UNDATED) has |= ON_TOP;
        if (!claim.elements().isEmpty()) has |= ELEMENTS;
        out.bits(has);
        if (value != null) out.text(value.text());
        if (value != null && (has & KEY) != 0) out.text(value.key());
        if (claim.raw() != null && (has & RAW) != 0) out.text(claim.raw());
        stamp(out, claim.stamp());
        if ((has & ON_TOP) != 0) stamp(out, claim.onTopMicros());
        if ((has & ELEMENTS) == 0) return;
        out.number(claim.elements().size());
        for (Claim.Element element : claim.elements()) {
            out.text(element.element());
            out.flag(element.added());
            stamp(out, element.stamp());
        }
    }

    private static Claim claim(ByteReader in) {
        int has = in.bits();
        String text = (has & CLEARED) == 0 ? in.text() : null;
        Value value = null;
        if (text != null) value = (has & KEY) == 0 ? Value.of(text) : new Value(text, in.text());
        String raw = (has & RAW_BLANK) != 0 ? null : (has & RAW) != 0 ? in.text() : text;
        Stamp stamp = stampWithPlatform(in);
        long onTop = (has & ON_TOP) == 0 ? Stamp.UNDATED : stamp(in);
        List<Claim.Element> elements = List.of();
        if ((has & ELEMENTS) != 0) {
            int count = in.count();
            List<Claim.Element> all = new ArrayList<>(count);
            for (int more = count; more > 0; more--) {
                String element = in.text();
                boolean added = in.flag();
                all.add(new Claim.Element(element, added, stampWithPlatform(in)));
            }
            elements = List.copyOf(all);
        }
        return new Claim(value, raw, stamp, onTop, (has & FOUND) != 0, elements);
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
            out.version(doubt.shown());
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
