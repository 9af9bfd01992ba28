package dev.lockstep.engine.loop;

import dev.lockstep.engine.store.Changes;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single values that the loop keeps beside the states, by name. Names are on disk: never change one. */
public final class Meta {
    /** {@code open} once every platform has been read and writing is allowed. */
    public static final String GATE = "gate";
    /** Where the sweep under way stands: hex of the last group planned; absent when none is. */
    static final String SWEEP = "sweep";
    /** Why that sweep was begun. */
    static final String SWEEP_CAUSE = "sweep_cause";
    /** What the sweep after the first reading has counted so far. */
    static final String FIRST_COUNTS = "first_counts";
    /** Stands for the workspace by which everything was last planned. */
    static final String DIGEST = "digest";
    /** The next write's id is not less than this. */
    static final String WRITE_ID = "write_id";

    /** Stands for the rules by which identifiers were last counted. */
    static final String IDENTITY = "identity";
    /** The sweep under way has every identifier claimed again. */
    static final String SWEEP_CLAIMS = "sweep_claims";

    static final String TOTALS = "totals";
    /** When the copy was made that was put back, in words; absent when every platform has been read again since. */
    static final String RESTORED = "restored";
    /** The time of the last turn. */
    public static final String CLOCK = "clock";
    /** When history was last pruned. */
    static final String PRUNED = "pruned";

    public static final String PAUSED = "paused";

    private Meta() {}

    static String position(int platform) {
        return "position/" + platform;
    }

    /** The platform has been read once in full. */
    static String read(int platform) {
        return "read/" + platform;
    }

    /** It is being forgotten. */
    public static String leaving(int platform) {
        return "leaving/" + platform;
    }

    /** All that is kept of one platform. */
    static List<String> ofPlatform(int platform) {
        return List.of(
                position(platform),
                read(platform),
                listed(platform),
                relist(platform),
                lost(platform),
                paused(platform),
                columns(platform),
                leaving(platform));
    }

    /** The numbers of the columns of which every change has been heard since they were read in full. */
    static String columns(int platform) {
        return "columns/" + platform;
    }

    /** This field has been a consent. */
    public static String consent(int field) {
        return "consent/" + field;
    }

    /** When the last complete full read of it began, microseconds. */
    static String listed(int platform) {
        return "listed/" + platform;
    }

    static String relist(int platform) {
        return "relist/" + platform;
    }

    /** What of it fits the workspace no more. */
    static String drift(int platform) {
        return "drift/" + platform;
    }

    /** When its columns that were away came back. */
    static String back(int platform) {
        return "back/" + platform;
    }

    static String lost(int platform) {
        return "lost/" + platform;
    }

    public static String paused(int platform) {
        return "paused/" + platform;
    }

    public static @Nullable String get(Store store, String name) {
        byte[] value = bytes(store, name);
        return value == null ? null : Keys.text(value);
    }

    static byte @Nullable [] bytes(Store store, String name) {
        return store.get(Family.META, Keys.utf8("at/" + name));
    }

    public static void put(Changes changes, String name, @Nullable String value) {
        if (value == null) changes.delete(Family.META, Keys.utf8("at/" + name));
        else put(changes, name, Keys.utf8(value));
    }

    static void put(Changes changes, String name, byte[] value) {
        changes.put(Family.META, Keys.utf8("at/" + name), value);
    }
}
