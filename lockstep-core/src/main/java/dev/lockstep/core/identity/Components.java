package dev.lockstep.core.identity;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Level;
import dev.lockstep.core.state.Member.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What hangs together among members, vetoes apart, by what they claim and what identifiers have said to them. */
final class Components {
    private Components() {}

    /** The components, each in order of seniority, the one with the least record first. */
    static List<List<Member>> of(Collection<Member> members) {
        List<Member> list = sorted(members);
        Sets sets = new Sets(list.size());
        Map<IdentifierKey, Level> levels = levels(list);
        TreeMap<IdentifierKey, Integer> first = new TreeMap<>();
        TreeMap<RecordName, Integer> index = new TreeMap<>();
        for (int i = 0; i < list.size(); i++) index.put(list.get(i).name, i);
        for (int i = 0; i < list.size(); i++) {
            Member member = list.get(i);
            for (Map.Entry<IdentifierKey, Kind> entry : member.identifiers.entrySet()) {
                if (!levels.getOrDefault(entry.getKey(), Level.ALL).joins(entry.getValue())) continue;
                Integer other = first.putIfAbsent(entry.getKey(), i);
                if (other != null) sets.union(other, i);
            }
            // A record made by Lockstep claims nothing, so nothing would bring the two together again.
            Integer madeFor = member.madeFor == null ? null : index.get(member.madeFor);
            if (madeFor != null) sets.union(madeFor, i);
        }
        TreeMap<Integer, List<Member>> parts = new TreeMap<>();
        for (int i = 0; i < list.size(); i++) {
            parts.computeIfAbsent(sets.find(i), root -> new ArrayList<>()).add(list.get(i));
        }
        return new ArrayList<>(parts.values());
    }

    /** Whom each identifier joins, where it ever said so: the newest that any member has heard is the truth. */
    static Map<IdentifierKey, Level> levels(Collection<Member> members) {
        TreeMap<IdentifierKey, Level> levels = new TreeMap<>();
        newest(members).forEach((identifier, standing) -> levels.put(identifier, standing.level()));
        return levels;
    }

    /**
     * Lets every member know what any has heard of the identifiers that it has. Else a member that leaves would take
     * with it the knowledge by which those who stay hang together.
     */
    static void share(Collection<Member> members) {
        newest(members).forEach((identifier, standing) -> {
            for (Member member : members) {
                if (member.identifiers.containsKey(identifier)) member.standings.put(identifier, standing);
            }
        });
    }

    private static Map<IdentifierKey, Standing> newest(Collection<Member> members) {
        TreeMap<IdentifierKey, Standing> newest = new TreeMap<>();
        for (Member member : members) {
            member.standings.forEach((identifier, standing) ->
                    newest.merge(identifier, standing, (one, other) -> one.version() >= other.version() ? one : other));
        }
        return newest;
    }

    static List<Member> sorted(Collection<Member> members) {
        List<Member> list = new ArrayList<>(members);
        list.sort((one, other) -> one.name.compareTo(other.name));
        return list;
    }
}
