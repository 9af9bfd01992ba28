package dev.lockstep.bench.shapes;

import org.jspecify.annotations.Nullable;

/** One row of one database, as it was before Lockstep came. */
final class Row {
    final int platform;
    final int customer;
    /** The key as {@link Tables} prints it; given when the row is filled in. */
    final String key;
    /** When the application last touched it; null: the database does not say. */
    final @Nullable Long modifiedMicros;
    /** By field: what the row says, as a person would write it; null: blank. */
    final @Nullable String[] says = new String[Field.values().length];
    /** By field: what stands in the cell, in the database's own form; null: SQL null. */
    final @Nullable String[] cell = new String[Field.values().length];
    /** The phone cell holds words. */
    boolean garbledPhone;

    Row(int platform, int customer, String key, @Nullable Long modifiedMicros) {
        this.platform = platform;
        this.customer = customer;
        this.key = key;
        this.modifiedMicros = modifiedMicros;
    }

    @Nullable
    String says(Field field) {
        return says[field.ordinal()];
    }

    @Nullable
    String cell(Field field) {
        return cell[field.ordinal()];
    }
}
