package dev.lockstep.app.init;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of a database's tables of people are platforms, and what is said of those that are not. */
final class Nearby {
    private static final Set<Meaning> TOLD = EnumSet.range(Meaning.EMAIL_CONSENT, Meaning.COMPANY);
    private static final String ONE_TABLE = ": a platform is one table, so it is not mapped.";
    private static final long FEW = 50;
    private static final long TIMES = 20;

    private final List<TableLook> looks;
    private final List<TableLook> platforms;
    private final List<TableLook> small;

    /**
     * @param looks all that was looked at
     * @param people of these, what looks like people
     */
    Nearby(List<TableLook> looks, List<TableLook> people) {
        this.looks = List.copyOf(looks);
        long most = people.stream().mapToLong(one -> one.table().rows()).max().orElse(0);
        this.small = people.stream()
                .filter(one -> one.table().rows() < FEW && one.table().rows() * TIMES < most)
                .toList();
        this.platforms = people.stream()
                .filter(one -> !small.contains(one))
                .filter(one -> people.stream().noneMatch(other -> belongs(one, other)))
                .toList();
    }

    /** In the order given: no handful of users beside hundreds of customers, no addresses of another's people. */
    List<TableLook> platforms() {
        return platforms;
    }

    private static boolean belongs(TableLook one, TableLook other) {
        return one != other
                && one.find(Meaning.EMAIL) == null
                && other.find(Meaning.EMAIL) != null
                && one.pointer(other) != null;
    }

    /** What a platform's tables do not say, and where it is; and what else looks like people, said once. */
    List<String> remarks(TableLook platform) {
        List<String> remarks = new ArrayList<>();
        for (TableLook other : looks) {
            if (other == platform || platforms.contains(other) || small.contains(other)) continue;
            String away = platform.pointer(other);
            String back = other.pointer(platform);
            String told = told(platform, other);
            if (told != null && away != null && !other.recordsDeeds()) {
                remarks.add(other.table().name() + ", by " + away + ", holds " + told + ONE_TABLE);
            } else if (told != null && back != null && !other.recordsDeeds()) {
                remarks.add(other.table().name() + ", by its " + back + ", holds " + told + ONE_TABLE);
            }
        }
        if (!small.isEmpty() && platform == platforms.getFirst()) {
            remarks.add("Left out, having few rows: "
                    + small.stream()
                            .map(one -> one.table().name() + " (" + one.table().rows() + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return remarks;
    }

    /** The fields that the other has and the platform lacks. */
    private static @Nullable String told(TableLook platform, TableLook other) {
        String told = other.guesses().stream()
                .filter(guess -> guess.meaning() != null && TOLD.contains(guess.meaning()))
                .filter(guess -> !guess.column().values().isEmpty())
                .map(Guess::field)
                .filter(field -> platform.guesses().stream()
                        .noneMatch(guess -> guess.field().equals(field)))
                .distinct()
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? null : told;
    }
}
