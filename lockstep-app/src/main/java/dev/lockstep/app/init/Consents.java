package dev.lockstep.app.init;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks what the word of a consent column means that could say no, or that nobody was asked. */
final class Consents {
    private Consents() {}

    /**
     * Settles every consent of these platforms.
     *
     * @param ask puts a question and answers what was typed; null: nobody is there to ask, and the guess is marked
     */
    static void settle(List<PlatformDraft> platforms, @Nullable Function<String, String> ask) {
        for (PlatformDraft platform : platforms) {
            for (Guess guess : List.copyOf(platform.guesses())) {
                boolean consent = guess.meaning() != null && guess.meaning().consent();
                String word = consent ? open(guess) : null;
                if (word != null) platform.replace(guess, settled(platform, guess, word, ask));
            }
        }
    }

    /** The word that may mean either; null when the column has words for both. */
    private static @Nullable String open(Guess guess) {
        Map<String, String> values = guess.fit().values();
        if (refuses(guess)) return word(values, "unset");
        if (values.containsValue("withdrawn") && values.containsValue("unset")) return null;
        String withdrawn = word(values, "withdrawn");
        return withdrawn != null ? withdrawn : word(values, "unset");
    }

    private static boolean refuses(Guess guess) {
        return guess.meaning() != null && guess.meaning().refusal();
    }

    private static @Nullable String word(Map<String, String> values, String meaning) {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getValue().equals(meaning)) return entry.getKey();
        }
        return null;
    }

    private static Guess settled(
            PlatformDraft platform, Guess guess, String word, @Nullable Function<String, String> ask) {
        String guessed = Objects.requireNonNull(guess.fit().values().get(word));
        List<String> choices = refuses(guess) ? List.of("unset", "granted") : List.of("withdrawn", "unset");
        if (ask == null) {
            String other = choices.getFirst().equals(guessed) ? choices.getLast() : choices.getFirst();
            return guess.doubted("`" + word + "` is taken for " + said(guessed) + "; if it means " + said(other)
                    + ", write `" + word + ": " + other + "`");
        }
        Sampled column = guess.column();
        int rows = column.counts().getOrDefault(word, 0);
        boolean isDefault = word.equals(column.defaultText());
        String question = platform.table().name() + ": " + column.path() + " is `" + word + "` in "
                + WorkspaceText.count(rows) + " of "
                + WorkspaceText.count(column.rows().size()) + " rows"
                + (isDefault ? ", and in every new one" : "") + ". What does `" + word + "` say?\n"
                + "  1  " + said(choices.getFirst()) + "\n  2  " + said(choices.getLast()) + "\n"
                + "1 or 2 [" + (choices.indexOf(guessed) + 1) + "]: ";
        String answer = ask.apply(question).strip();
        String chosen = answer.equals("1") ? choices.getFirst() : answer.equals("2") ? choices.getLast() : guessed;
        Map<String, String> values = new LinkedHashMap<>(guess.fit().values());
        values.put(word, chosen);
        Fit fit = guess.fit();
        return guess.with(Fit.of(column, fit.type(), fit.settings(), fit.format(), values));
    }

    private static String said(String meaning) {
        return switch (meaning) {
            case "withdrawn" -> "no";
            case "granted" -> "yes";
            default -> "never asked";
        };
    }
}
