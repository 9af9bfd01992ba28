package dev.lockstep.core.machine;

import dev.lockstep.core.machine.Crowd.Person;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.normalise.Names;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is who, computed from scratch, plainly and slowly, from what the world knows; shares no code with the machines.
 */
final class Truth {
    final List<Person> people;
    final TreeMap<IdentifierKey, TreeMap<RecordName, Kind>> rows = new TreeMap<>();
    final TreeMap<RecordName, RecordName> group = new TreeMap<>();
    final TreeMap<RecordName, RecordName> customer = new TreeMap<>();
    private final TreeMap<IdentifierKey, TreeMap<RecordName, Kind>> joined = new TreeMap<>();
    private final int sharedLimit;

    Truth(Crowd crowd) {
        people = new ArrayList<>(crowd.people.values());
        sharedLimit = crowd.sharedLimit;
        for (Person person : people) rows(person);
        groups();
        for (RecordName least : new TreeSet<>(group.values())) {
            customers(people.stream()
                    .filter(person -> least.equals(group.get(person.name)))
                    .toList());
        }
    }

    // ---- identifiers

    private void rows(Person person) {
        for (Person other : people)
            if (word(person, other) == Crowd.Kind.SAME) {
                put(IdentifierKey.link(person.name, other.name), person, Kind.CURRENT);
            }
        for (int field = Crowd.PHONE; field <= Crowd.CARD; field++) {
            String says = person.says.get(field);
            if (says != null)
                put(new IdentifierKey(field, says), person, person.live ? said(person, field, says) : Kind.GONE);
            for (String before : person.before.get(field)) {
                put(new IdentifierKey(field, before), person, person.live ? Kind.FORMER : Kind.GONE);
            }
        }
        if (person.live && person.holds != null) {
            put(new IdentifierKey(Crowd.EMAIL, person.holds), person, Kind.HOLDS);
        }
    }

    /** What is held beside it has been written over it. */
    private static Kind said(Person person, int field, String says) {
        boolean other = field == Crowd.EMAIL && person.holds != null && !person.holds.equals(says);
        return other ? Kind.WRITTEN_OVER : Kind.CURRENT;
    }

    private void put(IdentifierKey identifier, Person person, Kind kind) {
        rows.computeIfAbsent(identifier, key -> new TreeMap<>()).putIfAbsent(person.name, kind);
    }

    private static Crowd.@Nullable Kind word(Person one, Person other) {
        Crowd.Input said = one.decisions.get(other.name);
        return said == null ? null : said.kind();
    }

    Level level(IdentifierKey identifier) {
        if (identifier.isLink()) return Level.ALL;
        int limit = identifier.field() == Crowd.PHONE ? 1 : sharedLimit;
        Level level = Level.ALL;
        for (int platform = 0; platform < 3; platform++) {
            int current = count(identifier, platform, Kind.CURRENT) + count(identifier, platform, Kind.WRITTEN_OVER);
            if (current > limit) return Level.NOBODY;
            if (current + count(identifier, platform, Kind.FORMER) > limit) level = Level.CURRENT;
        }
        return level;
    }

    private int count(IdentifierKey identifier, int platform, Kind kind) {
        return (int) rows.getOrDefault(identifier, new TreeMap<>()).entrySet().stream()
                .filter(row -> row.getKey().platform() == platform && row.getValue() == kind)
                .count();
    }

    /** Those whom an identifier connects. */
    private TreeMap<RecordName, Kind> joined(IdentifierKey identifier) {
        return joined.computeIfAbsent(identifier, this::computeJoined);
    }

    private TreeMap<RecordName, Kind> computeJoined(IdentifierKey identifier) {
        TreeMap<RecordName, Kind> joined = new TreeMap<>(rows.getOrDefault(identifier, new TreeMap<>()));
        Level level = level(identifier);
        joined.values()
                .removeIf(kind ->
                        kind == Kind.HOLDS || level == Level.NOBODY || level == Level.CURRENT && !kind.isCurrent());
        return joined;
    }

    // ---- groups: labels that spread until nothing changes

    private void groups() {
        for (Person person : people) group.put(person.name, person.name);
        boolean spread = true;
        while (spread) {
            spread = false;
            for (IdentifierKey identifier : rows.keySet()) {
                spread |= spread(new ArrayList<>(joined(identifier).keySet()));
            }
            for (Person person : people) {
                if (person.madeFor != null) spread |= spread(List.of(person.name, person.madeFor));
            }
        }
    }

    private boolean spread(List<RecordName> connected) {
        RecordName least = connected.stream()
                .map(group::get)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (least == null || connected.stream().allMatch(name -> least.equals(group.get(name)))) return false;
        for (RecordName name : connected) group.put(name, least);
        return true;
    }

    // ---- customers

    private record Edge(int strength, int one, int other, int weakness, IdentifierKey identifier, boolean former) {}

