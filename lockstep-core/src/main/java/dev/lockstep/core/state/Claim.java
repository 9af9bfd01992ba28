package dev.lockstep.core.state;

import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record last said of a field by an edit.
 *
 * @param value the canonical value; null for a cleared one
 * @param raw what the platform showed
 * @param stamp when it was said
 * @param onTopMicros the stamp of the value that the edit replaced on that record: who edits has seen it
 * @param firstSight said by being there when the record was first seen, and not by a change
 * @param elements for a set: the last add or remove of every element this record ever spoke of, sorted by element; else
 *     empty
 */
public record Claim(
        @Nullable Value value,
        @Nullable String raw,
        Stamp stamp,
        long onTopMicros,
        boolean firstSight,
        List<Element> elements) {

    /** The last add or remove of one element of a set. */
    public record Element(String element, boolean added, Stamp stamp) {}

    public static Claim of(
            @Nullable Value value, @Nullable String raw, Stamp stamp, long onTopMicros, boolean firstSight) {
        return new Claim(value, raw, stamp, onTopMicros, firstSight, List.of());
    }

    /** A blank at first sight: the weakest claim, which wins only alone. */
    public boolean weakest() {
        return value == null && firstSight;
    }
}
