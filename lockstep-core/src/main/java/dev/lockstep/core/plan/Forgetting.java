package dev.lockstep.core.plan;

import dev.lockstep.core.golden.GoldenField;
import dev.lockstep.core.identity.Membership;
import dev.lockstep.core.identity.Partition;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a platform: its records and what they said are forgotten. What only they said and others hold is said by the
 * senior of those from then on, and who was one customer through them stays so: no platform changes by it.
 */
public final class Forgetting {
    private final RecordName group;
    private final GroupState state;
    private final int platform;
    private final Context context;
    private final Step out;

    private Forgetting(RecordName group, GroupState state, int platform, Context context, Step out) {
        this.group = group;
        this.state = state;
        this.platform = platform;
        this.context = context;
        this.out = out;
    }

    /** To be followed by no plan: what is to be written is worked out without the platform. */
    public static void platform(RecordName group, GroupState state, int platform, Context context, Step out) {
        new Forgetting(group, state, platform, context, out).forget();
    }

    private void forget() {
        List<List<Member>> stay = new ArrayList<>();
        for (Customer customer : Customer.of(state, context.model())) {
            List<Member> rest = new ArrayList<>();
            for (Member member : customer.members()) if (member.name.platform() != platform) rest.add(member);
            if (rest.isEmpty()) continue;
            stay.add(rest);
            if (rest.size() < customer.members().size()) adopt(customer, rest);
        }
        state.creations.removeIf(creation -> creation.platform == platform || creation.by.platform() == platform);
        for (Member member : List.copyOf(state.members.values())) {
            if (member.name.platform() == platform) leave(member);
        }
        for (Member member : state.members.values()) {
            member.decisions.keySet().removeIf(other -> other.platform() == platform);
            if (member.madeFor != null && member.madeFor.platform() == platform) member.madeFor = null;
            Membership.claimsChanged(group, state, member, context, out);
        }
        for (List<Member> rest : stay) keepTogether(rest);
        Membership.settle(group, state, context, out);
    }

    private void leave(Member member) {
        state.members.remove(member.name);
        state.refused.remove(member.name);
        long never = Message.Claims.FORGOTTEN;
        out.send(Address.Slot.of(member.name), new Message.Claims(member.name, never, new TreeMap<>()));
        if (member.wanted) out.effect(new Effect.Unwant(platform, member.name, false));
    }

    /** Who was one customer only through a record that is forgotten is so by a word of its own. */
    private void keepTogether(List<Member> rest) {
        List<Member> live = rest.stream().filter(member -> member.live).toList();
        if (live.size() < 2) return;
        SortedMap<RecordName, RecordName> customers = Partition.customers(state.members.values(), context.model());
        Member senior = live.getFirst();
        for (Member member : live) {
            if (Objects.equals(customers.get(senior.name), customers.get(member.name))) continue;
            senior.decisions.put(member.name, new Decision(member.name, true, context.nowMicros()));
            member.decisions.put(senior.name, new Decision(senior.name, true, context.nowMicros()));
            Membership.claimsChanged(group, state, member, context, out);
        }
        Membership.claimsChanged(group, state, senior, context, out);
    }

    // ---- what only it said

    private void adopt(Customer customer, List<Member> rest) {
        for (Field field : context.model().fields()) {
            if (field.computed() != null) continue;
            if (field.isConsent()) consents(customer, rest, field);
            else if (field.keep().rule() == Keep.Rule.UNION) elements(customer, rest, field);
            else value(customer, rest, field);
        }
    }

    private void value(Customer customer, List<Member> rest, Field field) {
        GoldenField golden = customer.golden().field(field.number());
        if (golden.by() == null || golden.by().platform() != platform) return;
        Member said = Objects.requireNonNull(state.members.get(golden.by()));
        boolean first = field.keep().rule() == Keep.Rule.FIRST && said.firstClaims.containsKey(field.number());
        Claim claim = (first ? said.firstClaims : said.claims).get(field.number());
        Member holder = claim == null ? null : holder(rest, field, golden);
        if (claim == null || holder == null) return;
        Claim own = holder.claims.get(field.number());
        if (own != null && own.value() != null && field.identifies()) {
            holder.formers.add(new Former(
                    new IdentifierKey(field.number(), own.value().key()),
                    claim.stamp().micros()));
        }
        boolean before = field.keep().rule() == Keep.Rule.FIRST && own != null;
        (before ? holder.firstClaims : holder.claims).put(field.number(), by(holder, claim, claim.elements()));
    }

