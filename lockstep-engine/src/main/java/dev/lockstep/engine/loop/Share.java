package dev.lockstep.engine.loop;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.plan.Contests;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a group adds to what is counted and listed beside the states.
 *
 * @param counted where it counts one each: a platform times {@link Totals#WIDTH} and what is counted
 * @param groups 1, or 0 for one that holds nothing
 * @param mayBeContested somebody may have to answer about a column of it
 * @param failures refused writes, with the reasons
 */
record Share(int[] counted, int customers, int groups, boolean mayBeContested, Map<Errand, String> failures) {
    private static final Share NONE = new Share(new int[0], 0, 0, false, Map.of());

    static Share of(GroupState group) {
        if (group.isEmpty() && group.creations.isEmpty()) return NONE;
        int[] counted = new int[group.members.size() + group.creations.size()];
        int count = 0;
        RecordName only = null;
        Set<RecordName> more = Set.of();
        for (Member member : group.members.values()) {
            if (!member.live) continue;
            counted[count++] = member.name.platform() * Totals.WIDTH + member.status.ordinal();
            if (only == null) {
                only = member.customer;
            } else if (!only.equals(member.customer)) {
                if (more.isEmpty()) more = new HashSet<>();
                more.add(member.customer);
            }
        }
        for (Creation creation : group.creations) {
            int what = standing(creation);
            if (what >= 0) counted[count++] = creation.platform * Totals.WIDTH + what;
        }
        int customers = (only == null ? 0 : 1) + more.size();
        return new Share(Arrays.copyOf(counted, count), customers, 1, Contests.any(group), Failures.of(group));
    }

    private static int standing(Creation creation) {
        if (creation.held != null) return Totals.HELD_CREATES;
        if (creation.refusal != null) return Totals.FAILED_CREATES;
        if (creation.taken) return Totals.TAKEN_CREATES;
        // Also when it waits to be tried again; not what a person has dropped.
        return creation.refusedPlan == 0 || creation.flight != null ? Totals.PENDING_CREATES : -1;
    }
}