    private void customers(List<Person> members) {
        int[] part = new int[members.size()];
        for (int i = 0; i < part.length; i++) part[i] = i;
        for (Edge edge : edges(members)) {
            int a = part[edge.one];
            int b = part[edge.other];
            if (a == b || someoneSaysDifferent(members, part, a, b)) continue;
            if (!edge.identifier.isLink() && nothingInCommon(members, part, a, b, Crowd.BORN, String::equals)) continue;
            if (edge.identifier.field() == Crowd.PHONE && phoneOpposed(members, part, a, b)) continue;
            if (edge.former && formerOpposed(members, part, a, b)) continue;
            unite(part, a, b);
        }
        placeMade(members, part);
        for (int i = 0; i < part.length; i++) customer.put(members.get(i).name, senior(members, part, part[i]).name);
    }

    private List<Edge> edges(List<Person> members) {
        List<Edge> edges = new ArrayList<>();
        int[] order = {5, 1, 3};
        for (IdentifierKey identifier : rows.keySet()) {
            TreeMap<RecordName, Kind> joined = joined(identifier);
            for (int i = 0; i < members.size(); i++) {
                for (int j = i + 1; j < members.size(); j++) {
                    Kind one = joined.get(members.get(i).name);
                    Kind other = joined.get(members.get(j).name);
                    if (one == null || other == null) continue;
                    boolean former = !one.isCurrent() || !other.isCurrent();
                    int strength = identifier.isLink() ? -9 : order[identifier.field()];
                    edges.add(new Edge(strength, i, j, former ? 1 : 0, identifier, former));
                }
            }
        }
        edges.sort(Comparator.comparingInt(Edge::strength)
                .thenComparingInt(Edge::one)
                .thenComparingInt(Edge::other)
                .thenComparingInt(Edge::weakness));
        return edges;
    }

    private static void placeMade(List<Person> members, int[] part) {
        for (int round = 0; round < members.size(); round++) {
            for (int i = 0; i < members.size(); i++) {
                int ours = part[i];
                int theirs = -1;
                for (int j = 0; j < members.size(); j++) {
                    if (members.get(j).name.equals(members.get(i).madeFor)) theirs = part[j];
                }
                if (theirs < 0 || theirs == ours || someoneSaysDifferent(members, part, ours, theirs)) continue;
                if (nothingInCommon(members, part, ours, theirs, Crowd.BORN, String::equals)) continue;
                boolean onlyMade = true;
                for (int j = 0; j < members.size(); j++) onlyMade &= part[j] != ours || members.get(j).madeFor != null;
                if (onlyMade) unite(part, ours, theirs);
            }
        }
    }

    private static void unite(int[] part, int a, int b) {
        for (int i = 0; i < part.length; i++) if (part[i] == a) part[i] = b;
    }

    private static boolean someoneSaysDifferent(List<Person> members, int[] part, int a, int b) {
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (part[i] == a
                        && part[j] == b
                        && (word(members.get(i), members.get(j)) == Crowd.Kind.DIFFERENT
                                || word(members.get(j), members.get(i)) == Crowd.Kind.DIFFERENT)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> said(List<Person> members, int[] part, int which, int field) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < part.length; i++) {
            String says = members.get(i).says.get(field);
            if (part[i] == which && says != null) said.add(says);
        }
        return said;
    }

    private static boolean nothingInCommon(
            List<Person> members, int[] part, int a, int b, int field, BiPredicate<String, String> same) {
        List<String> ours = said(members, part, a, field);
        List<String> theirs = said(members, part, b, field);
        if (ours.isEmpty() || theirs.isEmpty()) return false;
        return ours.stream().noneMatch(one -> theirs.stream().anyMatch(other -> same.test(one, other)));
    }

    private static boolean sameName(String one, String other) {
        return Names.sameOrNickname(Value.of(one), Value.of(other));
    }

    private static boolean phoneOpposed(List<Person> members, int[] part, int a, int b) {
        return nothingInCommon(members, part, a, b, Crowd.GIVEN, Truth::sameName)
                || nothingInCommon(members, part, a, b, Crowd.FAMILY, Truth::sameName);
    }

    private static boolean formerOpposed(List<Person> members, int[] part, int a, int b) {
        List<String> ours = new ArrayList<>(said(members, part, a, Crowd.GIVEN));
        List<String> theirs = new ArrayList<>(said(members, part, b, Crowd.GIVEN));
        boolean common = ours.stream().anyMatch(one -> theirs.stream().anyMatch(other -> sameName(one, other)));
        List<String> ourFamily = said(members, part, a, Crowd.FAMILY);
        List<String> theirFamily = said(members, part, b, Crowd.FAMILY);
        common |= ourFamily.stream().anyMatch(one -> theirFamily.stream().anyMatch(other -> sameName(one, other)));
        ours.addAll(ourFamily);
        theirs.addAll(theirFamily);
        return !ours.isEmpty() && !theirs.isEmpty() && !common;
    }

    private static Person senior(List<Person> members, int[] part, int which) {
        Person senior = null;
        for (int i = 0; i < part.length; i++) {
            Person person = members.get(i);
            if (part[i] == which && (senior == null || rank(person) < rank(senior))) senior = person;
        }
        return Objects.requireNonNull(senior);
    }

    private static int rank(Person person) {
        return !person.live ? 2 : person.madeFor != null ? 1 : 0;
    }
}
