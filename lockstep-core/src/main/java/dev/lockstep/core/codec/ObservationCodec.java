package dev.lockstep.core.codec;

import dev.lockstep.core.model.Observation;
import org.jspecify.annotations.Nullable;

/** An observation that waits in a state, as bytes. */
final class ObservationCodec {
    private static final Observation.Origin[] ORIGINS = Observation.Origin.values();
    private static final int ABSENT = 2;

    private ObservationCodec() {}

    static void write(ByteWriter out, Observation seen) {
        out.text(seen.key());
        out.textOrNull(seen.renamedFrom());
        out.single(seen.origin().ordinal());
        out.flag(seen.gone());
        out.number(seen.raw().length);
        for (String raw : seen.raw()) {
            out.single(raw == Observation.ABSENT ? ABSENT : raw == null ? 0 : 1);
            if (raw != null && raw != Observation.ABSENT) out.text(raw);
        }
        out.version(seen.version());
        FactsCodec.stamp(out, seen.datedMicros());
        out.micros(seen.observedMicros(), 0);
        out.micros(seen.readBeganMicros(), 0);
        out.number(seen.ownWrite());
    }

    static Observation read(ByteReader in, int platform) {
        String key = in.text();
        String renamedFrom = in.textOrNull();
        Observation.Origin origin = Parts.one(ORIGINS, in.single());
        boolean gone = in.flag();
        @Nullable String[] raw = new String[in.count()];
        for (int column = 0; column < raw.length; column++) {
            int kind = in.single();
            if (kind != 0) raw[column] = kind == ABSENT ? Observation.ABSENT : in.text();
        }
        return new Observation(
                platform,
                key,
                renamedFrom,
                origin,
                gone,
                raw,
                in.version(),
                FactsCodec.stamp(in),
                in.micros(0),
                in.micros(0),
                in.number());
    }
}
