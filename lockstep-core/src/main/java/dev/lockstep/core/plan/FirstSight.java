package dev.lockstep.core.plan;

import dev.lockstep.core.edit.Edits;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Member;
import java.util.List;
import java.util.TreeSet;

/**
 * A record that is read for the first time may be what a create of ours has made, whose receipt is not here yet: a read
 * names no writes. It makes no claims before every identifier of its natural key has said that no create is under way.
 */
public final class FirstSight {
    private FirstSight() {}

    /** @return whether {@code seen} was heard; else it waits */
    public static boolean seen(Member member, Observation seen, Context context, Step out) {
        if (!member.held.isEmpty()) {
            member.held.add(seen);
            return false;
        }
        PlatformModel platform = context.model().platform(member.name.platform());
        if (mayBeOurs(member, seen, platform, context)) {
            TreeSet<IdentifierKey> keys = naturalKey(platform, seen, context);
            if (!keys.isEmpty()) {
                member.held.add(seen);
                member.asked.addAll(keys);
                for (IdentifierKey key : keys) {
                    out.send(new Address.Identifier(key), new Message.Ask(key, member.name, platform.number()));
                }
                return false;
            }
        }
        Edits.observe(member, seen, context, out);
        return true;
    }

    /** @return whether anything was heard */
    public static boolean clear(Member member, IdentifierKey identifier, Context context, Step out) {
        if (!member.asked.remove(identifier) || !member.asked.isEmpty()) return false;
        for (Observation seen : release(member)) Edits.observe(member, seen, context, out);
        return true;
    }

    /** What has waited, which now waits no more. */
    static List<Observation> release(Member member) {
        List<Observation> held = List.copyOf(member.held);
        member.held.clear();
        member.asked.clear();
        return held;
    }

    /** A stream that names our writes tells by itself; before anything is planned nothing is made. */
    private static boolean mayBeOurs(Member member, Observation seen, PlatformModel platform, Context context) {
        if (seen.gone() || !member.columns.isEmpty() && member.live || member.made() && member.live) return false;
        if (!context.planning() || !platform.create() || !platform.writable()) return false;
        return seen.origin() != Origin.STREAM || !platform.echoes();
    }

    private static TreeSet<IdentifierKey> naturalKey(PlatformModel platform, Observation seen, Context context) {
        boolean keyed = platform.keyIsMapped();
        TreeSet<IdentifierKey> keys = new TreeSet<>();
        for (Column column : platform.columns()) {
            if (column.retired() || column.field() < 0 || !seen.shows(column.number())) continue;
            boolean natural = keyed
                    ? column.key()
                    : column.first() && context.model().field(column.field()).identifies();
            Value value =
                    natural ? column.lens().read(seen.raw()[column.number()]).valueOrNull() : null;
            if (value != null) keys.add(new IdentifierKey(column.field(), value.key()));
        }
        return keys;
    }
}
