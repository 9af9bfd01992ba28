package dev.lockstep.core.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers and texts compactly. Numbers are variable in length, low seven bits first. A text that was written
 * before is written as its place among those, and a time or a version as the difference from the one before it: in a
 * state most of them are equal.
 */
final class ByteWriter {
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[512];
    private int length;
    /** The texts written so far, and their places: an open table, a power of two long and at most half full. */
    private @Nullable String[] texts = new String[32];

    private int[] places = new int[32];
    private int count;
    private long lastMicros;
    private long lastVersion;

    /** Begins another, whatever became of the last. */
    void begin() {
        length = 0;
        lastMicros = 0;
        lastVersion = 0;
        if (count > 0) Arrays.fill(texts, null);
        count = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void single(int value) {
        if (length == bytes.length) room(1);
        bytes[length++] = (byte) value;
    }

    void flag(boolean value) {
        single(value ? 1 : 0);
    }

    /** What is there and what is not. */
    void bits(int value) {
        unsigned(Integer.toUnsignedLong(value));
    }

    /** Any long; small ones of either sign are short. */
    void number(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    /** @param none stands for no time, and costs one byte */
    void micros(long value, long none) {
        if (value == none) {
            single(0);
            return;
        }
        difference(value - lastMicros);
        lastMicros = value;
    }

    /** 0 where there is none. */
    void version(long value) {
        if (value == 0) {
            single(0);
            return;
        }
        difference(value - lastVersion);
        lastVersion = value;
    }

    private void difference(long value) {
        // Never 0, which says that there is none: no two times are half of all time apart.
        unsigned(((value << 1) ^ (value >> 63)) + 1);
    }

    private void unsigned(long value) {
        if (bytes.length - length < LONGEST_NUMBER) room(LONGEST_NUMBER);
        byte[] to = bytes;
        int at = length;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        length = at;
    }

    void textOrNull(@Nullable String value) {
        if (value == null) single(0);
        else text(value);
    }

    void text(String value) {
        int slot = slot(value);
        if (texts[slot] != null) {
            unsigned(2L * places[slot] + 2);
            return;
        }
        texts[slot] = value;
        places[slot] = count++;
        if (2 * count > texts.length) spread();
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        unsigned(2L * utf8.length + 1);
        append(utf8);
    }

    /** Bytes that {@link ByteReader#bytes} reads. */
    void bytes(byte[] value) {
        unsigned(value.length);
        append(value);
    }

    /** Where it is in the table, or is to be put. */
    private int slot(String value) {
        int hash = value.hashCode();
        int slot = (hash ^ (hash >>> 15)) & (texts.length - 1);
        while (texts[slot] != null && !value.equals(texts[slot])) slot = (slot + 1) & (texts.length - 1);
        return slot;
    }

    private void spread() {
        @Nullable String[] all = texts;
        int[] at = places;
        texts = new String[2 * all.length];
        places = new int[texts.length];
        for (int i = 0; i < all.length; i++) {
            String text = all[i];
            if (text == null) continue;
            int slot = slot(text);
            texts[slot] = text;
            places[slot] = at[i];
        }
    }

    private void append(byte[] more) {
        if (bytes.length - length < more.length) room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void room(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
}
