package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Cause;
import dev.lockstep.core.state.Due;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What one cause has done to one platform so far, and what of it was stopped. Belongs to {@link Guard}. */
final class Tally {
    /** The kinds of risk that are counted, each by itself. */
    static final int[] RISKS = {Due.DELETES, Due.LOSES, Due.CHANGES};

    private static final Cause.Kind[] KINDS = Cause.Kind.values();
    private static final int KEY_BYTES = 1 + 4 + 1 + 4 + 8;

    enum Standing {
        /** Within its limits. */
        FREE,
        HOLDING,
        /** A person lets it go: what is held is on its way. */
        RELEASING,
        APPROVED,
        /** A person takes it back: its edits are being undone. */
        REJECTING,
        REJECTED
    }

    final int platform;
    final Cause cause;
    /** By place in {@link #RISKS}. */
    final long[] written = new long[RISKS.length];

    final long[] held = new long[RISKS.length];
    long records;
    long heldRecords;
    Standing standing = Standing.FREE;
    /** When it was last counted or, when it holds, stopped. */
    long micros;
    /** The place in {@link #RISKS} of the limit that it came to, and that limit. */
    int over;

    long limit;

    Tally(int platform, Cause cause) {
        this.platform = platform;
        this.cause = cause;
    }

    /** A person has it to answer, or the answer is being carried out. */
    boolean isOpen() {
        return standing == Standing.HOLDING || standing == Standing.RELEASING || standing == Standing.REJECTING;
    }

    boolean isRefused() {
        return standing == Standing.REJECTING || standing == Standing.REJECTED;
    }

    /** {@code 0 ++ platform ++ cause}. */
    byte[] key() {
        return key(platform, cause);
    }

    static byte[] key(int platform, Cause cause) {
        return ByteBuffer.allocate(KEY_BYTES)
                .put((byte) 0)
                .putInt(platform)
                .put((byte) cause.kind().ordinal())
                .putInt(cause.platform())
                .putLong(cause.mark())
                .array();
    }

    /** Short enough to be typed, the same for the same cause and platform. */
    String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key()), 0, 3);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void count(int risk, long[] counts) {
        for (int i = 0; i < RISKS.length; i++) if ((risk & RISKS[i]) != 0) counts[i]++;
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(1 + 8 * (2 * RISKS.length + 5));
        out.put((byte) standing.ordinal());
        for (long one : written) out.putLong(one);
        for (long one : held) out.putLong(one);
        return out.putLong(records)
                .putLong(heldRecords)
                .putLong(micros)
                .putLong(over)
                .putLong(limit)
                .array();
    }

    static Tally decode(byte[] key, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(key);
        in.get();
        int platform = in.getInt();
        Tally tally = new Tally(platform, new Cause(KINDS[in.get()], in.getInt(), in.getLong()));
        ByteBuffer of = ByteBuffer.wrap(value);
        tally.standing = Standing.values()[of.get()];
        for (int i = 0; i < RISKS.length; i++) tally.written[i] = of.getLong();
        for (int i = 0; i < RISKS.length; i++) tally.held[i] = of.getLong();
        tally.records = of.getLong();
        tally.heldRecords = of.getLong();
        tally.micros = of.getLong();
        tally.over = (int) of.getLong();
        tally.limit = of.getLong();
        return tally;
    }

    /** All that it holds is kept under keys that begin so. */
    byte[] heldPrefix() {
        return key();
    }

    byte[] heldKey(Errand errand) {
        byte[] name = errand.key();
        return ByteBuffer.allocate(KEY_BYTES + name.length).put(key()).put(name).array();
    }

    static Errand heldErrand(byte[] heldKey) {
        return Errand.of(java.util.Arrays.copyOfRange(heldKey, KEY_BYTES, heldKey.length));
    }

    static byte[] all() {
        return new byte[] {0};
    }
}
