package dev.lockstep.core.state;

import dev.lockstep.core.model.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What a record attests of a consent: its last grant and its last withdrawal. (The whole log is in the history; of one
 * record's entries the last of each kind decide, since each was made in sight of those before it.)
 */
public record ConsentLog(@Nullable Entry granted, @Nullable Entry withdrawn) {

    /**
     * An attested change.
     *
     * @param micros when; {@link Stamp#UNDATED} for a found value without a date
     * @param onTopMicros the stamp of what it replaced on that record, which the person saw
     * @param found attested by being there at first sight
     * @param raw what the platform showed
     */
    public record Entry(
            long micros,
            long onTopMicros,
            boolean found,
            @Nullable String raw) {

        /** For a found value without a date: when it was read, since it was said no later than that. */
        public long time() {
            return micros == Stamp.UNDATED ? onTopMicros : micros;
        }
    }

    public static final ConsentLog EMPTY = new ConsentLog(null, null);

    /** It has one of the same kind that counts for more than what was found: a later one, or a grant that was given. */
    public boolean outdoes(Entry found, boolean grant) {
        Entry before = grant ? granted : withdrawn;
        return before != null && (before.time() > found.time() || grant && !before.found());
    }
}
