package dev.lockstep.engine.loop;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.engine.store.Keys;

/**
 * Something to be written on a platform: a record, or (create) the record that the customer of {@code record} lacks.
 */
public record Errand(int platform, boolean create, RecordName record) {

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
