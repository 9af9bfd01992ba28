package dev.lockstep.core.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
    private final byte[] bytes;
    private int at;

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

    long number() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
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
        long length = unsigned() - 1;
        if (length < 0) return null;
        if (length > bytes.length - at) throw new DamagedState("a text in a state is cut off");
        String text = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
        at += (int) length;
        return text;
    }

    boolean atEnd() {
        return at == bytes.length;
    }
}
