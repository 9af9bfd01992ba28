package dev.lockstep.core.identity;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Level;
import dev.lockstep.core.state.Member.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * A group's side of the protocol by which groups meet and part.
 *
 * <p>A group is one component of records, keyed by its least. It grows only by absorbing a whole junior group that it
 * has called, and shrinks only by sending every component but its own home, in one message each. So a token is always
 * in one place, two groups never wait for each other, and whatever was decided on an idea that is out of date is
 * decided again: a token's arrival makes its record claim anew, and claims make identifiers introduce anew.
 */
public final class Membership {
    private Membership() {}

    /**
     * Handles {@code Absorb}, {@code MeetAt}, {@code ComeAt} and {@code RefusedAt}, and settles.
     *
     * @return whether members, or what identifiers say to them, changed: then customers may have
     */
    public static boolean on(RecordName group, GroupState state, Message.ToGroup message, Context context, Step out) {
        return switch (message) {
            case Message.Absorb absorb -> absorb(group, state, absorb, context, out);
            case Message.MeetAt meet -> meet(group, state, meet, context, out);
            case Message.ComeAt come -> come(group, state, come, context, out);
            case Message.RefusedAt refused -> refused(group, state, refused, context, out);
            case Message.Forget forget -> throw new IllegalArgumentException("not a matter of membership: " + forget);
            case Message.Told told -> throw new IllegalArgumentException("not a matter of membership: " + told);
        };
    }

    /** What an identifier says of itself, by way of the record. True when it is news: then settle. */
    public static boolean standing(GroupState state, Message.StatusOf status) {
        Member member = state.members.get(status.record());
        // Also when the member claims it no longer: it may do so again before its record has heard of either.
        return member != null && learn(member, status.identifier(), new Standing(status.version(), status.level()));
    }

    /**
     * After a member's claims, liveness, decisions or held values changed: tells its record which identifiers it has.
     *
     * @return whether those are others than before
     */
    public static boolean claimsChanged(RecordName group, GroupState state, Member member, Context context, Step out) {
        SortedMap<IdentifierKey, Kind> identifiers = Identifiers.of(member, context.model());
        if (identifiers.equals(member.identifiers)) return false;
        member.identifiers.clear();
        member.identifiers.putAll(identifiers);
        member.rev++;
        out.send(Address.Slot.of(member.name), new Message.Claims(member.name, member.rev, identifiers));
        return true;
    }

    /**
     * Keeps the component whose least record is the group's key and sends every other home, names the customers, and
     * tells the members for whom something changed. To be called at the end of every step that changed a token.
     */
    public static void settle(RecordName group, GroupState state, Context context, Step out) {
        if (state.isEmpty()) return;
        int before = state.members.size();
        if (before > 1 || !state.members.firstKey().equals(group)) {
            Components.share(state.members.values());
            sendStrangersHome(group, state, out);
        }
        SortedMap<RecordName, RecordName> customers = Partition.customers(state.members.values(), context.model());
        Moves.tell(state, customers, context, out);
        boolean shrunk = state.members.size() < before && !state.refused.isEmpty();
        for (Member member : state.members.values()) {
            RecordName customer = customers.getOrDefault(member.name, member.name);
            boolean again = shrunk && state.refused.contains(member.name);
            if (member.told > 0 && member.customer.equals(customer) && !again) continue;
            member.customer = customer;
            tell(group, member, again, out);
        }
        if (shrunk) state.refused.clear();
    }

    /**
     * Hands over a member that turned out to be made by Lockstep for a record of another group: nothing that it claims
     * would bring the two together; by way of that record, since its group may have moved. To be called before
     * {@link #settle}.
     */
    public static void entrust(GroupState state, Member member, RecordName by, long write, Step out) {
        Message.Absorb token = leave(state, List.of(member));
        out.send(Address.Slot.of(by), new Message.Entrust(by, token, write));
    }

    private static void sendStrangersHome(RecordName group, GroupState state, Step out) {
        for (List<Member> part : Components.of(state.members.values())) {
            RecordName least = part.getFirst().name;
            if (least.equals(group)) continue;
            out.send(new Address.Group(least), leave(state, part));
        }
    }

    /** Has every member claim all its identifiers once more: whom they join is then counted by the rules of now. */
    public static void claimAgain(RecordName group, GroupState state, Step out) {
        for (Member member : state.members.values()) tell(group, member, true, out);
    }

    // ---- the four messages

