package dev.lockstep.core.golden;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The golden value of one field and where it comes from.
 *
 * @param value the value; null when it was cleared or only blanks are claimed
 * @param by the record whose claim won; null for a field that nobody ever claimed, and for computed fields
 * @param micros when it was said; {@link Stamp#UNDATED} for undated
 * @param over the claims it won over, strongest first
 * @param weak only blanks of first sight are claimed: nothing is overwritten by it
 */
public record GoldenField(@Nullable Value value, @Nullable RecordName by, long micros, List<Over> over, boolean weak) {

    /** A claim that lost. */
    public record Over(RecordName by, @Nullable Value value, long micros) {}

    public static final GoldenField NONE = new GoldenField(null, null, Stamp.UNDATED, List.of(), false);

    public boolean claimed() {
        return by != null;
    }
}
