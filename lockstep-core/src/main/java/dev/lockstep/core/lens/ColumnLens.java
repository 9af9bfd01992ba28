package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Spelling;
import dev.lockstep.core.normalise.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one column of one platform reads and writes one field. Immutable.
 *
 * <p>Raw values are the platform's text, as PostgreSQL would write it; null is its null. See the package for the laws.
 */
public final class ColumnLens {

    private final ColumnOptions options;
    private final Form form;
    private final boolean invertible;
    // Asked of every column of every plan.
    private final boolean unreadable;
    private final boolean canonical;

    private ColumnLens(ColumnOptions options, Form form) {
        this.options = options;
        this.form = form;
        this.invertible = form.irreversible() == null;
        this.unreadable = form.unreadable() != null;
        this.canonical = form.readsCanonical();
    }

    /**
     * The lens of a column.
     *
     * @throws LensException naming the remedy, when the column cannot be read and written back as its access asks:
     *     neither by its kind nor by a format or table
     */
    public static ColumnLens of(ColumnOptions options) {
        Form form = Forms.of(options);
        String fault = switch (options.access()) {
            case READ -> form.unreadable();
            case WRITE -> form.unwritable();
            case BOTH -> form.irreversible();
        };
        if (fault != null) {
            throw new LensException(fault);
        }
        return new ColumnLens(options, form);
    }

    public ColumnOptions options() {
        return options;
    }

    public FieldType type() {
        return options.type();
    }

    /** What the column's text means as a value of the field. */
    public Reading read(@Nullable String raw) {
        return form.read(raw);
    }

    /**
     * The text to write so that the column holds `value`; null is the platform's null, also for a null value.
     *
     * @param currentRaw what the column holds now: a text that could be written in several forms (a list, as JSON or
     *     with
     *     commas) keeps its form. Null when not known
     * @return `currentRaw` when the column cannot hold the value: {@link #roundTrip} says why
     */
    public @Nullable String write(@Nullable Value value, @Nullable String currentRaw) {
        return refusal(value, currentRaw) != null ? currentRaw : form.write(value, currentRaw);
    }

    /**
     * The value that would be read back after `value` was written: what the column can hold of it. A date column drops
     * the time; a table makes of {@code withdrawn} its {@code unset}.
     *
     * @return unparsed when the column cannot hold the value at all: nothing should be written then
     */
    public Reading roundTrip(@Nullable Value value, @Nullable String currentRaw) {
        String refusal = refusal(value, currentRaw);
        if (refusal != null) {
            return Reading.unparsed(refusal);
        }
        if (unreadable) {
            return Reading.ofNullable(value);
        }
        String raw = form.write(value, currentRaw);
        return isCanonical(raw, value) ? Reading.ofNullable(value) : form.read(raw);
    }

    /** Reading and writing are each other's inverse, up to what the column can hold. */
    public boolean invertible() {
        return invertible;
    }

    /** What is found there is heard. */
    public boolean readable() {
        return options.access() != Access.WRITE;
    }

    /** Lockstep may write it. */
    public boolean writable() {
        return options.access() != Access.READ;
    }

    /**
     * The column already reads as desired: writing `value` would change nothing that can be seen in it. A set without
     * elements and a blank agree. False when the column cannot hold the value.
     */
    public boolean agrees(@Nullable String raw, @Nullable Value value) {
        if (unreadable) {
            return refusal(value, raw) == null && sameText(raw, form.write(value, raw));
        }
        if (isCanonical(raw, value)) {
            return true;
        }
        Reading read = form.read(raw);
        if (value != null && read instanceof Reading.Parsed(Value held) && held.sameAs(value)) {
            return true;
        }
        Reading written = roundTrip(value, raw);
        if (read instanceof Reading.Unparsed || written instanceof Reading.Unparsed) {
            return false;
        }
        return read.sameAs(written) || (type() == FieldType.SET && isEmpty(read) && isEmpty(written));
    }

    /**
     * {@link #agrees(String, Value)}, or the two differ only by what the column that `value` comes from could not hold:
     * a platform that keeps days only does not say midnight, so a time of that day here agrees with it.
     *
     * @param from the lens of the column whose text `value` was read from
     */
    public boolean agrees(@Nullable String raw, @Nullable Value value, ColumnLens from) {
        if (agrees(raw, value)) {
            return true;
        }
        Value held = type() == FieldType.DATETIME && from.invertible()
                ? form.read(raw).valueOrNull()
                : null;
        if (held == null || value == null) {
            return false;
        }
        Value coarse = from.roundTrip(held, null).valueOrNull();
        return coarse != null && coarse.sameAs(value);
    }

    /**
     * A mere spelling of what was written: see {@link Spelling}. A set is spelled element by element; one that is left
     * out is no spelling, though the text may look cut off.
     */
    public boolean isSpelling(@Nullable String held, @Nullable String written) {
        if (type() != FieldType.SET) {
            return Spelling.isSpellingOf(held, written);
        }
        Value heldSet = form.read(held).valueOrNull();
        Value writtenSet = form.read(written).valueOrNull();
        if (heldSet == null || writtenSet == null) {
            return false;
        }
        List<String> elements = SetValue.elements(heldSet);
        List<String> left = new ArrayList<>(SetValue.elements(writtenSet));
        for (String element : elements) {
            boolean spelled = left.removeIf(element::equals)
                    || left.stream()
                            .filter(one -> Spelling.isSpellingOf(element, one))
                            .findFirst()
                            .map(left::remove)
                            .orElse(false);
            if (!spelled) {
                return false;
            }
        }
        return left.isEmpty();
    }

    private @Nullable String refusal(@Nullable Value value, @Nullable String currentRaw) {
        String unwritable = form.unwritable();
        if (unwritable != null) {
            return unwritable;
        }
        if (value == null) {
            return null;
        }
        String refusal = form.refusal(value);
        if (refusal != null) {
            return refusal;
        }
        Integer max = options.maxLength();
        if (max != null) {
            String raw = form.write(value, currentRaw);
            if (raw != null && raw.length() > max && raw.codePointCount(0, raw.length()) > max) {
                return "It is longer than the " + max + " characters that the column holds";
            }
        }
        return null;
    }

    private boolean isCanonical(@Nullable String raw, @Nullable Value value) {
        return value != null && canonical && value.text().equals(raw);
    }

    private static boolean isEmpty(Reading reading) {
        Value value = reading.valueOrNull();
        return value == null || SetValue.isEmpty(value);
    }

    private static boolean sameText(@Nullable String one, @Nullable String other) {
        return (one == null ? "" : one.strip()).equals(other == null ? "" : other.strip());
    }
}
