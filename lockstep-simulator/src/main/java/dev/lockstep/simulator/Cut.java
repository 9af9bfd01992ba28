package dev.lockstep.simulator;

import dev.lockstep.simulator.host.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is left out of a seed's run. As text: {@code faults=LAG+STALE_READ,platforms=2,people=3,deeds=1-7+9,struck=2},
 * parts in any order, each at most once.
 *
 * @param faults the kinds that may happen
 * @param platforms at most so many
 * @param people at most so many before Lockstep comes
 * @param deeds those that people do not do, counted from 1
 * @param struck the faults that do not happen though they were drawn, counted from 1
 */
public record Cut(Set<Fault> faults, int platforms, int people, Set<Integer> deeds, Set<Integer> struck) {
    private static final int ALL = Integer.MAX_VALUE;

    public static final Cut NOTHING = new Cut(EnumSet.allOf(Fault.class), ALL, ALL, Set.of(), Set.of());

    public Cut withFaults(Set<Fault> others) {
        return new Cut(others, platforms, people, deeds, struck);
    }

    public Cut withPlatforms(int most) {
        return new Cut(faults, most, people, deeds, struck);
    }

    public Cut withPeople(int most) {
        return new Cut(faults, platforms, most, deeds, struck);
    }

    public Cut withoutDeeds(Set<Integer> those) {
        return new Cut(faults, platforms, people, those, struck);
    }

    public Cut withoutStruck(Set<Integer> those) {
        return new Cut(faults, platforms, people, deeds, those);
    }

    /**
     * Reads {@link #toString} again.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Cut parse(String text) {
        Cut cut = NOTHING;
        for (String part :
                text.isBlank() ? List.<String>of() : List.of(text.strip().split(","))) {
            String[] both = part.strip().split("=", 2);
            String what = both.length == 2 ? both[1] : "";
            try {
                cut = switch (both[0]) {
                    case "faults" -> cut.withFaults(kinds(what));
                    case "platforms" -> cut.withPlatforms(Integer.parseInt(what));
                    case "people" -> cut.withPeople(Integer.parseInt(what));
                    case "deeds" -> cut.withoutDeeds(numbers(what));
                    case "struck" -> cut.withoutStruck(numbers(what));
                    default -> throw new IllegalArgumentException();
                };
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("A cut has no part '" + part
                        + "'; it looks like faults=LAG+STALE_READ,platforms=2,people=3,deeds=1-7+9,struck=2.");
            }
        }
        return cut;
    }

    private static Set<Fault> kinds(String text) {
        EnumSet<Fault> kinds = EnumSet.noneOf(Fault.class);
        if (text.equals("none")) return kinds;
        for (String one : text.split("\\+")) kinds.add(Fault.valueOf(one.toUpperCase(Locale.ROOT)));
        return kinds;
    }

    private static Set<Integer> numbers(String text) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : text.split("\\+")) {
            String[] ends = part.split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (last > 1_000_000) throw new IllegalArgumentException();
            for (int i = Integer.parseInt(ends[0]); i <= last; i++) numbers.add(i);
        }
        return numbers;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (faults.isEmpty()) parts.add("faults=none");
        else if (faults.size() < Fault.values().length) {
            parts.add("faults="
                    + String.join("+", faults.stream().map(Fault::name).sorted().toList()));
        }
        if (platforms != ALL) parts.add("platforms=" + platforms);
        if (people != ALL) parts.add("people=" + people);
        if (!deeds.isEmpty()) parts.add("deeds=" + ranges(deeds));
        if (!struck.isEmpty()) parts.add("struck=" + ranges(struck));
        return String.join(",", parts);
    }

    private static String ranges(Set<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        int from = 0;
        for (int number : new TreeSet<>(numbers)) {
            if (from == 0) from = number;
            if (numbers.contains(number + 1)) continue;
            ranges.add(from == number ? "" + from : from + "-" + number);
            from = 0;
        }
        return String.join("+", ranges);
    }
}
