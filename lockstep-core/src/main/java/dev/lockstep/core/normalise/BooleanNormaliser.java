package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * {@code true} or {@code false}: from the words that PostgreSQL takes, in any case ({@code t yes y on 1}, {@code f no n
 * off 0}).
 */
final class BooleanNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.BOOLEAN;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String word = Texts.trimMarks(raw);
        if (word.length() > 5) {
            return unparsed();
        }
        return switch (Ascii.lower(word)) {
            case "true", "t", "yes", "y", "on", "1" -> TRUE;
            case "false", "f", "no", "n", "off", "0" -> FALSE;
            default -> unparsed();
        };
    }

    private static final Reading TRUE = Reading.of("true");
    private static final Reading FALSE = Reading.of("false");

    private static Reading unparsed() {
        return Reading.unparsed("It is neither true nor false: give the column `values`");
    }
}
