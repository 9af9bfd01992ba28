package dev.lockstep.core.plan;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import org.jspecify.annotations.Nullable;

/** A guard stops what is due to a record, and a person lets it go. To be followed by a new plan. */
public final class Holding {
    private Holding() {}

    public static void hold(GroupState group, Member member, Message.Hold hold, Context context, Step out) {
        if (!hold.create()) {
            Dues.hold(member);
            member.wanted = false;
        } else {
            Creation creation = find(group, member, hold.platform());
            if (creation == null || creation.due == null) return;
            creation.held = creation.due;
            creation.wanted = false;
        }
        out.effect(new Effect.Unwant(hold.platform(), member.name, hold.create()));
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.HELD, hold.why()));
    }

    public static void letGo(GroupState group, Member member, Message.LetGo letGo) {
        if (!letGo.create()) {
            if (member.stopped != null) Dues.letGo(member);
            return;
        }
        Creation creation = find(group, member, letGo.platform());
        if (creation == null) return;
        creation.held = null;
        // What let it go is the reason why it is due from now on.
        creation.due = null;
    }

    private static @Nullable Creation find(GroupState group, Member by, int platform) {
        for (Creation creation : group.creations) {
            if (creation.platform == platform && creation.by.equals(by.name)) return creation;
        }
        return null;
    }
}
