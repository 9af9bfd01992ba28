package dev.lockstep.simulator.identity;

import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is one customer, from final claims, former identifiers and people's answers alone: plain, slow, and without a
 * line of the core.
 */
final class FromScratch {
    /** Names that may be one person's, beside equal ones. */
    private static final List<Set<String>> ALIKE = List.of(Set.of("ada", "a"), Set.of("bob", "robert"));

    private static final int SAME = -1;

    /** A reason to be one customer: the lesser strength first, then seniority. */
    private record Link(int strength, Person one, Person other, int field, boolean former) implements Comparable<Link> {
        @Override
        public int compareTo(Link next) {
            if (strength != next.strength) return Integer.compare(strength, next.strength);
            int byOne = one.name.compareTo(next.one.name);
            return byOne != 0 ? byOne : other.name.compareTo(next.other.name);
        }
    }

    private final Script script;
    private final List<Person> people;
    /** By record, all that are one customer with it; and all that hang together with it, vetoes apart. */
    private final TreeMap<RecordName, TreeSet<RecordName>> customers = new TreeMap<>();

    private final TreeMap<RecordName, TreeSet<RecordName>> groups = new TreeMap<>();

    FromScratch(Script script) {
        this.script = script;
        this.people = new ArrayList<>(script.people.values());
        for (Person person : people) {
            customers.put(person.name, new TreeSet<>(Set.of(person.name)));
            groups.put(person.name, new TreeSet<>(Set.of(person.name)));
        }
        List<Link> links = links();
        Collections.sort(links);
        for (Link link : links) {
            unite(groups, link);
            if (!opposed(link)) unite(customers, link);
        }
    }

    /** The id of its customer: the senior of those that live; where none does, the senior. */
    RecordName customerOf(RecordName name) {
        TreeSet<RecordName> all = of(customers, name);
        for (RecordName one : all) if (person(one).live) return one;
        return all.first();
    }

    /** How many records hang together with this one, which a limit is set to. */
    int groupOf(RecordName name) {
        return of(groups, name).size();
    }

    // ---- links

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            for (int j = i + 1; j < people.size(); j++) between(people.get(i), people.get(j), links);
        }
        return links;
    }

    private void between(Person one, Person other, List<Link> links) {
        if (Boolean.TRUE.equals(one.words.get(other.name))) links.add(new Link(SAME, one, other, SAME, false));
        for (int field = 0; field < Script.GIVEN; field++) {
            TreeSet<String> shared = ever(one, field);
            shared.retainAll(ever(other, field));
            for (String value : shared) {
                boolean former = !claims(one, field, value) || !claims(other, field, value);
                if (count(field, value, false) > script.limit(field)) continue;
                if (former && count(field, value, true) > script.limit(field)) continue;
                links.add(new Link(script.model.field(field).order(), one, other, field, former));
            }
        }
    }

    private static TreeSet<String> ever(Person person, int field) {
        TreeSet<String> ever = new TreeSet<>(person.before.get(field));
        String says = person.says.get(field);
        if (says != null) ever.add(says);
        return ever;
    }

    private static boolean claims(Person person, int field, String value) {
        return person.live && value.equals(person.says.get(field));
    }

    /** On the platform where most records claim it; or claim it or claimed it before. */
    private int count(int field, String value, boolean everSo) {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (Person person : people) {
            boolean counted =
                    everSo ? person.live && ever(person, field).contains(value) : claims(person, field, value);
            if (counted) counts.merge(person.name.platform(), 1, Integer::sum);
        }
        return counts.values().stream().mapToInt(count -> count).max().orElse(0);
    }

    // ---- what stands against them

    private boolean opposed(Link link) {
        TreeSet<RecordName> ours = of(customers, link.one.name);
        TreeSet<RecordName> theirs = of(customers, link.other.name);
        for (RecordName one : ours) {
            for (RecordName other : theirs)
                if (Boolean.FALSE.equals(person(one).words.get(other))) return true;
        }
        if (link.field == SAME) return false;
        boolean vetoes = script.model.field(Script.BORN).vetoes();
        if (vetoes && differ(born(ours), born(theirs))) return true;
        boolean given = differ(names(ours, Script.GIVEN), names(theirs, Script.GIVEN));
        boolean family = differ(names(ours, Script.FAMILY), names(theirs, Script.FAMILY));
        if (link.field == Script.PHONE && (given || family)) return true;
        return link.former && noNameAgrees(ours, theirs);
    }

    private TreeSet<String> born(Collection<RecordName> part) {
        TreeSet<String> born = new TreeSet<>();
        for (RecordName name : part) {
            String says = person(name).says.get(Script.BORN);
            if (says != null) born.add(says);
        }
        return born;
    }

    /** What is said, and what was said first: who changes a name is not somebody else for it. */
    private TreeSet<String> names(Collection<RecordName> part, int field) {
        TreeSet<String> names = new TreeSet<>();
        for (RecordName name : part) {
            Person person = person(name);
            String says = person.says.get(field);
            String first = person.first.get(field);
            if (says != null) names.add(says);
            if (first != null) names.add(first);
        }
        return names;
    }

    private boolean noNameAgrees(Collection<RecordName> ours, Collection<RecordName> theirs) {
        boolean weAreNamed = false;
        boolean theyAreNamed = false;
        for (int field : new int[] {Script.GIVEN, Script.FAMILY}) {
            TreeSet<String> here = names(ours, field);
            TreeSet<String> there = names(theirs, field);
            weAreNamed |= !here.isEmpty();
            theyAreNamed |= !there.isEmpty();
            if (!here.isEmpty() && !there.isEmpty() && !differ(here, there)) return false;
        }
        return weAreNamed && theyAreNamed;
    }

    private static boolean differ(TreeSet<String> here, TreeSet<String> there) {
        if (here.isEmpty() || there.isEmpty()) return false;
        for (String one : here) for (String other : there) if (agree(one, other)) return false;
        return true;
    }

    private static boolean agree(String one, String other) {
        return one.equals(other) || ALIKE.stream().anyMatch(both -> both.contains(one) && both.contains(other));
    }

    // ---- sets that grow

    private static void unite(TreeMap<RecordName, TreeSet<RecordName>> sets, Link link) {
        TreeSet<RecordName> both = new TreeSet<>(of(sets, link.one.name));
        both.addAll(of(sets, link.other.name));
        for (RecordName name : both) sets.put(name, both);
    }

    private static TreeSet<RecordName> of(TreeMap<RecordName, TreeSet<RecordName>> sets, RecordName name) {
        TreeSet<RecordName> set = sets.get(name);
        if (set == null) throw new AssertionError("nobody knows " + name);
        return set;
    }

    private Person person(RecordName name) {
        Person person = script.people.get(name);
        if (person == null) throw new AssertionError("nobody knows " + name);
        return person;
    }
}
