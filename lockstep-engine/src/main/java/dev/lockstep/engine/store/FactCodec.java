package dev.lockstep.engine.store;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A line of history as bytes; record and time are in its key. Kinds are written by name: they may be reordered. */
final class FactCodec {
    private static final int VERSION = 1;
    private static final int FIXED = 1 + 4 + 4 + 8 + 5 * 4;

    private FactCodec() {}

    static byte[] encode(Fact fact) {
        byte[] kind = bytes(fact.kind().name());
        byte[] before = bytes(fact.before());
        byte[] after = bytes(fact.after());
        byte[] source = bytes(fact.source() == null ? null : fact.source().toString());
        byte[] detail = bytes(fact.detail());
        ByteBuffer out = ByteBuffer.allocate(
                FIXED + length(kind) + length(before) + length(after) + length(source) + length(detail));
        out.put((byte) VERSION);
        put(out, kind);
        out.putInt(fact.field()).putInt(fact.column());
        put(out, before);
        put(out, after);
        out.putLong(fact.saidMicros());
        put(out, source);
        put(out, detail);
        return out.array();
    }

    /** @throws IllegalStateException when it is damaged, or of another version */
    static Fact decode(byte[] key, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        try {
            int version = in.get();
            if (version != VERSION) throw new IllegalStateException("a history line of version " + version);
            Fact.Kind kind = Fact.Kind.valueOf(text(in));
            int field = in.getInt();
            int column = in.getInt();
            String before = textOrNull(in);
            String after = textOrNull(in);
            long said = in.getLong();
            String source = textOrNull(in);
            return new Fact(
                    Keys.historyRecord(key),
                    Keys.historyMicros(key),
                    kind,
                    field,
                    column,
                    before,
                    after,
                    said,
                    source == null ? null : RecordName.parse(source),
                    text(in));
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("a history line ends too early", e);
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static int length(byte @Nullable [] text) {
        return text == null ? 0 : text.length;
    }

    private static void put(ByteBuffer out, byte @Nullable [] text) {
        out.putInt(text == null ? -1 : text.length);
        if (text != null) out.put(text);
    }

    private static @Nullable String textOrNull(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) return null;
        if (length > in.remaining()) throw new BufferUnderflowException();
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in) {
        String text = textOrNull(in);
        return text == null ? "" : text;
    }
}
