package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What has changed in the workspace since the data folder was last worked on, as far as more than a new plan is needed:
 * a column of which nothing was heard has its platform read again, and new rules of who is who have every identifier
 * claimed again.
 */
final class Since {
    private Since() {}

    /** Stands for the rules by which identifiers are counted. */
    static String identity(Model model) {
        StringBuilder text = new StringBuilder();
        for (Field field : model.identifying()) {
            text.append(field.number())
                    .append(' ')
                    .append(field.type())
                    .append(' ')
                    .append(field.sharedLimit())
                    .append(';');
        }
        return text.toString();
    }

    /** A column is mapped that was not when the platform was last read in full, or has not been since. */
    static boolean mustReadAgain(Lane lane, String stored) {
        List<String> known = Arrays.asList(stored.split(" "));
        return !known.containsAll(columns(lane.model));
    }

    /** In the first turn of a run. */
    static void remember(Turn turn) {
        Books books = turn.books;
        if (Meta.get(books.store, Meta.IDENTITY) == null) turn.meta(Meta.IDENTITY, identity(books.model));
        for (Field field : books.model.fields()) {
            if (field.isConsent() && !field.retired()) turn.meta(Meta.consent(field.number()), "1");
        }
        for (Lane lane : books.lanes) if (lane.active && lane.read && !lane.relist) heard(turn, lane);
    }

    /** From now on every change of its columns is heard. */
    static void heard(Turn turn, Lane lane) {
        turn.meta(Meta.columns(lane.number), String.join(" ", columns(lane.model)));
    }

    private static TreeSet<String> columns(PlatformModel platform) {
        TreeSet<String> numbers = new TreeSet<>();
        for (Column column : platform.columns()) {
            if (column.heard() || !column.retired() && column.archive() != null) {
                numbers.add(Integer.toString(column.number()));
            }
        }
        return numbers;
    }
}
