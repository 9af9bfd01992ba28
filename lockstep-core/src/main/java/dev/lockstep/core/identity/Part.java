package dev.lockstep.core.identity;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Names;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a set of members claims that can stand against its union with another. Mutable. */
final class Part {
    /** By number of a {@code never_join_if_different} field: what is claimed of it, by key. */
    private final TreeMap<Integer, TreeMap<String, Value>> vetoes = new TreeMap<>();
    /**
     * By number of a {@code name} field: what is claimed of it, and what was first claimed, by key. Who changes a name
     * says that it has changed, and not that this is somebody else.
     */
    private final TreeMap<Integer, TreeMap<String, Value>> names = new TreeMap<>();
    /** All of its members were made by Lockstep. */
    private boolean made;

    Part(Member member, Model model) {
        made = member.made();
        member.claims.forEach((number, claim) -> {
            if (number < model.fields().size()) claims(model.field(number), claim);
        });
        member.firstClaims.forEach((number, claim) -> {
            if (number < model.fields().size()) name(model.field(number), claim);
        });
    }

    private void claims(Field field, Claim claim) {
        Value value = claim.value();
        if (value == null || field.retired()) return;
        if (field.vetoes()) values(vetoes, field).put(value.key(), value);
        name(field, claim);
    }

    private void name(Field field, Claim claim) {
        Value value = claim.value();
        if (value == null || field.retired() || field.type() != FieldType.NAME) return;
        values(names, field).put(value.key(), value);
    }

    private static TreeMap<String, Value> values(TreeMap<Integer, TreeMap<String, Value>> all, Field field) {
        return all.computeIfAbsent(field.number(), number -> new TreeMap<>());
    }

    boolean made() {
        return made;
    }

    void add(Part other) {
        made &= other.made;
        other.vetoes.forEach((field, values) ->
                vetoes.computeIfAbsent(field, number -> new TreeMap<>()).putAll(values));
        other.names.forEach((field, values) ->
                names.computeIfAbsent(field, number -> new TreeMap<>()).putAll(values));
    }

    /** Both claim some vetoing field, and nothing of it in common. */
    boolean vetoes(Part other) {
        return vetoes.entrySet().stream().anyMatch(field -> {
            SortedMap<String, Value> theirs = other.vetoes.get(field.getKey());
            return theirs != null && theirs.keySet().stream().noneMatch(field.getValue()::containsKey);
        });
    }

    /** Both claim some field of names, and nothing of it in common: two people with one phone. */
    boolean hasOtherNames(Part other) {
        return names.entrySet().stream().anyMatch(field -> {
            SortedMap<String, Value> theirs = other.names.get(field.getKey());
            return theirs != null && !agree(field.getValue().values(), theirs.values());
        });
    }

    /** Both claim names, and no field of names in common: the identifier was once given by a slip. */
    boolean hasOnlyOtherNames(Part other) {
        if (names.isEmpty() || other.names.isEmpty()) return false;
        return names.entrySet().stream().noneMatch(field -> {
            SortedMap<String, Value> theirs = other.names.get(field.getKey());
            return theirs != null && agree(field.getValue().values(), theirs.values());
        });
    }

    private static boolean agree(Collection<Value> ours, Collection<Value> theirs) {
        return ours.stream().anyMatch(one -> theirs.stream().anyMatch(other -> Names.sameOrNickname(one, other)));
    }
}
