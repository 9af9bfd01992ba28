package dev.lockstep.core.identity;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;

/** A group's side of the protocol by which groups meet and part. */
public final class Membership {
    private Membership() {}

    /** Absorb, MeetAt, ComeAt and RefusedAt; settles. True when members, standings or customers changed. */
    public static boolean on(
            RecordName group, GroupState state, Message.ToGroup message, Context context, Step out) {
        if (message instanceof Message.Absorb absorb) {
            for (Member token : absorb.tokens()) state.members.put(token.name, token);
            state.creations.addAll(absorb.creations());
            return true;
        }
        return false;
    }

    /** What an identifier says of itself, by way of the record; true when it is news: then settle. */
    public static boolean standing(GroupState state, Message.StatusOf status) {
        return false;
    }

    /** After a member's claims, liveness or held values changed: tells its record when its identifiers did. */
    public static void claimsChanged(
            RecordName group, GroupState state, Member member, Context context, Step out) {}

    /** Keeps the component whose least record is the group's key, sends the others home, names the customers. */
    public static void settle(RecordName group, GroupState state, Context context, Step out) {}
}
