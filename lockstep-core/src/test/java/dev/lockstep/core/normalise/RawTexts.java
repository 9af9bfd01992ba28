package dev.lockstep.core.normalise;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Texts as platforms hold them: good ones of every type, then bent and broken. */
public final class RawTexts {

    private static final Map<FieldType, List<String>> SAMPLES = Map.ofEntries(
            Map.entry(FieldType.TEXT, List.of("gold", "Straße 5", "a  b", "Ünïcödé", "0012", "👩‍👩‍👧 family")),
            Map.entry(
                    FieldType.NAME,
                    List.of(
                            "Ada",
                            "ADA  LOVELACE",
                            "İpek Işıl",
                            "O’Brien-Smith",
                            "Jose\u0301",
                            "Straße",
                            "ΣΑΣ",
                            "ﬃ",
                            "李小龍")),
            Map.entry(
                    FieldType.EMAIL,
                    List.of(
                            "Ada@X.COM",
                            "a.b+c@mail.example.org",
                            "info@bücher.example",
                            "ada@faß.de",
                            "ΣΑΣ@x.gr",
                            "İ@x.com",
                            "a@b.c.d.",
                            "..x..@docomo.ne.jp",
                            "a@xn--bcher-kva.example",
                            "q@☃.net")),
            Map.entry(
                    FieldType.PHONE,
                    List.of(
                            "+1 415-555-2671",
                            "(415) 555-2671 x5",
                            "004930123456",
                            "+39 06 1234567",
                            "+54 9 11 2345-6789",
                            "011 54 11 2345 6789",
                            "+52 1 55 1234 5678",
                            "1-800-FLOWERS",
                            "+49 (0)30 123456",
                            "+1 415 555 2671;ext=12345678",
                            "tel:+1-415-555-2671",
                            "٠١٢٣٤٥٦٧٨٩",
                            "+800 1234 5678",
                            "+7 8 800 100 00 00")),
            Map.entry(
                    FieldType.DATE,
                    List.of(
                            "2024-02-29",
                            "1815/12/10",
                            "18151210",
                            "2024-05-01 23:59:59+02",
                            "0001-01-01",
                            "9999-12-31")),
            Map.entry(
                    FieldType.DATETIME,
                    List.of(
                            "2024-05-01 12:00:00.123456+02",
                            "2024-05-01T12:00Z",
                            "2024-03-31 02:30:00",
                            "20240501T120000Z",
                            "0001-01-01 00:00:00+14",
                            "9999-12-31 23:59:59.9999999-12",
                            "2024-05-01",
                            "1800-01-01 00:00:00+00:53:28")),
            Map.entry(
                    FieldType.NUMBER,
                    List.of(
                            "012.50",
                            "-0",
                            "+.5",
                            "5.",
                            "1.5E3",
                            "1e-20",
                            "1e999",
                            "12345678901234567890",
                            "−3",
                            "१२३")),
            Map.entry(
                    FieldType.MONEY,
                    List.of(
                            "12.50 EUR",
                            "USD 3",
                            "€5.00",
                            "-£2.5",
                            "$12",
                            "12.50",
                            "eur 1",
                            "0.00 JPY",
                            "5 zł",
                            "- 5 USD")),
            Map.entry(FieldType.BOOLEAN, List.of("t", "FALSE", "Yes", "0", "on")),
            Map.entry(FieldType.CONSENT, List.of("granted", "Withdrawn", "UNSET")),
            Map.entry(
                    FieldType.COUNTRY,
                    List.of(
                            "de",
                            "DEU",
                            "Germany",
                            "Deutschland",
                            "Côte d’Ivoire",
                            "U.S.A.",
                            "uk",
                            "日本",
                            "Österreich",
                            "XK",
                            "भारत")),
            Map.entry(
                    FieldType.LANGUAGE,
                    List.of(
                            "en_us",
                            "ger",
                            "German",
                            "pt_BR.UTF-8",
                            "zh-hans-cn",
                            "iw",
                            "sr-Latn-RS",
                            "i-klingon",
                            "haw",
                            "en-x-a")),
            Map.entry(
                    FieldType.URL,
                    List.of(
                            "HTTP://Example.COM:80/a/../%7eb",
                            "example.com",
                            "https://u:p@x.com:8443/?q=ä#f g",
                            "http://[::1]:8080/%zz",
                            "mailto:Ada@X.com",
                            "https://bücher.example/ü/%C3%BC",
                            "ftp://x.com/a/b/../../..",
                            "http://x.com/a//b/./c/..",
                            "http://x.com?a=b%2fc",
                            "www.x.com:443")),
            Map.entry(
                    FieldType.SET,
                    List.of(
                            "b, a, b",
                            "[\"b\", \"a\", 1, null, true]",
                            "{b,\"a c\",NULL,\"x\\\"y\"}",
                            "{}",
                            "[]",
                            "[a",
                            "{a}}",
                            "[0:1]={x,y}",
                            "vip;gold",
                            "{\"\",a}",
                            "[[1]]",
                            "{{a},{b}}")),
            Map.entry(
                    FieldType.JSON,
                    List.of(
                            "{\"b\": 1.50, \"a\": []}",
                            "\"x\"",
                            "1e400",
                            "1E-400",
                            "null",
                            "[1, {\"z\": null}]",
                            "{\"a\":1,\"a\":2}",
                            "12345678901234567890123456789012345678901234567890",
                            "-0.0",
                            "\"\\u00e9\\ud83d\\ude00\"",
                            "\"\\ud800\"",
                            "1.0000000000000000000000000000000000000001")));