    private static Claim by(Member holder, Claim claim, List<Claim.Element> elements) {
        Stamp stamp = new Stamp(claim.stamp().micros(), holder.name.platform());
        return new Claim(claim.value(), claim.raw(), stamp, claim.onTopMicros(), claim.firstSight(), elements);
    }

    /** The senior of those that hold the golden value. */
    private @Nullable Member holder(List<Member> rest, Field field, GoldenField golden) {
        for (Member member : rest) {
            Column column = member.live ? column(member, field) : null;
            if (column != null && column.lens().agrees(member.actual(column.number()), golden.value())) return member;
        }
        return null;
    }

    private @Nullable Column column(Member member, Field field) {
        Model model = context.model();
        for (Column column : model.platform(member.name.platform()).columns()) {
            boolean carries = !column.retired() && column.field() == field.number();
            if (carries && member.column(column.number()) != null) return column;
        }
        return null;
    }

    /** Element by element, what was added or taken away last. */
    private void elements(Customer customer, List<Member> rest, Field field) {
        TreeMap<String, Claim.Element> theirs = new TreeMap<>();
        Claim any = null;
        for (Member member : customer.members()) {
            Claim claim = member.name.platform() == platform ? member.claims.get(field.number()) : null;
            if (claim == null) continue;
            any = claim;
            for (Claim.Element element : claim.elements()) newest(theirs, element);
        }
        Member holder = rest.stream()
                .filter(member -> member.live && column(member, field) != null)
                .findFirst()
                .orElse(null);
        if (any == null || holder == null) return;
        Claim own = holder.claims.getOrDefault(field.number(), by(holder, any, List.of()));
        TreeMap<String, Claim.Element> all = new TreeMap<>();
        for (Claim.Element element : own.elements()) newest(all, element);
        for (Claim.Element element : theirs.values()) newest(all, element);
        holder.claims.put(
                field.number(),
                new Claim(
                        customer.golden().field(field.number()).value(),
                        own.raw(),
                        own.stamp(),
                        own.onTopMicros(),
                        own.firstSight(),
                        List.copyOf(all.values())));
    }

    private static void newest(Map<String, Claim.Element> all, Claim.Element element) {
        Claim.Element known = all.get(element.element());
        boolean later =
                known == null || element.stamp().micros() > known.stamp().micros();
        if (later) all.put(element.element(), element);
    }

    // ---- consents: nothing that was attested is lost

    private void consents(Customer customer, List<Member> rest, Field field) {
        ConsentLog theirs = ConsentLog.EMPTY;
        for (Member member : customer.members()) {
            if (member.name.platform() != platform) continue;
            theirs = later(theirs, member.consents.getOrDefault(field.number(), ConsentLog.EMPTY));
        }
        if (theirs.equals(ConsentLog.EMPTY)) return;
        Member holder = rest.stream().filter(member -> member.live).findFirst().orElse(rest.getFirst());
        ConsentLog own = holder.consents.getOrDefault(field.number(), ConsentLog.EMPTY);
        String before = word(customer.golden().field(field.number()));
        holder.consents.put(field.number(), later(own, theirs));
        boolean loosened =
                !before.equals("granted") && word(golden(rest, field)).equals("granted");
        // What its clock left in doubt stays so.
        if (loosened)
            holder.consents.put(
                    field.number(),
                    new ConsentLog(own.granted(), later(own, theirs).withdrawn()));
    }

    private GoldenField golden(List<Member> members, Field field) {
        return dev.lockstep.core.golden.Golden.of(members, context.model()).field(field.number());
    }

    private static String word(GoldenField golden) {
        return golden.value() == null ? "" : golden.value().key();
    }

    private static ConsentLog later(ConsentLog one, ConsentLog other) {
        return new ConsentLog(later(one.granted(), other.granted()), later(one.withdrawn(), other.withdrawn()));
    }

    private static ConsentLog.@Nullable Entry later(ConsentLog.@Nullable Entry one, ConsentLog.@Nullable Entry other) {
        if (one == null) return other;
        return other == null || one.micros() >= other.micros() ? one : other;
    }
}
