package dev.lockstep.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes numbers and texts compactly. Numbers are variable in length, low seven bits first. */
final class ByteWriter {
    private byte[] bytes = new byte[256];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void single(int value) {
        if (length == bytes.length) bytes = Arrays.copyOf(bytes, length * 2);
        bytes[length++] = (byte) value;
    }

    void flag(boolean value) {
        single(value ? 1 : 0);
    }

    /** Any long; small ones of either sign are short. */
    void number(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    private void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            single((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        single((int) rest);
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length + 1L);
        append(utf8);
    }

    void textOrNull(@Nullable String value) {
        if (value == null) unsigned(0);
        else text(value);
    }

    private void append(byte[] more) {
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }
}
