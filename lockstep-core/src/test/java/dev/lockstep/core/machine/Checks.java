package dev.lockstep.core.machine;

import static dev.lockstep.core.machine.IdentityRun.require;

import dev.lockstep.core.machine.Crowd.Person;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Level;
import dev.lockstep.core.state.Member.Standing;
import dev.lockstep.core.state.RecordState;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The invariants of joins and splits, against who is who from scratch. */
final class Checks {
    private final IdentityRun run;
    private final Truth truth;
    private final int groupLimit;
    private final TreeMap<RecordName, Member> tokens = new TreeMap<>();
    private final TreeMap<RecordName, RecordName> holders = new TreeMap<>();

    Checks(IdentityRun run, int groupLimit) {
        this.run = run;
        this.groupLimit = groupLimit;
        truth = new Truth(run.crowd);
        run.groupStates.forEach((group, state) -> state.members.forEach((name, member) -> {
            require(holders.put(name, group) == null, () -> name + " is in two groups");
            tokens.put(name, member);
        }));
    }

    void quiet() {
        for (Person person : truth.people)
            require(tokens.containsKey(person.name), () -> person.name + " is in no group");
        require(tokens.size() == truth.people.size(), () -> "a token of nobody");
        boolean limited = groupLimit < 50;
        if (limited) limited();
        for (Person person : truth.people) record(person.name, limited);
        for (IdentifierKey identifier : truth.rows.keySet()) identifier(identifier);
        run.identifierStates.forEach((identifier, state) -> require(
                state.rows.isEmpty() || truth.rows.containsKey(identifier), () -> identifier + " has claimants left"));
    }

    /**
     * (c) The right group and customer; (d) the record knows them, and has heard the last of its token; (f) so ids lead
     * on.
     */
    private void record(RecordName name, boolean limited) {
        Member token = Objects.requireNonNull(tokens.get(name));
        RecordState.Born born = Objects.requireNonNull(run.born(name));
        if (!limited) {
            same(truth.group.get(name), holders.get(name), () -> "group of " + name);
            same(truth.customer.get(name), token.customer, () -> "customer of " + name);
        }
        same(holders.get(name), born.owner, () -> "owner that " + name + " knows");
        same(token.customer, born.customer, () -> "customer that " + name + " knows");
        same(token.gen, born.gen, () -> "generation that " + name + " knows");
        same(token.rev, born.rev, () -> "facts that " + name + " knows");
        same(token.identifiers.keySet(), born.claimed.keySet(), () -> "identifiers of " + name);
        if (limited) return;
        Member senior = Objects.requireNonNull(tokens.get(token.customer));
        same(senior.customer, token.customer, () -> "the id of " + name + "'s customer leads to it");
    }

    /**
     * (e) An identifier has exactly its claimants, as they are, each with the right group; and says the right thing.
     */
    private void identifier(IdentifierKey identifier) {
        IdentifierState state = run.identifierStates.get(identifier);
        Map<RecordName, Kind> expected = truth.rows.getOrDefault(identifier, new TreeMap<>());
        require(state != null, () -> identifier + " is not known");
        same(expected.keySet(), state.rows.keySet(), () -> "claimants of " + identifier);
        same(truth.level(identifier), state.level, () -> "whom " + identifier + " joins");
        state.rows.forEach((name, row) -> {
            same(expected.get(name), row.kind(), () -> "how " + name + " has " + identifier);
            if (row.kind() != Kind.HOLDS)
                same(holders.get(name), row.label(), () -> "group of " + name + " at " + identifier);
        });
    }

    /** With little room: no strangers together, what fits is right, and who could join the senior group has joined. */
    private void limited() {
        TreeMap<RecordName, Integer> fits = new TreeMap<>();
        truth.group.values().forEach(group -> fits.merge(group, 1, Integer::sum));
        for (Person person : truth.people) {
            RecordName group = Objects.requireNonNull(truth.group.get(person.name));
            RecordName holder = Objects.requireNonNull(holders.get(person.name));
            same(group, truth.group.get(holder), () -> "the whole that " + person.name + " and its group belong to");
            if (Objects.requireNonNull(fits.get(group)) <= groupLimit)
                same(group, holder, () -> "group of " + person.name);
        }
        run.identifierStates.forEach((identifier, state) -> {
            TreeSet<RecordName> groups = new TreeSet<>();
            state.rows.forEach((name, row) -> {
                if (state.level.joins(row.kind())) groups.add(Objects.requireNonNull(holders.get(name)));
            });
            for (RecordName other : groups) {
                if (other.equals(groups.first())) continue;
                int together = size(groups.first()) + size(other);
                require(together > groupLimit, () -> groups.first() + " and " + other + " would fit, by " + identifier);
            }
        });
    }

    private int size(RecordName group) {
        return Objects.requireNonNull(run.groupStates.get(group)).members.size();
    }

    private static void same(Object expected, Object found, Supplier<String> what) {
        require(Objects.equals(expected, found), () -> what.get() + ": " + found + ", should be " + expected);
    }

    /**
     * All members are connected by what they claim, what the group has heard of identifiers, and what was made for
     * whom.
     */
    static void connected(RecordName group, GroupState state) {
        TreeMap<IdentifierKey, Standing> heard = new TreeMap<>();
        for (Member member : state.members.values()) {
            member.standings.forEach((identifier, standing) -> {
                Standing known = heard.get(identifier);
                if (known == null || standing.version() > known.version()) heard.put(identifier, standing);
            });
        }
        TreeSet<RecordName> reached = new TreeSet<>();
        TreeSet<IdentifierKey> across = new TreeSet<>();
        reached.add(group);
        cross(Objects.requireNonNull(state.members.get(group)), heard, across);
        for (boolean more = true; more; ) {
            more = false;
            for (Member member : state.members.values()) {
                if (reached.contains(member.name) || !linked(member, state, reached, heard, across)) continue;
                reached.add(member.name);
                cross(member, heard, across);
                more = true;
            }
        }
        same(state.members.keySet(), reached, () -> "what hangs together in " + group);
    }

    private static boolean linked(
            Member member,
            GroupState state,
            TreeSet<RecordName> reached,
            TreeMap<IdentifierKey, Standing> heard,
            TreeSet<IdentifierKey> across) {
        if (member.madeFor != null && reached.contains(member.madeFor)) return true;
        for (Member other : state.members.values()) {
            if (member.name.equals(other.madeFor) && reached.contains(other.name)) return true;
        }
        for (Map.Entry<IdentifierKey, Kind> entry : member.identifiers.entrySet()) {
            if (across.contains(entry.getKey()) && joins(entry, heard)) return true;
        }
        return false;
    }

    private static void cross(Member member, TreeMap<IdentifierKey, Standing> heard, TreeSet<IdentifierKey> across) {
        for (Map.Entry<IdentifierKey, Kind> entry : member.identifiers.entrySet()) {
            if (joins(entry, heard)) across.add(entry.getKey());
        }
    }

    private static boolean joins(Map.Entry<IdentifierKey, Kind> entry, TreeMap<IdentifierKey, Standing> heard) {
        Standing standing = heard.get(entry.getKey());
        return (standing == null ? Level.ALL : standing.level()).joins(entry.getValue());
    }
}
