package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * Reads raw texts as values of one field type.
 *
 * <p>A function of its arguments, linear in the length of the text, that never throws. Reading is idempotent: where
 * {@code read(x)} is a value {@code v}, {@code read(v.text())} is {@code v} again, under the same settings.
 *
 * <p>No canonical value holds half a surrogate pair or U+0000: neither survives a store in UTF-8, or PostgreSQL.
 *
 * <p>A new one is one file here, one line in {@link Normalisers} and a table test; the property tests run over the
 * list.
 */
public interface Normaliser {

    FieldType type();

    /** What {@code raw} means; null is a platform's null. */
    Reading read(@Nullable String raw, Settings settings);
}
