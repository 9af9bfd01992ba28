package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;

/** Our own deletes: nobody's deletion, and nobody's return either when older news of the record comes after them. */
final class Deletes {
    private Deletes() {}

    /** A delete of ours was acknowledged. */
    static void landed(
            Member member, Flight flight, Receipt receipt, PlatformModel platform, Context context, Step out) {
        Receipts.accepted(member);
        member.said++;
        member.live = false;
        member.goneMicros = context.nowMicros();
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.DELETED, ""));
        if (platform.echoes()) {
            member.acked.add(flight);
            return;
        }
        member.acked.clear();
        // No stream will show that the key is free.
        member.readMicros = Math.max(member.readMicros, receipt.atMicros());
        Observation gone =
                Observation.gone(platform.number(), member.key, Origin.READ, 0, Stamp.UNDATED, context.nowMicros());
        out.send(
                new Address.Slot(platform.number(), member.key),
                new Message.Seen(gone.withOwnWrite(flight.write().id())));
    }

    /**
     * While the stream has not shown our acknowledged delete, what it shows was committed before that.
     *
     * @return whether this observation says nothing more
     */
    static boolean settles(Member member, Observation seen, PlatformModel platform) {
        if (member.live || member.acked.isEmpty()) return false;
        Write delete = member.acked.getLast().write();
        if (delete.kind() != Write.Kind.DELETE) return false;
        if (seen.ownWrite() == delete.id()) {
            member.liveVersion = Math.max(member.liveVersion, seen.version());
            member.acked.clear();
            return true;
        }
        // An echo that got lost with its stream must not make us deaf for ever.
        long later = member.goneMicros + platform.clockBoundMicros();
        boolean before = seen.origin() == Origin.STREAM
                ? seen.datedMicros() <= later
                : seen.readBeganMicros() <= member.goneMicros;
        if (!before) member.acked.clear();
        return before;
    }
}
