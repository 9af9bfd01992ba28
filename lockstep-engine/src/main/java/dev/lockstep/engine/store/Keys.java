package dev.lockstep.engine.store;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How things are named on disk. Numbers are big-endian, so that a platform's slots lie together and timers lie in order
 * of time; texts are UTF-8.
 */
public final class Keys {
    private static final int CAUSE_BYTES = 1 + 4 + 8;

    private Keys() {}

    /** {@code platform ++ key}. */
    public static byte[] slot(Address.Slot slot) {
        return slot(slot.platform(), slot.key());
    }

    public static byte[] slot(int platform, String key) {
        byte[] text = utf8(key);
        return ByteBuffer.allocate(4 + text.length).putInt(platform).put(text).array();
    }

    public static Address.Slot slot(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Address.Slot(in.getInt(), text(bytes, 4, bytes.length - 4));
    }

    /** {@code platform ++ key ++ birth}. */
    public static byte[] name(RecordName name) {
        byte[] text = utf8(name.key());
        return ByteBuffer.allocate(8 + text.length)
                .putInt(name.platform())
                .put(text)
                .putInt(name.birth())
                .array();
    }

    public static RecordName name(byte[] bytes) {
        return name(bytes, 0, bytes.length);
    }

    static RecordName name(byte[] bytes, int from, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int birth = in.getInt(from + length - 4);
        return new RecordName(in.getInt(from), text(bytes, from + 4, length - 8), birth);
    }

    /** {@code field ++ value}; fields begin at {@link IdentifierKey#LINK}. */
    public static byte[] identifier(IdentifierKey key) {
        return identifier(key.field(), key.value());
    }

    public static byte[] identifier(int field, String value) {
        byte[] text = utf8(value);
        return ByteBuffer.allocate(4 + text.length)
                .putInt(field ^ Integer.MIN_VALUE)
                .put(text)
                .array();
    }

    public static IdentifierKey identifier(byte[] bytes) {
        int field = ByteBuffer.wrap(bytes).getInt() ^ Integer.MIN_VALUE;
        return new IdentifierKey(field, text(bytes, 4, bytes.length - 4));
    }

    /** {@code target platform ++ create ++ name}: of a want or a failure. */
    public static byte[] errand(int platform, boolean create, RecordName record) {
        byte[] name = name(record);
        return ByteBuffer.allocate(5 + name.length)
                .putInt(platform)
                .put((byte) (create ? 1 : 0))
                .put(name)
                .array();
    }

    public static int errandPlatform(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }

    public static boolean errandCreates(byte[] bytes) {
        return bytes[4] == 1;
    }

    public static RecordName errandRecord(byte[] bytes) {
        return name(bytes, 5, bytes.length - 5);
    }

    /** {@code kind of cause ++ its platform ++ its mark}: what all that one cause edited begins with. */
    public static byte[] editedBy(Cause cause) {
        return ByteBuffer.allocate(CAUSE_BYTES)
                .put((byte) cause.kind().ordinal())
                .putInt(cause.platform())
                .putLong(cause.mark())
                .array();
    }

    /** {@code cause ++ name}. */
    public static byte[] edited(Cause cause, RecordName record) {
        byte[] name = name(record);
        return ByteBuffer.allocate(CAUSE_BYTES + name.length)
                .put(editedBy(cause))
                .put(name)
                .array();
    }

    public static RecordName editedRecord(byte[] bytes) {
        return name(bytes, CAUSE_BYTES, bytes.length - CAUSE_BYTES);
    }

    /** {@code time ++ name}. */
    public static byte[] timer(long atMicros, RecordName record) {
        byte[] name = name(record);
        return ByteBuffer.allocate(8 + name.length).putLong(atMicros).put(name).array();
    }

    public static long timerMicros(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    public static RecordName timerRecord(byte[] bytes) {
        return name(bytes, 8, bytes.length - 8);
    }

    /** {@code length of name ++ name}: what all history of one record begins with. */
    public static byte[] historyOf(RecordName record) {
        byte[] name = name(record);
        return ByteBuffer.allocate(4 + name.length)
                .putInt(name.length)
                .put(name)
                .array();
    }

    /** {@code length of name ++ name ++ time ++ counter}. */
    public static byte[] history(RecordName record, long micros, int counter) {
        byte[] name = name(record);
        return ByteBuffer.allocate(16 + name.length)
                .putInt(name.length)
                .put(name)
                .putLong(micros)
                .putInt(counter)
                .array();
    }

    static RecordName historyRecord(byte[] bytes) {
        return name(bytes, 4, ByteBuffer.wrap(bytes).getInt());
    }

    static long historyMicros(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong(bytes.length - 12);
    }

    public static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    public static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    public static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    /** The least key greater than all that begin with {@code prefix}; null when there is none. */
    public static byte @org.jspecify.annotations.Nullable [] after(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] after = Arrays.copyOf(prefix, i + 1);
                after[i]++;
                return after;
            }
        }
        return null;
    }

    public static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
