package dev.lockstep.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private final List<String> texts = new ArrayList<>();
    private int at;
    private long lastMicros;
    private long lastVersion;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int single() {
        if (at >= bytes.length) throw new DamagedState("a state ends too early");
        return bytes[at++];
    }

    boolean flag() {
        return single() != 0;
    }

    int bits() {
        return (int) unsigned();
    }

    long number() {
        return signed(unsigned());
    }

    private static long signed(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** @param none what stands for no time */
    long micros(long none) {
        long difference = unsigned();
        if (difference == 0) return none;
        lastMicros += signed(difference - 1);
        return lastMicros;
    }

    long version() {
        long difference = unsigned();
        if (difference == 0) return 0;
        lastVersion += signed(difference - 1);
        return lastVersion;
    }

    int integer() {
        return Math.toIntExact(number());
    }

    /** How many of something follow: never more than there are bytes left. */
    int count() {
        int count = integer();
        if (count < 0 || count > bytes.length - at) throw new DamagedState("a state counts more than it holds");
        return count;
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = single();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) return value;
        }
        throw new DamagedState("a number in a state does not end");
    }

    String text() {
        String text = textOrNull();
        if (text == null) throw new DamagedState("a text is missing in a state");
        return text;
    }

    @Nullable
    String textOrNull() {
        long code = unsigned();
        if (code == 0) return null;
        long number = (code - 1) >>> 1;
        if ((code & 1) == 0) {
            if (number >= texts.size()) throw new DamagedState("a state repeats a text that it does not hold");
            return texts.get((int) number);
        }
        if (number > bytes.length - at) throw new DamagedState("a text in a state is cut off");
        String text = new String(bytes, at, (int) number, StandardCharsets.UTF_8);
        at += (int) number;
        texts.add(text);
        return text;
    }

    byte[] bytes() {
        long length = unsigned();
        if (length < 0 || length > bytes.length - at) throw new DamagedState("a part of a state is cut off");
        byte[] part = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return part;
    }

    /** All has been read. */
    void end() {
        if (at != bytes.length) throw new DamagedState("a state is longer than it says");
    }
}
