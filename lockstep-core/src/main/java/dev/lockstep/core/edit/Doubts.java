package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Doubt;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Consents that a read shows as a write of ours, of unclear outcome, was to leave them. The outcome tells whose they
 * are; until then nothing that was shown may be forgotten: who goes on from there goes on from that.
 */
final class Doubts {
    private final Member member;
    private final Context context;

    Doubts(Member member, Context context) {
        this.member = member;
        this.context = context;
    }

    @Nullable
    Doubt of(Column column) {
        return member.doubts.isEmpty() || !doubtable(column) ? null : member.doubts.get(column.field());
    }

    /** Shown, and it is not known whose it is. */
    void add(Column column, ColumnState state, @Nullable String raw, long shown, Stamp stamp) {
        if (!doubtable(column)) return;
        boolean withdraws = withdraws(column, state.raw, raw);
        Doubt before = member.doubts.get(column.field());
        long micros = stamp.micros();
        long last = shown;
        if (before != null && Objects.equals(before.raw(), raw)) {
            micros = Math.min(before.micros(), micros);
            last = Math.max(before.shown(), last);
        }
        Doubt doubt = new Doubt(withdraws, micros, carried(column), last, raw);
        if (!doubt.equals(before)) member.doubts.put(column.field(), doubt);
    }

    /** The answer shows a withdrawal as we were to leave it. */
    void found(Flight flight, Receipt receipt) {
        PlatformModel platform = context.model().platform(member.name.platform());
        for (Write.Cell cell : flight.write().cells()) {
            Column column = platform.columns().get(cell.column());
            ColumnState state = member.columnOrNew(cell.column());
            if (!withdraws(column, state.raw, cell.raw())) continue;
            long micros = receipt.atMicros();
            add(column, state, cell.raw(), 0, Stamp.ofEdit(platform.number(), micros, micros, state.stampMicros));
        }
    }

    /** Whoever changes one to the other withdraws. */
    static boolean withdraws(Column column, @Nullable String before, @Nullable String after) {
        String now = word(column, after);
        return now.equals("withdrawn") || now.equals("unset") && grants(column, before);
    }

    static boolean grants(Column column, @Nullable String raw) {
        return word(column, raw).equals("granted");
    }

    /** When this was shown: where a stream tells all in order, as of which version. */
    static long shown(Observation seen, PlatformModel platform) {
        return platform.echoes() ? seen.version() : seen.observedMicros();
    }

    /** What left the doubt was there before what is seen now. */
    static boolean shownBefore(Doubt doubt, Observation seen, PlatformModel platform) {
        return platform.echoes() || doubt.shown() != 0 && seen.readBeganMicros() >= doubt.shown();
    }

    /** Somebody has gone on from what was shown, whose ever that was. */
    static void goOn(Doubt doubt, ColumnState state, @Nullable String raw) {
        if (Objects.equals(raw, doubt.raw())) return;
        state.raw = doubt.raw();
        state.stampMicros = doubt.carriedMicros();
    }

    /** What turns out to be a person's word was said when it was first shown. */
    Stamp firstShown(Column column, ColumnState state, @Nullable String raw, Stamp stamp) {
        Doubt doubt = of(column);
        if (doubt == null || !Objects.equals(raw, doubt.raw()) || doubt.micros() >= stamp.micros()) return stamp;
        return Stamp.ofEdit(stamp.platform(), doubt.micros(), stamp.micros(), state.stampMicros);
    }

    /** It is known whose it was, or has been edited since. */
    void end(Column column) {
        member.doubts.remove(column.field());
    }

    private boolean doubtable(Column column) {
        return column.heard() && column.first() && context.model().isConsent(column);
    }

    /** The stamp that our newest write there carries. */
    private long carried(Column column) {
        if (member.flight != null) {
            for (int i = 0; i < member.flight.write().cells().size(); i++) {
                Write.Cell cell = member.flight.write().cells().get(i);
                if (cell.column() == column.number())
                    return member.flight.stamps().get(i);
            }
        }
        return member.actualStamp(column.number());
    }

    private static String word(Column column, @Nullable String raw) {
        Reading reading = column.lens().read(raw);
        return reading.valueOrNull() == null ? "unset" : reading.valueOrNull().key();
    }
}
