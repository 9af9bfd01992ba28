package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * ISO 3166-1 alpha-2, {@code DE}: from alpha-2, alpha-3 ({@code DEU}) or a name in English or in a language of the
 * country ({@code Germany}, {@code Deutschland}, {@code Allemagne} is not), without regard to case, accents and
 * punctuation.
 */
final class CountryNormaliser implements Normaliser {

    private static final int LENGTH_MAX = 100;

    @Override
    public FieldType type() {
        return FieldType.COUNTRY;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String written = Texts.trimMarks(raw);
        String code = written.length() > LENGTH_MAX ? null : Countries.code(written);
        return code == null ? Reading.unparsed("It is not a country such as DE, DEU or Germany") : Reading.of(code);
    }
}