    private static boolean absorb(
            RecordName group, GroupState state, Message.Absorb absorb, Context context, Step out) {
        int together = state.members.size() + absorb.tokens().size();
        boolean ownComesHome = absorb.tokens().stream().anyMatch(token -> token.name.equals(group));
        if (together > context.model().groupLimit() && !state.isEmpty() && !ownComesHome) {
            // Others came first and took the room that was promised.
            state.refused.addAll(state.members.keySet());
            Message.Absorb back = departing(absorb.tokens(), absorb.creations());
            out.send(new Address.Group(least(absorb.tokens())), back);
            return false;
        }
        for (Member token : absorb.tokens()) {
            token.touch();
            state.members.put(token.name, token);
        }
        state.creations.addAll(absorb.creations());
        settle(group, state, context, out);
        return true;
    }

    private static boolean meet(RecordName group, GroupState state, Message.MeetAt meet, Context context, Step out) {
        boolean news = heard(group, state, meet.record(), meet.identifier(), meet.standing(), context, out);
        if (state.members.containsKey(meet.other()) || !joins(state, meet.record(), meet.identifier())) return news;
        int room = context.model().groupLimit() - state.members.size();
        if (room <= 0) {
            state.refused.add(meet.record());
        } else {
            out.send(
                    Address.Slot.of(meet.other()),
                    new Message.Come(meet.other(), meet.identifier(), meet.standing(), meet.record(), group, room));
        }
        return news;
    }

    private static boolean come(RecordName group, GroupState state, Message.ComeAt come, Context context, Step out) {
        boolean news = heard(group, state, come.record(), come.identifier(), come.standing(), context, out);
        // Only ever to a more senior group, or two that call each other would change places for ever.
        if (come.owner().compareTo(group) >= 0 || !joins(state, come.record(), come.identifier())) return news;
        if (state.members.size() > come.room()) {
            state.refused.add(come.record());
            out.send(Address.Slot.of(come.host()), new Message.Refused(come.host(), state.members.size()));
            return news;
        }
        List<Member> all = new ArrayList<>(state.members.values());
        List<Creation> creations = new ArrayList<>(state.creations);
        state.members.clear();
        state.refused.clear();
        state.creations.clear();
        out.send(new Address.Group(come.owner()), departing(all, creations));
        return true;
    }

    private static boolean refused(
            RecordName group, GroupState state, Message.RefusedAt refused, Context context, Step out) {
        Member member = state.members.get(refused.record());
        if (member == null) return false;
        if (state.members.size() + refused.size() <= context.model().groupLimit()) {
            tell(group, member, true, out);
        } else {
            state.refused.add(member.name);
        }
        return false;
    }

    // ---- details

    /** An introduction tells what its identifier says of itself, in case its own word comes later. */
    private static boolean heard(
            RecordName group,
            GroupState state,
            RecordName record,
            IdentifierKey identifier,
            Standing standing,
            Context context,
            Step out) {
        Member member = state.members.get(record);
        if (member == null || !learn(member, identifier, standing)) return false;
        settle(group, state, context, out);
        return true;
    }

    private static boolean learn(Member member, IdentifierKey identifier, Standing standing) {
        Standing known = member.standings.get(identifier);
        if (standing.version() <= (known == null ? 0 : known.version())) return false;
        member.standings.put(identifier, standing);
        return true;
    }

    /** The record is a member, and that identifier joins it to others, as far as is known here. */
    private static boolean joins(GroupState state, RecordName record, IdentifierKey identifier) {
        Member member = state.members.get(record);
        if (member == null) return false;
        Map<IdentifierKey, Level> levels = Components.levels(state.members.values());
        return levels.getOrDefault(identifier, Level.ALL).joins(member.identifiers.get(identifier));
    }

    /** Some members go, with the creates that are under way under their claims. */
    private static Message.Absorb leave(GroupState state, List<Member> members) {
        TreeSet<RecordName> names = new TreeSet<>();
        for (Member member : members) names.add(member.name);
        state.members.keySet().removeAll(names);
        state.refused.removeAll(names);
        List<Creation> theirs = new ArrayList<>();
        for (Creation creation : state.creations) if (names.contains(creation.by)) theirs.add(creation);
        state.creations.removeAll(theirs);
        return departing(members, theirs);
    }

    private static Message.Absorb departing(Collection<Member> tokens, List<Creation> creations) {
        for (Member token : tokens) {
            token.bytes = null;
            token.gen++;
            token.told = 0;
        }
        return new Message.Absorb(List.copyOf(tokens), List.copyOf(creations));
    }

    private static RecordName least(List<Member> tokens) {
        return Components.sorted(tokens).getFirst().name;
    }

    private static void tell(RecordName group, Member member, boolean again, Step out) {
        member.bytes = null;
        member.told++;
        out.send(
                Address.Slot.of(member.name),
                new Message.Owned(member.name, group, member.gen, member.told, member.customer, again));
    }
}
