package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** How a value stands in plain text, whatever its column is made of; see {@link CellForm}. */
interface Cell {

    /** Of a text that is not blank. */
    Reading read(String text);

    /** Never blank. Only of a value that is not refused. */
    String write(Value value);

    default @Nullable String refusal(Value value) {
        return null;
    }

    /** The canonical text of a value reads as that value. */
    default boolean readsCanonical() {
        return false;
    }

    /** Writing takes so long that its results are worth remembering. */
    default boolean costly() {
        return true;
    }

    default @Nullable String unreadable() {
        return null;
    }

    default @Nullable String unwritable() {
        return null;
    }
}
