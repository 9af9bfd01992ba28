package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** One way in which a column's text stands for a field's value. */
interface Form {

    Reading read(@Nullable String raw);

    /** Null for a blank. Only of a value that is not refused, and of a form that is not unwritable. */
    @Nullable
    String write(@Nullable Value value, @Nullable String currentRaw);

    /** Why this value cannot be held; null when it can. */
    default @Nullable String refusal(Value value) {
        return null;
    }

    /** The canonical text of a value reads as that value: it need not be read to know. */
    default boolean readsCanonical() {
        return false;
    }

    /** Why nothing can be read, with the remedy; null when it can. */
    default @Nullable String unreadable() {
        return null;
    }

    /** Why nothing can be written, with the remedy; null when it can. */
    default @Nullable String unwritable() {
        return null;
    }

    /** Why what is written cannot be told from what was read, with the remedy; null when it can. */
    default @Nullable String irreversible() {
        String unreadable = unreadable();
        return unreadable != null ? unreadable : unwritable();
    }
}
