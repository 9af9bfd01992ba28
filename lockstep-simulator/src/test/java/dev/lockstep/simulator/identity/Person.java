package dev.lockstep.simulator.identity;

import dev.lockstep.core.model.RecordName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A record as the world knows it: what it says, what it said before, and people's answers about it. */
final class Person {
    final RecordName name;
    /** Records that were ever under each other's keys are told of in one line, in order. */
    final int line;

    String key;
    boolean live = true;
    /** By field, canonical: what it says now; null where it says nothing. */
    final List<@Nullable String> says = new ArrayList<>(Arrays.asList(new @Nullable String[Script.FIELDS]));
    /** By field: what it said before and says no more. */
    final List<TreeSet<String>> before = new ArrayList<>();
    /** By field: the first that it ever said. */
    final TreeMap<Integer, String> first = new TreeMap<>();
    /** By the other record: true for "same", as last said. */
    final TreeMap<RecordName, Boolean> words = new TreeMap<>();

    Person(RecordName name, int line) {
        this.name = name;
        this.line = line;
        this.key = name.key();
        for (int field = 0; field < Script.FIELDS; field++) before.add(new TreeSet<>());
    }

    void say(int field, @Nullable String now) {
        String was = says.get(field);
        if (was != null) before.get(field).add(was);
        if (now != null) {
            before.get(field).remove(now);
            first.putIfAbsent(field, now);
        }
        says.set(field, now);
    }
}
