package dev.lockstep.app.init;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column most likely means.
 *
 * @param meaning null: unknown; its field is called as the column is
 * @param field of the customer model
 * @param split the fields that its text falls into, in place of {@code field}; else empty
 * @param doubt why it may be wrong, a part of a sentence; null: it is hardly wrong
 */
record Guess(
        Sampled column,
        @Nullable Meaning meaning,
        String field,
        Fit fit,
        List<String> split,
        @Nullable String doubt) {

    Guess {
        split = List.copyOf(split);
    }

    static Guess of(Sampled column, Meaning meaning, Fit fit, @Nullable String doubt) {
        String why = doubt != null ? doubt : fit.doubt();
        return new Guess(column, meaning, meaning.field(), fit, List.of(), why);
    }

    Guess called(String other) {
        return new Guess(column, meaning, other, fit, split, doubt);
    }

    Guess meaning(Meaning other) {
        return new Guess(column, other, other.field(), fit, split, doubt);
    }

    Guess splitInto(List<String> fields) {
        return new Guess(column, meaning, field, fit, fields, doubt);
    }

    Guess with(Fit other) {
        return new Guess(column, meaning, field, other, split, doubt);
    }

    Guess doubted(String reason) {
        return new Guess(column, meaning, field, fit, split, doubt == null ? reason : doubt + "; " + reason);
    }

    boolean is(Meaning other) {
        return meaning == other;
    }
}
