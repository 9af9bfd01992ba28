package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * {@code granted}, {@code withdrawn} or {@code unset}, in any case; what a platform calls them is said by a column's
 * {@code values}.
 */
final class ConsentNormaliser implements Normaliser {

    private static final Reading GRANTED = Reading.of(Consents.GRANTED);
    private static final Reading WITHDRAWN = Reading.of(Consents.WITHDRAWN);
    private static final Reading UNSET = Reading.of(Consents.UNSET);

    @Override
    public FieldType type() {
        return FieldType.CONSENT;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String word = Texts.trimMarks(raw);
        return switch (word.length() > 9 ? "" : Ascii.lower(word)) {
            case "granted" -> GRANTED;
            case "withdrawn" -> WITHDRAWN;
            case "unset" -> UNSET;
            default -> Reading.unparsed("It is neither granted, withdrawn nor unset: give the column `values`");
        };
    }
}
