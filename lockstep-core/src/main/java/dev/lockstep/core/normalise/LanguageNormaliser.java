package dev.lockstep.core.normalise;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A BCP 47 tag: {@code "en_us" -> "en-US"}, {@code "ger" -> "de"}, {@code "German" -> "de"}, {@code "pt_BR.UTF-8" ->
 * "pt-BR"}.
 *
 * <p>The language is one that ISO 639 knows: by its code of two letters where it has one, else by its code of three
 * that the JDK has an English name for; or by that English name. Scripts, regions and the rest are taken when well
 * formed.
 */
final class LanguageNormaliser implements Normaliser {

    private static final int LENGTH_MAX = 100;

    @Override
    public FieldType type() {
        return FieldType.LANGUAGE;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String written = Texts.trimMarks(raw);
        String tag = written.length() > LENGTH_MAX ? null : tag(written);
        return tag == null ? Reading.unparsed("It is not a language such as en or en-GB") : Reading.of(tag);
    }

    private static @Nullable String tag(String written) {
        int charset = written.indexOf('.');
        String dashed = (charset < 0 ? written : written.substring(0, charset)).replace('_', '-');
        int end = dashed.indexOf('-');
        String language = Ascii.lower(end < 0 ? dashed : dashed.substring(0, end));
        if (language.length() < 2 || !Ascii.allLetters(language)) {
            return dashed.length() == written.length() && dashed.startsWith("i-") ? strict(dashed) : named(written);
        }
        String known = Languages.CODES.get(language);
        return known == null ? named(written) : strict(end < 0 ? known : known + dashed.substring(end));
    }

    private static @Nullable String named(String written) {
        return Languages.NAMES.get(Texts.fold(Texts.singleSpaced(written)));
    }

    private static @Nullable String strict(String tag) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(tag).build();
            String language = locale.getLanguage(); // of zh-yue it is yue
            return language.equals(Languages.CODES.get(language)) ? locale.toLanguageTag() : null;
        } catch (IllformedLocaleException e) {
            return null;
        }
    }

    /** Loaded when the first language is read. */
    private static final class Languages {

        /** Codes of two and three letters to the shortest of the same language. */
        static final Map<String, String> CODES = new TreeMap<>();

        /** English names, folded, to codes. */
        static final Map<String, String> NAMES = new TreeMap<>();

        /** Codes of three letters that differ from those of the JDK (ISO 639-2/B). */
        private static final String BIBLIOGRAPHIC =
                "alb sq arm hy baq eu bur my chi zh cze cs dut nl fre fr geo ka ger de"
                        + " gre el ice is mac mk mao mi may ms per fa rum ro slo sk tib bo wel cy";

        static {
            for (String two : Locale.getISOLanguages()) {
                if (two.length() != 2) {
                    continue;
                }
                Locale locale = Locale.forLanguageTag(two);
                CODES.put(two, locale.toLanguageTag());
                CODES.putIfAbsent(locale.getISO3Language(), locale.toLanguageTag());
            }
            String[] bibliographic = BIBLIOGRAPHIC.split(" ");
            for (int i = 0; i < bibliographic.length; i += 2) {
                CODES.put(bibliographic[i], bibliographic[i + 1]);
            }
            for (Locale locale : Locale.getAvailableLocales()) {
                String code = locale.getLanguage();
                if (!code.isEmpty() && !CODES.containsKey(code)) {
                    CODES.put(code, code);
                }
            }
            for (String code : new TreeMap<>(CODES).values()) {
                NAMES.putIfAbsent(Texts.fold(Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH)), code);
            }
        }

        private Languages() {}
    }
}