    /** What has broken normalisers before. */
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\u00A0",
            "\u200B",
            "\u3000",
            "\t\n",
            "\u0000",
            "\uD800",
            "\uDC00x",
            "\u202Eabc\u202C",
            "\u200Fشركة",
            "\u200D",
            "\uFEFF",
            "i̇",
            "I",
            "ı",
            "İ",
            "ﬀ",
            "ẞ",
            "\u0345",
            "\u0301",
            "a\u0301\u0327",
            "🇩🇪",
            "👨‍👩‍👧",
            "%",
            "@",
            "+",
            "\\",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            "'",
            "null",
            "NULL",
            "NaN",
            "Infinity",
            "-",
            "0",
            "٣",
            "𝟙",
            "１２",
            "€",
            "\u0085",
            "\u2028",
            "ﷺ",
            "\u1E9B\u0323",
            "Å",
            "\u212B",
            "K",
            "\u00AD",
            "xn--",
            "=",
            "&#39;",
            "..",
            "//",
            "://");

    private RawTexts() {}

    /** A text for a normaliser of this type: good, bent, or nothing of the kind. */
    public static String next(Random random, FieldType type) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return random(random, FieldType.values()[random.nextInt(FieldType.values().length)]);
        }
        if (kind == 1) {
            return garbage(random);
        }
        return kind < 10 ? bent(random, sample(random, type)) : random(random, type);
    }

    /** A text that reads as a value, mostly. */
    public static String sample(Random random, FieldType type) {
        List<String> samples = SAMPLES.get(type);
        return samples.get(random.nextInt(samples.size()));
    }

    /** A new text of the type's shape. */
    static String random(Random random, FieldType type) {
        return switch (type) {
            case PHONE -> phone(random);
            case NUMBER -> number(random);
            case MONEY -> number(random) + (random.nextBoolean() ? " EUR" : "");
            case DATE -> date(random);
            case DATETIME -> date(random) + time(random);
            case SET, JSON -> json(random, 3);
            case EMAIL -> word(random) + "@" + word(random) + "." + word(random);
            case URL -> "https://" + word(random) + ".com/" + word(random) + "/../" + word(random) + "?" + word(random);
            default -> random.nextBoolean() ? sample(random, type) : word(random) + " " + word(random);
        };
    }

    private static String bent(Random random, String text) {
        return switch (random.nextInt(8)) {
            case 0 -> nasty(random) + text;
            case 1 -> text + nasty(random);
            case 2 -> insert(random, text, nasty(random));
            case 3 -> text.toUpperCase(java.util.Locale.ROOT);
            case 4 -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case 5 -> " \u202A" + text + "\u202C\u00A0";
            case 6 -> text.isEmpty() ? text : text.substring(0, random.nextInt(text.length()));
            default -> text;
        };
    }

    private static String garbage(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            if (random.nextBoolean()) {
                text.append(nasty(random));
            } else {
                text.append((char) random.nextInt(0x10000));
            }
        }
        return text.toString();
    }

    private static String insert(Random random, String text, String what) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + what + text.substring(at);
    }

    private static String nasty(Random random) {
        return NASTY.get(random.nextInt(NASTY.size()));
    }

    private static String phone(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "+" : "");
        for (int i = 6 + random.nextInt(9); i > 0; i--) {
            text.append(random.nextInt(10));
            if (random.nextInt(4) == 0) {
                text.append(" -().".charAt(random.nextInt(5)));
            }
        }
        return random.nextInt(6) == 0 ? text + " ext. " + random.nextInt(10_000) : text.toString();
    }

    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
        text.append(random.nextInt(1_000_000));
        if (random.nextBoolean()) {
            text.append('.').append(random.nextInt(100_000));
        }
        return random.nextInt(5) == 0 ? text + "E" + (random.nextInt(60) - 30) : text.toString();
    }

    private static String date(Random random) {
        return "%04d-%02d-%02d".formatted(1 + random.nextInt(9999), 1 + random.nextInt(12), 1 + random.nextInt(31));
    }

    private static String time(Random random) {
        String time = " %02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        String fraction = random.nextBoolean() ? "." + random.nextInt(1_000_000) : "";
        return time + fraction + List.of("", "Z", "+02", "-05:30").get(random.nextInt(4));
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> number(random);
            case 1 -> "null";
            case 2 -> "true";
            case 3, 4 -> "\"" + word(random) + "\"";
            case 5 -> "[" + json(random, depth - 1) + ", " + json(random, depth - 1) + "]";
            default -> "{\"" + word(random) + "\": " + json(random, depth - 1) + ",\"a\":" + json(random, 0) + "}";
        };
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            word.append("abcdefgzäöüßıİéñ-_.'ABÇ09".charAt(random.nextInt(25)));
        }
        return word.toString();
    }
}
