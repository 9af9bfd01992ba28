package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/** What a raw text reads as. */
public sealed interface Reading {

    /** Nothing there: null, empty, or white space only. */
    Blank BLANK = new Blank();

    /** Nothing there: null, empty, or white space only. */
    record Blank() implements Reading {
        @Override
        public @Nullable Value valueOrNull() {
            return null;
        }

        @Override
        public boolean isBlank() {
            return true;
        }

        @Override
        public boolean sameAs(Reading other) {
            return other instanceof Blank;
        }
    }

    /** A value of the field's type. */
    record Parsed(Value value) implements Reading {
        @Override
        public @Nullable Value valueOrNull() {
            return value;
        }

        @Override
        public boolean isBlank() {
            return false;
        }

        @Override
        public boolean sameAs(Reading other) {
            return other instanceof Parsed parsed && value.sameAs(parsed.value);
        }
    }

    /**
     * Something, but no value of the field's type.
     *
     * @param reason why, for people: a sentence without a full stop, without the raw text itself
     */
    record Unparsed(String reason) implements Reading {
        @Override
        public @Nullable Value valueOrNull() {
            return null;
        }

        @Override
        public boolean isBlank() {
            return false;
        }

        @Override
        public boolean sameAs(Reading other) {
            return other instanceof Unparsed;
        }
    }

    static Reading of(Value value) {
        return new Parsed(value);
    }

    /** A value whose text decides equality. */
    static Reading of(String same) {
        return new Parsed(Value.of(same));
    }

    /** Blank for null. */
    static Reading ofNullable(@Nullable Value value) {
        return value == null ? BLANK : new Parsed(value);
    }

    static Reading unparsed(String reason) {
        return new Unparsed(reason);
    }

    /** The value where there is one; null when blank or unparsed. */
    @Nullable
    Value valueOrNull();

    boolean isBlank();

    /** Both blank, or both the same value by key, or both unparsed. */
    boolean sameAs(Reading other);
}
