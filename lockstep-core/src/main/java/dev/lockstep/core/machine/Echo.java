package dev.lockstep.core.machine;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.state.Member;

/** What of our own comes back as it was expected: most of what a platform shows while much is written. */
public final class Echo {
    private Echo() {}

    /**
     * The machine of its key would only pass it on to the group of this member: who lives there is known, and stays. A
     * host may hand it to that group at once.
     */
    public static boolean isOf(Member member, Observation seen) {
        String key = seen.key();
        boolean stays = seen.renamedFrom() == null || seen.renamedFrom().equals(key);
        return member.live
                && !seen.gone()
                && stays
                && member.key.equals(key)
                && member.awaited(seen.ownWrite()) != null;
    }
}
