package dev.lockstep.engine.store;

import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.RecordName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A line of history as bytes; record and time are in its key. Kinds are written by name: they may be reordered. */
final class FactCodec {
    private static final int VERSION = 1;

    private FactCodec() {}

    static byte[] encode(Fact fact) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, fact.kind().name());
            out.writeInt(fact.field());
            out.writeInt(fact.column());
            write(out, fact.before());
            write(out, fact.after());
            out.writeLong(fact.saidMicros());
            write(out, fact.source() == null ? null : fact.source().toString());
            write(out, fact.detail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Fact decode(byte[] key, byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int version = in.readByte();
            if (version != VERSION) throw new IOException("history line of version " + version);
            Fact.Kind kind = Fact.Kind.valueOf(text(in));
            int field = in.readInt();
            int column = in.readInt();
            String before = read(in);
            String after = read(in);
            long said = in.readLong();
            String source = read(in);
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String text(DataInputStream in) throws IOException {
        String text = read(in);
        return text == null ? "" : text;
    }
}
