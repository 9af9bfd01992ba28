package dev.lockstep.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The name of a record, for ever: whatever key it moves to later, and whoever is born under its first key after it.
 *
 * @param platform the number given to its platform, once, when that was added to the workspace
 * @param key the first key it was seen under
 * @param birth how many records were born under that key before it
 */
public record RecordName(int platform, String key, int birth) implements Comparable<RecordName> {

    // Names are looked up more than anything else: written out, since what the compiler makes of a record is slower.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof RecordName name
                        && platform == name.platform
                        && birth == name.birth
                        && key.equals(name.key);
    }

    @Override
    public int hashCode() {
        return (key.hashCode() * 31 + platform) * 31 + birth;
    }

    /** Seniority: a fixed total order that never depends on arrival. */
    @Override
    public int compareTo(RecordName other) {
        int byPlatform = Integer.compare(platform, other.platform);
        if (byPlatform != 0) return byPlatform;
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : Integer.compare(birth, other.birth);
    }

    /** {@code 2:ada@x.com}, and {@code 2:ada@x.com~1} for the second record born under that key. */
    @Override
    public String toString() {
        return platform + ":" + key + (birth == 0 ? "" : "~" + birth);
    }

    /** Reads what {@link #toString} prints; null when it is not a name. */
    public static @Nullable RecordName parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon > 9) return null;
        for (int i = 0; i < colon; i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return null;
        int platform = Integer.parseInt(text.substring(0, colon));
        int tilde = text.lastIndexOf('~');
        if (tilde > colon && text.substring(tilde + 1).matches("[1-9][0-9]{0,8}")) {
            return new RecordName(
                    platform, text.substring(colon + 1, tilde), Integer.parseInt(text.substring(tilde + 1)));
        }
        return new RecordName(platform, text.substring(colon + 1), 0);
    }
}
