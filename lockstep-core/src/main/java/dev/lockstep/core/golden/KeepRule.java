package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.state.Member;
import java.util.Collection;

/** Chooses the golden value of a field. Must not depend on the order of {@code members}. */
interface KeepRule {
    GoldenField choose(Field field, Collection<Member> members, Model model);
}
