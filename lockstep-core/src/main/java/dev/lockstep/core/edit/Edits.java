package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Undo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes one observation of one record: column by column, what is new is an edit unless we made it ourselves.
 *
 * <p>A stream that echoes shows every committed change in order, our own among them by name. So its observations are
 * compared with what it showed before ({@link ColumnState#raw}), and not with what we wrote since: a change committed
 * before our write is an edit even when our write has covered it meanwhile.
 */
public final class Edits {
    private final Member member;
    private final PlatformModel platform;
    private final Observation seen;
    private final Context context;
    private final Step out;
    private final Claims claims;
    private final Doubts doubts;
    /** When it was seen to be gone, of a record that is there again; else 0. */
    private long goneMicros;
    /** Acknowledged writes of ours whose echo need not be awaited, since this read began after them; oldest first. */
    private List<Flight> settled = List.of();

    private Edits(Member member, Observation seen, Context context, Step out) {
        this.member = member;
        this.platform = context.model().platform(member.name.platform());
        this.seen = seen;
        this.context = context;
        this.out = out;
        this.claims = new Claims(member, seen.readBeganMicros(), context, out);
        this.doubts = new Doubts(member, context);
    }

    /** Learns what {@code seen} says of {@code member}. */
    public static void observe(Member member, Observation seen, Context context, Step out) {
        new Edits(member, seen, context, out).observe();
    }

    /** A person says that what a column holds, and we did not write, is meant: as if it had been edited there now. */
    public static void confirm(Member member, Column column, long seenMicros, Context context, Step out) {
        ColumnState state = member.columnOrNew(column.number());
        long now = context.nowMicros();
        Stamp stamp = Stamp.ofEdit(member.name.platform(), now, now, Math.max(seenMicros, state.stampMicros));
        Reading reading = column.lens().read(state.raw);
        boolean said = new Claims(member, now, context, out)
                .edit(column, state, state.wrote, state.raw, reading, stamp, false, false);
        if (said) state.stampMicros = stamp.micros();
    }

    private void observe() {
        Flight left = member.looking && !platform.echoes() ? member.flight : null;
        boolean tells = left != null && seen.origin() != Origin.STREAM && seen.readBeganMicros() >= left.sentMicros();
        Unclear doubted = left != null && tells ? new Unclear(left, member, seen, context, out) : null;
        if (tells) member.flight = null;
        if (tells || left == null) member.looking = false;
        // Of what a create seems to have made nothing is known before the read that tells.
        if (left != null && !tells && left.write().kind() == Write.Kind.CREATE) return;
        if (Deletes.settles(member, seen, platform)) {
            if (seen.origin() == Origin.STREAM) beforeOurDelete();
            return;
        }
        // A read that began before one already heard of says nothing of whether the record is there.
        boolean late = seen.version() == 0 && seen.readBeganMicros() < member.readMicros;
        if (late && (seen.gone() || !member.live)) return;
        if (seen.origin() != Origin.STREAM) member.readMicros = Math.max(member.readMicros, seen.readBeganMicros());
        if (seen.gone()) {
            gone();
            return;
        }
        if (!member.live && !back()) return;
        boolean leaves = seen.origin() == Origin.STREAM && !member.key.equals(seen.key());
        if (leaves && own() == null) Receipts.strayed(member, context, out);
        member.key = seen.key();
        member.liveVersion = Math.max(member.liveVersion, seen.version());
        Flight own = own();
        if (own == null && settledByRead()) settle();
        // One line for the whole record: what it said first stays in its claims until it says otherwise.
        if (member.columns.isEmpty()) {
            out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.FIRST_SIGHT, ""));
            claims.firstSight();
        }
        columns(own, doubted);
        if (own != null) echoed(own);
        if (own != null) changedBackAtOnce();
    }

    /** What our own transaction left in the columns that it wrote, of which no later write of ours is on its way. */
    private void changedBackAtOnce() {
        for (Column column : platform.columns()) {
            int number = column.number();
            if (column.retired() || !seen.shows(number) || cell(member.flight, number) != null) continue;
            if (!coveredByOurs(column)) Settle.afterOwn(column, member, context, out);
        }
    }

    /**
     * What was said before the delete is said, though nobody had seen it when we deleted the record; and said upon what
     * our own writes before that had left there.
     */
    private void beforeOurDelete() {
        Flight own = own();
        columns(own, null);
        if (own != null) echoed(own);
    }

    // ---- there and gone

    private void gone() {
        if (seen.version() != 0 && seen.version() < member.liveVersion || !member.live) return;
        // What was read before we wrote there, or made it, may be what our write has changed since.
        boolean unsure = seen.origin() != Origin.STREAM
                && (wroteSince(seen.readBeganMicros()) || seen.version() == 0 && member.flight != null);
        if (unsure) {
            out.effect(new Effect.Look(platform.number(), member.key));
            return;
        }
        member.said++;
        member.live = false;
        member.liveVersion = seen.version();
        member.goneMicros = stampOf(newestStamp()).micros();
        member.acked.clear();
        member.doubts.clear();
        if (member.flight != null && member.flight.write().id() == seen.ownWrite()) {
            out.effect(new Effect.Done(seen.ownWrite()));
            member.flight = null;
            Receipts.accepted(member);
        } else {
            member.removal = Member.Removal.NONE;
            Undoing.remember(member, Undo.GONE, member.goneMicros, null, null, null, context, out);
        }
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.GONE, seen.ownWrite() == 0 ? "" : "by us"));
    }

    /** Who deletes a record has seen all of it; a stream shows what was written later only after it. */
    private long newestStamp() {
        boolean inOrder = seen.origin() == Origin.STREAM && platform.echoes();
        long newest = Stamp.UNDATED;
        for (int i = 0; i < member.columns.size(); i++) {
            ColumnState state = member.column(i);
            long shown = state == null ? Stamp.UNDATED : state.stampMicros;
            newest = Math.max(newest, inOrder ? shown : member.actualStamp(i));
        }
        return newest;
    }

    /** A record that was gone is there again: whoever put it back says all of it anew. */
    private boolean back() {
        if (seen.version() != 0 && seen.version() < member.liveVersion) return false;
        member.said++;
        member.live = true;
        goneMicros = member.goneMicros;
        member.goneMicros = 0;
        member.removal = Member.Removal.NONE;
        member.acked.clear();
        member.liveVersion = seen.version();
        member.madeFor = null;
        member.columns.clear();
        member.refusal = null;
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.BACK, ""));
        return true;
    }

    private boolean wroteSince(long micros) {
        for (ColumnState state : member.columns) if (state != null && state.wroteMicros > micros) return true;
        return false;
    }

    // ---- our own writes coming back

    /** The write of ours that made this change, while its echo is still awaited; null when there is none. */
    private @Nullable Flight own() {
        return seen.ownWrite() == 0 ? null : member.awaited(seen.ownWrite());
    }

    /** The stream shows every write in order: this one, and so all before it, have come back. */
    private void echoed(Flight own) {
        if (member.flight == own) {
            Receipts.applied(member, own, context, out);
            out.effect(new Effect.Done(own.write().id()));
            member.flight = null;
        }
        int at = member.acked.indexOf(own);
        if (at >= 0) member.acked.subList(0, at + 1).clear();
    }

    /** A read that began after our last acknowledged write shows that write: its echo need not be awaited. */
    private boolean settledByRead() {
        if (member.acked.isEmpty() || seen.origin() == Origin.STREAM) return false;
        for (Flight one : member.acked) if (one.sentMicros() >= seen.readBeganMicros()) return false;
        for (ColumnState state : member.columns) {
            if (state != null && state.wroteMicros >= seen.readBeganMicros()) return false;
        }
        return true;
    }

    /** What it shows otherwise than we wrote it has been edited on top of that. */
    private void settle() {
        settled = List.copyOf(member.acked);
        member.acked.clear();
        for (Flight one : settled) {
            if (one.write().kind() == Write.Kind.DELETE) continue;
            for (int i = 0; i < one.write().cells().size(); i++) {
                Write.Cell cell = one.write().cells().get(i);
                ColumnState state = member.columnOrNew(cell.column());
                state.raw = cell.raw();
                state.stampMicros = one.stamps().get(i);
            }
        }
    }

    static Write.@Nullable Cell cell(@Nullable Flight flight, int column) {
        int at = flight == null ? -1 : flight.indexOf(column);
        return flight == null || at < 0 ? null : flight.write().cells().get(at);
    }

    // ---- one column

    private void columns(@Nullable Flight own, @Nullable Unclear doubted) {
        for (Column column : platform.columns()) {
            if (!column.retired() && seen.shows(column.number())) column(column, own, doubted);
        }
    }

    private void column(Column column, @Nullable Flight own, @Nullable Unclear doubted) {
        String raw = seen.raw()[column.number()];
        boolean firstSight = member.column(column.number()) == null;
        ColumnState state = member.columnOrNew(column.number());
        if (seen.version() != 0 && seen.version() < state.version) return;
        Doubt doubt = firstSight ? null : doubts.of(column);
        if (doubt != null && platform.echoes() && seen.version() < doubt.shown()) return;
        if (doubt != null && Doubts.shownBefore(doubt, seen, platform)) Doubts.goOn(doubt, state, raw);
        Unclear.Tells told = doubted == null ? Unclear.Tells.NOTHING : doubted.of(column, state, raw, firstSight);
        if (doubted != null && told == Unclear.Tells.OURS) {
            echo(doubted.flight(), column, state, raw);
            return;
        }
        if (told == Unclear.Tells.WITHDRAWN) {
            edit(column, state, raw, false);
            doubts.end(column);
            return;
        }
        if (!firstSight && seen.version() == 0 && !trusted(column, state, raw)) return;
        if (!firstSight && seen.version() == 0 && seen.readBeganMicros() < state.knownMicros) return;
        if (own != null && ours(own, column)) {
            echo(own, column, state, raw);
        } else if (seen.ownWrite() != 0 && own == null) {
            learn(state, raw, state.stampMicros);
        } else if (!firstSight && (mayBeInFlight(column, state, raw) || echoMayBeLost(column, state, raw))) {
            doubts.add(column, state, raw, Doubts.shown(seen, platform), stampOf(state.stampMicros));
            return;
        } else if (!firstSight && shownByRead(column, raw) instanceof Flight shown) {
            echo(shown, column, state, raw);
        } else if (firstSight
                && member.made()
                && (doubted == null || cell(doubted.flight(), column.number()) == null)) {
            learn(state, raw, Stamp.UNDATED);
        } else if (!firstSight && Objects.equals(raw, state.raw)) {
            learn(state, raw, state.stampMicros);
        } else if (!heard(column)) {
            if (!firstSight && wroteLast(column)) Settle.drifted(column, state, raw, member, context, out);
            if (state.archived && !column.lens().agrees(raw, column.archive())) state.archived = false;
            learn(state, raw, state.stampMicros);
            state.unparsed = unparsedReason(column.lens().read(raw));
        } else if (!firstSight && doingOfThePlatform(column, state, raw)) {
            learn(state, raw, state.stampMicros);
            state.unparsed = unparsedReason(column.lens().read(raw));
        } else if (!firstSight && state.knownMicros < column.backMicros()) {
            backAgain(column, state, raw);
        } else {
            edit(column, state, raw, firstSight);
        }
        if (doubt != null) doubts.end(column);
    }

    /**
     * A column that was away is there again, and what it held may have gone with it: nothing found in it clears
     * nothing, and a consent found granted is no more than found. Any other difference is an edit.
     */
    private void backAgain(Column column, ColumnState state, @Nullable String raw) {
        Reading reading = column.lens().read(raw);
        String key = reading.valueOrNull() == null ? "" : reading.valueOrNull().key();
        boolean consent = context.model().isConsent(column);
        if (!reading.isBlank() && !(consent && key.equals("unset"))) {
            edit(column, state, raw, consent && key.equals("granted"));
            return;
        }
        learn(state, raw, state.stampMicros);
        state.unparsed = null;
        state.wroteMicros = 0;
        state.reversals = 0;
        state.contested = false;
    }

    /**
     * A read names no writes. What holds what we sent of late, in whatever spelling, is that: after a lost position
     * nothing else will tell.
     */
    private @Nullable Flight shownByRead(Column column, @Nullable String raw) {
        if (seen.origin() == Origin.STREAM || !platform.echoes()) return null;
        List<Flight> ours = settled.isEmpty() ? member.acked : settled;
        for (int i = ours.size() - 1; i >= 0; i--) {
            // A read that began before it cannot show it: that was somebody who said the same, earlier.
            boolean after = seen.readBeganMicros() > ours.get(i).sentMicros();
            if (after && Unclear.holds(column, raw, ours.get(i))) return ours.get(i);
            // Known to have been covered by this one.
            if (!settled.isEmpty() && cell(ours.get(i), column.number()) != null) return null;
        }
        return null;
    }

    /**
     * It holds what our write in flight is to put there: that may have been us, or a person who meant the same. Where
     * the write has a precondition, so may anything else that was not there before: the platform may have made that of
     * what we wrote, and a person's edit outlasts the write. The outcome tells, and then the record is read again
     * ({@link Receipts}).
     */
    private boolean mayBeInFlight(Column column, ColumnState state, @Nullable String raw) {
        if (seen.origin() == Origin.STREAM || !platform.echoes() || Objects.equals(raw, state.raw)) return false;
        boolean reworked = platform.conditional()
                && cell(member.flight, column.number()) != null
                && !context.model().isConsent(column);
        return reworked || Unclear.holds(column, raw, member.flight);
    }

    /** A stream that began anew behind a write of ours never names it: the read asked for then tells. */
    private boolean echoMayBeLost(Column column, ColumnState state, @Nullable String raw) {
        if (seen.origin() != Origin.STREAM || !platform.echoes() || Objects.equals(raw, state.raw)) return false;
        // Shown by the stream since it began anew, it would have been shown with what wrote it.
        if (state.knownMicros >= member.readMicros) return false;
        if (member.flight != null && mayBeLost(column, raw, member.flight)) return true;
        for (Flight one : member.acked) if (mayBeLost(column, raw, one)) return true;
        return false;
    }

    private boolean mayBeLost(Column column, @Nullable String raw, Flight one) {
        return one.sentMicros() <= member.readMicros && Unclear.holds(column, raw, one);
    }

    /** What our create did not send holds the platform's defaults: no claim either. */
    private static boolean ours(Flight own, Column column) {
        return own.write().kind() == Write.Kind.CREATE || cell(own, column.number()) != null;
    }

    private void echo(Flight own, Column column, ColumnState state, @Nullable String raw) {
        int at = own.indexOf(column.number());
        long carried = at < 0 ? Stamp.UNDATED : own.stamps().get(at);
        // What a lens has written it can read: to try that takes long, and most echoes are what was sent.
        boolean asSent =
                at >= 0 && Objects.equals(raw, own.write().cells().get(at).raw());
        learn(state, raw, carried);
        state.unparsed = asSent && column.lens().readable()
                ? null
                : unparsedReason(column.lens().read(raw));
    }

    /**
     * Without a version: a read that began before our last write there was acknowledged may show the time before it.
     * What equals the write in flight is our own echo. What is neither that nor what was there when the read began is
     * somebody's edit, though our write may be about to cover it.
     */
    private boolean trusted(Column column, ColumnState state, @Nullable String raw) {
        Write.Cell inFlight = cell(member.flight, column.number());
        boolean late = inFlight != null
                || cell(lastAcked(), column.number()) != null
                || state.wroteMicros != 0 && seen.readBeganMicros() <= state.wroteMicros;
        if (!late || Objects.equals(raw, state.raw) && inFlight == null) return !late;
        boolean since = seen.readBeganMicros() > Math.max(state.knownMicros, state.wroteMicros);
        if (inFlight != null && since && !Objects.equals(raw, state.raw) && !mayBeOurs(column, raw)) return true;
        if (inFlight == null || !Objects.equals(raw, inFlight.raw())) {
            out.effect(new Effect.Look(platform.number(), member.key));
        } else if (since && !Objects.equals(raw, state.raw)) {
            doubts.add(column, state, raw, Doubts.shown(seen, platform), stampOf(state.stampMicros));
        }
        return false;
    }

    /** It holds what our write in flight is to put there, and the read did not begin before that left. */
    private boolean mayBeOurs(Column column, @Nullable String raw) {
        boolean after = member.flight != null && seen.readBeganMicros() >= member.flight.sentMicros();
        return (after || member.looking) && Unclear.holds(column, raw, member.flight);
    }

    private @Nullable Flight lastAcked() {
        return member.acked.isEmpty() || !platform.echoes() ? null : member.acked.getLast();
    }

    private boolean heard(Column column) {
        return platform.heard()
                && column.heard()
                && (column.first() || !column.split().isEmpty());
    }

    /** Within {@code settle} after a write of ours: the platform's spelling of it, or its going back on it. */
    private boolean doingOfThePlatform(Column column, ColumnState state, @Nullable String raw) {
        return wroteLast(column) && Settle.explains(column, state, raw, member, platform, madeMicros(), context, out);
    }

    /** A stream that is late dates what it shows. */
    private long madeMicros() {
        boolean dated = seen.origin() == Observation.Origin.STREAM && seen.datedMicros() != Stamp.UNDATED;
        return dated ? Math.min(seen.datedMicros(), seen.observedMicros()) : seen.observedMicros();
    }

    /** All that we wrote there was seen before this, which is not of our making. */
    private boolean wroteLast(Column column) {
        if (seen.ownWrite() != 0 || cell(member.flight, column.number()) != null) return false;
        return !coveredByOurs(column);
    }

    private boolean coveredByOurs(Column column) {
        for (Flight one : member.acked) if (cell(one, column.number()) != null) return true;
        return false;
    }

    private void edit(Column column, ColumnState state, @Nullable String raw, boolean firstSight) {
        Stamp stamp =
                firstSight ? firstStamp(column) : doubts.firstShown(column, state, raw, stampOf(state.stampMicros));
        Reading reading = column.lens().read(raw);
        boolean wasUnparsed = state.unparsed != null;
        String before = state.raw;
        state.unparsed = unparsedReason(reading);
        boolean said = claims.edit(column, state, before, raw, reading, stamp, firstSight, wasUnparsed);
        // What came before a write of ours that was acknowledged since has been covered by it.
        boolean keepsOurs = !said && state.unparsed == null || coveredByOurs(column);
        learn(state, raw, said ? carried(column, stamp) : state.stampMicros);
        if (keepsOurs) return;
        state.wroteMicros = 0;
        state.archived = false;
        state.reversals = 0;
        state.contested = false;
        state.pausedUntilMicros = 0;
        state.taken = null;
    }

    /** A consent found without a date was said no later than it was read; whoever edits it says so later. */
    private long carried(Column column, Stamp stamp) {
        return context.model().isConsent(column) && !stamp.dated() ? seen.readBeganMicros() : stamp.micros();
    }

    private void learn(ColumnState state, @Nullable String raw, long stampMicros) {
        state.raw = raw;
        state.version = Math.max(state.version, seen.version());
        // Without a version, what is known is as old as the beginning of the read that shows it.
        state.knownMicros = seen.version() == 0 ? seen.readBeganMicros() : seen.observedMicros();
        state.stampMicros = stampMicros;
    }

    private @Nullable String unparsedReason(Reading reading) {
        return reading instanceof Reading.Unparsed unparsed ? unparsed.reason() : null;
    }

    // ---- when

    /** Whoever puts a record back says its consents after it was gone, whatever it is dated. */
    private Stamp firstStamp(Column column) {
        if (seen.datedMicros() == Stamp.UNDATED) return new Stamp(Stamp.UNDATED, platform.number());
        long micros = Math.min(seen.datedMicros(), seen.observedMicros());
        if (goneMicros != 0 && context.model().isConsent(column)) micros = Math.max(micros, goneMicros + 1);
        return new Stamp(micros, platform.number());
    }

    private Stamp stampOf(long replacedMicros) {
        long dated = seen.datedMicros();
        if (seen.origin() != Origin.STREAM && dated <= lastWroteMicros()) dated = Stamp.UNDATED;
        return Stamp.ofEdit(platform.number(), dated, seen.observedMicros(), replacedMicros);
    }

    /** A modified time not newer than our own last write there may be that write's. */
    private long lastWroteMicros() {
        long last = Stamp.UNDATED;
        for (ColumnState state : member.columns) {
            if (state != null && state.wroteMicros != 0) last = Math.max(last, state.wroteMicros);
        }
        return last;
    }
}
