package dev.lockstep.core.normalise;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a field holds, and so which of its values are equal. In the workspace each is spelled in lower case. */
public enum FieldType {
    /** Any text: Unicode NFC, outer space trimmed; equal exactly. */
    TEXT,
    /** A name of a person, firm or place: equal without regard to case and the number of spaces. */
    NAME,
    /** {@code local@domain}, lower case, domain in ASCII. */
    EMAIL,
    /** E.164, with {@code ;ext=} where there is an extension. */
    PHONE,
    /** {@code 1815-12-10}. */
    DATE,
    /** An instant, {@code 2024-05-01T10:00:00.123456Z}: UTC, up to microseconds, no trailing zeros. */
    DATETIME,
    /** A plain decimal without trailing zeros. */
    NUMBER,
    /** {@code 12.5 EUR}: a number and an ISO 4217 code. */
    MONEY,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** {@code granted}, {@code withdrawn} or {@code unset} (never asked). */
    CONSENT,
    /** ISO 3166-1 alpha-2. */
    COUNTRY,
    /** A BCP 47 language tag. */
    LANGUAGE,
    /** An RFC 3986 normalised URL. */
    URL,
    /** A JSON array of distinct texts, sorted: order and repetition mean nothing. */
    SET,
    /** A JSON value without white space, keys sorted, numbers normalised. */
    JSON;

    private final String spelling = name().toLowerCase(Locale.ROOT);

    /**
     * The type of that name in the workspace.
     *
     * @throws IllegalArgumentException naming all types, when there is none of that name
     */
    public static FieldType named(String spelling) {
        FieldType type = find(spelling);
        if (type == null) {
            throw new IllegalArgumentException("There is no field type `" + spelling + "`. Types: " + spellings());
        }
        return type;
    }

    /** The type of that name in the workspace, or null. */
    public static @Nullable FieldType find(String spelling) {
        for (FieldType type : values()) {
            if (type.spelling.equals(spelling)) {
                return type;
            }
        }
        return null;
    }

    /** As in the workspace: {@code email}. */
    public String spelling() {
        return spelling;
    }

    private static String spellings() {
        StringBuilder all = new StringBuilder();
        for (FieldType type : values()) {
            all.append(all.isEmpty() ? "" : ", ").append(type.spelling);
        }
        return all.append('.').toString();
    }
}
