package dev.lockstep.core.identity;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The customers within a group: a pure function of its members, whatever the order in which they came.
 *
 * <p>Every member begins alone. Links are taken from the strongest to the weakest; each unites the two parts that it
 * lies between, unless something that is said in them stands against it.
 *
 * <pre>
 * a person's "different" for a pair across the two parts      stands against every link
 * a never_join_if_different field, nothing in common          against all but a person's "same"
 * a name field, nothing in common                             against a phone number
 * name fields claimed in both, none with anything in common   against an identifier claimed before
 * </pre>
 */
public final class Partition {
    private final List<Member> members;
    private final Model model;
    private final TreeMap<RecordName, Integer> places = new TreeMap<>();
    private final Sets sets;
    private final List<Part> parts = new ArrayList<>();
    private final List<int[]> different = new ArrayList<>();

    private Partition(Collection<Member> members, Model model) {
        this.members = Components.sorted(members);
        this.model = model;
        sets = new Sets(this.members.size());
        for (Member member : this.members) {
            places.put(member.name, parts.size());
            parts.add(new Part(member, model));
        }
        for (int place = 0; place < this.members.size(); place++) {
            for (Decision decision : this.members.get(place).decisions.values()) {
                Integer other = places.get(decision.other());
                if (other != null && !decision.same()) different.add(new int[] {place, other});
            }
        }
    }

    /** Every member's customer, by the id that it bears: the name of its senior record. */
    public static SortedMap<RecordName, RecordName> customers(Collection<Member> members, Model model) {
        if (members.size() == 1) {
            RecordName only = members.iterator().next().name;
            SortedMap<RecordName, RecordName> alone = new TreeMap<>();
            alone.put(only, only);
            return alone;
        }
        Partition partition = new Partition(members, model);
        List<Link> links = partition.links();
        links.sort(Link.ORDER);
        for (Link link : links) partition.take(link);
        partition.placeMade();
        return partition.ids();
    }

    // ---- links

    private List<Link> links() {
        Map<IdentifierKey, Level> levels = Components.levels(members);
        TreeMap<IdentifierKey, List<Integer>> claimants = new TreeMap<>();
        for (int place = 0; place < members.size(); place++) {
            for (Map.Entry<IdentifierKey, Kind> entry :
                    members.get(place).identifiers.entrySet()) {
                if (!levels.getOrDefault(entry.getKey(), Level.ALL).joins(entry.getValue())) continue;
                claimants
                        .computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                        .add(place);
            }
        }
        List<Link> links = new ArrayList<>();
        claimants.forEach((identifier, found) -> {
            for (int i = 0; i < found.size(); i++) {
                for (int j = i + 1; j < found.size(); j++) links.add(link(identifier, found.get(i), found.get(j)));
            }
        });
        return links;
    }

    private Link link(IdentifierKey identifier, int senior, int junior) {
        Field field = identifier.isLink() ? null : model.field(identifier.field());
        boolean former = isFormer(senior, identifier) || isFormer(junior, identifier);
        Link.Kind kind = Link.Kind.of(identifier, field != null && field.type() == FieldType.PHONE, former);
        return new Link(field == null ? Integer.MIN_VALUE : field.order(), senior, junior, kind);
    }

    private boolean isFormer(int place, IdentifierKey identifier) {
        Kind kind = members.get(place).identifiers.get(identifier);
        return kind != null && !kind.isCurrent();
    }

    private void take(Link link) {
        int one = sets.find(link.senior());
        int other = sets.find(link.junior());
        if (one != other && !opposed(link.kind(), one, other)) unite(one, other);
    }

    private boolean opposed(Link.Kind kind, int one, int other) {
        if (saidDifferent(one, other)) return true;
        Part ours = parts.get(one);
        Part theirs = parts.get(other);
        return kind != Link.Kind.SAME && ours.vetoes(theirs)
                || kind.isPhone() && ours.hasOtherNames(theirs)
                || kind.isFormer() && ours.hasOnlyOtherNames(theirs);
    }

    private boolean saidDifferent(int one, int other) {
        for (int[] pair : different) {
            int a = sets.find(pair[0]);
            int b = sets.find(pair[1]);
            if (a == one && b == other || a == other && b == one) return true;
        }
        return false;
    }

    private void unite(int one, int other) {
        sets.union(one, other);
        int root = sets.find(one);
        parts.get(root).add(parts.get(root == one ? other : one));
    }

    // ---- records made by Lockstep

    /**
     * They come last, each part of them with the part for which its most senior was made, and so bridge no two parts.
     * Again and again, since one may have been made for another.
     */
    private void placeMade() {
        boolean again = true;
        while (again) {
            again = false;
            for (int place = 0; place < members.size(); place++) {
                Integer target = madeFor(place);
                if (target == null) continue;
                int ours = sets.find(place);
                int theirs = sets.find(target);
                if (ours == theirs || !parts.get(ours).made() || opposed(Link.Kind.MADE, ours, theirs)) continue;
                unite(ours, theirs);
                again = true;
            }
        }
    }

    private @Nullable Integer madeFor(int place) {
        RecordName madeFor = members.get(place).madeFor;
        return madeFor == null ? null : places.get(madeFor);
    }

    // ---- ids

    private SortedMap<RecordName, RecordName> ids() {
        TreeMap<Integer, Member> seniors = new TreeMap<>();
        for (int place = 0; place < members.size(); place++) {
            Member member = members.get(place);
            seniors.merge(sets.find(place), member, (one, other) -> rank(other) < rank(one) ? other : one);
        }
        SortedMap<RecordName, RecordName> ids = new TreeMap<>();
        for (int place = 0; place < members.size(); place++) {
            Member senior = seniors.get(sets.find(place));
            if (senior != null) ids.put(members.get(place).name, senior.name);
        }
        return ids;
    }

    /**
     * The least record that lives and that Lockstep did not make gives the id; else the least that lives; else the
     * least.
     */
    private static int rank(Member member) {
        if (!member.live) return 2;
        return member.made() ? 1 : 0;
    }
}
