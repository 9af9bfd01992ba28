package dev.lockstep.engine.loop;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.store.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Something to be written on a platform: a record, or (create) the record that the customer of {@code record} lacks.
 */
public record Errand(int platform, boolean create, RecordName record) {

    // Looked up with every write, as names are.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Errand errand
                        && platform == errand.platform
                        && create == errand.create
                        && record.equals(errand.record);
    }

    @Override
    public int hashCode() {
        return (record.hashCode() * 31 + platform) * 2 + (create ? 1 : 0);
    }

    static Errand of(Write write) {
        return new Errand(write.platform(), write.kind() == Write.Kind.CREATE, write.record());
    }

    public byte[] key() {
        return Keys.errand(platform, create, record);
    }

    public static Errand of(byte[] key) {
        return new Errand(Keys.errandPlatform(key), Keys.errandCreates(key), Keys.errandRecord(key));
    }
}
