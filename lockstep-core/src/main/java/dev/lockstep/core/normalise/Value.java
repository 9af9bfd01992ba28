package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * A canonical value of a field.
 *
 * <p>Two values of one type are equal iff their keys are: {@code SMITH} and {@code Smith} are one name, shown as each
 * was spelled. Compare with {@link #sameAs}; {@link #equals} also tells spellings apart.
 *
 * @param text what is shown, stored and rendered; reading it again gives this value
 * @param key decides equality; the same as the text for every type but {@code name}
 */
public record Value(String text, String key) {

    /** A value whose text decides equality. */
    public static Value of(String same) {
        return new Value(same, same);
    }

    public boolean sameAs(Value other) {
        return key.equals(other.key);
    }

    // Compared all the time, as names are.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Value value && text.equals(value.text) && key.equals(value.key);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
