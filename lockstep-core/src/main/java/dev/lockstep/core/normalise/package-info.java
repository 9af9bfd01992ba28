/**
 * Canonical values: what a text means as an e-mail address, a phone number, a date …, and so which two texts are equal.
 *
 * <p>{@link Normalisers} is the table of contents: one {@link Normaliser} for each {@link FieldType}.
 */
@NullMarked
package dev.lockstep.core.normalise;

import org.jspecify.annotations.NullMarked;
