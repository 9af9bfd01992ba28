package dev.lockstep.core.state;

import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything about the records that are connected, before vetoes. Keyed by its least member. Mutable. */
public final class GroupState {
    public final TreeMap<RecordName, Member> members = new TreeMap<>();
    /** Members whose introduction was refused because the group would have grown too large. */
    public final TreeSet<RecordName> refused = new TreeSet<>();
    /** Creates under way or wanted, by the customer they are for. */
    public final ArrayList<Creation> creations = new ArrayList<>();

    /** What was last worked out from all of this; not stored. */
    public transient @Nullable Worked worked;

    /** Something worked out from a group, which can tell whether it still holds. */
    public interface Worked {}

    public boolean isEmpty() {
        return members.isEmpty();
    }
}
