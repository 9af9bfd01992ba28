package dev.lockstep.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What an Identifier machine is keyed by: a field and the key of a canonical value of it. Two pseudo fields exist:
 * {@link #LINK}, a person's "same" for a pair of records.
 */
public record IdentifierKey(int field, String value) implements Comparable<IdentifierKey> {

    /** A person's word that two records are one customer; the value names the pair. */
    public static final int LINK = -1;

    public static IdentifierKey link(RecordName one, RecordName other) {
        return one.compareTo(other) < 0
                ? new IdentifierKey(LINK, one + " " + other)
                : new IdentifierKey(LINK, other + " " + one);
    }

    public boolean isLink() {
        return field == LINK;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof IdentifierKey key && field == key.field && value.equals(key.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode() * 31 + field;
    }

    @Override
    public int compareTo(IdentifierKey other) {
        int byField = Integer.compare(field, other.field);
        return byField != 0 ? byField : value.compareTo(other.value);
    }
}
