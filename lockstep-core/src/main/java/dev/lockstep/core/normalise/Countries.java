package dev.lockstep.core.normalise;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The countries of ISO 3166-1 and Kosovo (XK), by code and by name.
 *
 * <p>Names are the JDK's (Unicode CLDR), with a few that people write besides. A name that two countries bear is left
 * out, save that English goes first.
 */
public final class Countries {

    private static final String ALSO = """
            GB uk|great britain|britain|england|scotland|wales|northern ireland\
            |united kingdom of great britain and northern ireland
            US america|united states of america|the states|u s|u s a
            RU russian federation
            KR korea|republic of korea|korea republic of|korea south
            KP democratic peoples republic of korea|korea north
            NL holland|the netherlands
            CZ czech republic
            CI ivory coast
            VN viet nam
            TR turkey|turkiye
            SZ swaziland
            MK macedonia|former yugoslav republic of macedonia
            MM burma
            CV cape verde
            HK hong kong
            MO macau|macao
            GR el|hellas
            XK xkx|kosovo
            IR iran islamic republic of|islamic republic of iran
            SY syrian arab republic
            VE bolivarian republic of venezuela|venezuela bolivarian republic of
            BO plurinational state of bolivia|bolivia plurinational state of
            TZ united republic of tanzania|tanzania united republic of
            MD republic of moldova|moldova republic of
            LA lao peoples democratic republic
            BN brunei darussalam
            CD drc|dr congo|democratic republic of the congo|congo democratic republic of the
            CG republic of the congo|congo brazzaville
            PS palestine|state of palestine
            TL east timor
            VA vatican|holy see
            FM micronesia
            TW taiwan province of china|republic of china
            CN peoples republic of china|prc
            IE eire|republic of ireland
            AE uae
            """;

    private Countries() {}

    /** The alpha-2 code of a code or name; null when it is of no country. */
    public static @Nullable String code(String written) {
        String key = key(written);
        String code = English.CODES.get(key);
        boolean unknownCode = key.length() < 3 && Texts.isBelow(key, (char) 0x80);
        return code != null || unknownCode ? code : Native.CODES.get(key);
    }

    /** {@code DE -> DEU}; null for what is no country. */
    public static @Nullable String alpha3(String code) {
        return English.ALPHA_3.get(code);
    }

    /** {@code DE -> Germany}; the code itself of what is no country. */
    public static String englishName(String code) {
        String name = English.NAMES.get(code);
        return name == null ? code : name;
    }

    /** {@code "Côte d’Ivoire" -> "cote divoire"}, {@code "Trinidad & Tobago" -> "trinidad and tobago"}. */
    private static String key(String name) {
        String plain = Texts.isBelow(name, (char) 0x80)
                ? Ascii.lower(name)
                : Normalizer.normalize(Texts.fold(Texts.fault(name) == null ? name : ""), Normalizer.Form.NFKD);
        StringBuilder key = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '&') {
                key.append("and");
            } else if (c == '-' || c == ',' || c == '.' || c == '(' || c == ')' || c == '/' || Texts.isSpace(c)) {
                if (!key.isEmpty() && key.charAt(key.length() - 1) != ' ') {
                    key.append(' ');
                }
            } else if (Character.isLetterOrDigit(c) || Character.isSurrogate(c) || isVowelSign(c)) {
                key.append(c);
            }
        }
        int end = key.length();
        return key.substring(0, end > 0 && key.charAt(end - 1) == ' ' ? end - 1 : end);
    }

    /** Marks of Latin, Greek and Cyrillic are accents; those of the scripts of South Asia are vowels. */
    private static boolean isVowelSign(char c) {
        int type = Character.getType(c);
        return c >= 0x900 && (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK);
    }

    /** Codes and English names: loaded when the first country is read. */
    private static final class English {

        static final Map<String, String> CODES = new TreeMap<>();
        static final Map<String, String> ALPHA_3 = new TreeMap<>();
        static final Map<String, String> NAMES = new TreeMap<>();

        static {
            for (String code : Locale.getISOCountries()) {
                Locale country = Locale.of("", code);
                CODES.put(Ascii.lower(code), code);
                NAMES.put(code, country.getDisplayCountry(Locale.ENGLISH));
                CODES.putIfAbsent(key(country.getDisplayCountry(Locale.ENGLISH)), code);
                ALPHA_3.put(code, country.getISO3Country());
                CODES.put(Ascii.lower(country.getISO3Country()), code);
            }
            ALPHA_3.put("XK", "XKX");
            NAMES.put("XK", "Kosovo");
            CODES.put("xk", "XK");
            for (String line : ALSO.strip().split("\n")) {
                for (String name : line.substring(3).split("\\|")) {
                    CODES.put(name, line.substring(0, 2));
                }
            }
        }

        private English() {}
    }

    /** Each country's name in its own languages: loaded when a name is read that is not English. */
    private static final class Native {

        static final Map<String, String> CODES = new TreeMap<>();

        static {
            Map<String, String> found = new TreeMap<>();
            for (Locale locale : Locale.getAvailableLocales()) {
                String code = locale.getCountry();
                if (code.length() == 2 && English.ALPHA_3.containsKey(code)) {
                    found.merge(key(locale.getDisplayCountry(locale)), code, (a, b) -> a.equals(b) ? a : "");
                }
            }
            for (Map.Entry<String, String> entry : found.entrySet()) {
                if (!entry.getValue().isEmpty() && !entry.getKey().isEmpty()) {
                    CODES.put(entry.getKey(), entry.getValue());
                }
            }
        }

        private Native() {}
    }
}
