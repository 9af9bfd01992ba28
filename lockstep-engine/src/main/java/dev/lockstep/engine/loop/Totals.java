package dev.lockstep.engine.loop;

import dev.lockstep.core.state.Status;
import java.nio.ByteBuffer;

/**
 * How many records of each platform stand how, and how many customers there are. Kept up with each batch by what the
 * touched groups counted before and after, so that it costs nothing to ask.
 */
public final class Totals {
    /** Raised whenever something is counted otherwise. */
    private static final int VERSION = 2;

    private static final int STATUSES = Status.values().length;
    static final int PENDING_CREATES = STATUSES;
    static final int FAILED_CREATES = STATUSES + 1;
    static final int TAKEN_CREATES = STATUSES + 2;
    private static final int READ = STATUSES + 3;
    private static final int WRITTEN = STATUSES + 4;
    static final int HELD_CREATES = STATUSES + 5;
    static final int WIDTH = STATUSES + 6;

    private final int platforms;
    private final long[] counts;
    private long customers;
    private long groups;

    Totals(int platforms) {
        this.platforms = platforms;
        this.counts = new long[platforms * WIDTH];
    }

    /** Counts a group in ({@code sign} 1) or out (-1). */
    void count(Share group, int sign) {
        groups += (long) sign * group.groups();
        customers += (long) sign * group.customers();
        for (int at : group.counted()) if (at < counts.length) counts[at] += sign;
    }

    void readOne(int platform) {
        add(platform, READ, 1);
    }

    void wroteOne(int platform) {
        add(platform, WRITTEN, 1);
    }

    void addAll(Totals delta) {
        for (int i = 0; i < counts.length; i++) counts[i] += delta.counts[i];
        customers += delta.customers;
        groups += delta.groups;
    }

    boolean isZero() {
        if (customers != 0 || groups != 0) return false;
        for (long count : counts) if (count != 0) return false;
        return true;
    }

    Totals copy() {
        Totals copy = new Totals(platforms);
        copy.addAll(this);
        return copy;
    }

    private void add(int platform, int what, int sign) {
        if (platform < platforms) counts[platform * WIDTH + what] += sign;
    }

    public long customers() {
        return customers;
    }

    public long groups() {
        return groups;
    }

    public long of(int platform, Status status) {
        return counts[platform * WIDTH + status.ordinal()];
    }

    public long records(int platform) {
        long sum = 0;
        for (Status status : Status.values()) sum += of(platform, status);
        return sum;
    }

    public long pendingCreates(int platform) {
        return counts[platform * WIDTH + PENDING_CREATES];
    }

    public long failedCreates(int platform) {
        return counts[platform * WIDTH + FAILED_CREATES];
    }

    public long takenCreates(int platform) {
        return counts[platform * WIDTH + TAKEN_CREATES];
    }

    public long heldCreates(int platform) {
        return counts[platform * WIDTH + HELD_CREATES];
    }

    public long read(int platform) {
        return counts[platform * WIDTH + READ];
    }

    public long written(int platform) {
        return counts[platform * WIDTH + WRITTEN];
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(1 + 1 + 2 + 16 + 8 * counts.length);
        out.put((byte) VERSION).put((byte) WIDTH).putShort((short) platforms);
        out.putLong(customers).putLong(groups);
        for (long count : counts) out.putLong(count);
        return out.array();
    }

    /** Totals of another version or width (a status more) are not readable: the caller counts anew. */
    static boolean readable(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == VERSION && bytes[1] == WIDTH;
    }

    static Totals decode(byte[] bytes, int platforms) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.getShort();
        int stored = in.getShort();
        Totals totals = new Totals(Math.max(platforms, stored));
        totals.customers = in.getLong();
        totals.groups = in.getLong();
        for (int i = 0; i < stored * WIDTH; i++) totals.counts[i] = in.getLong();
        return totals;
    }
}
