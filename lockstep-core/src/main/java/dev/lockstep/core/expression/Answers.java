package dev.lockstep.core.expression;

import dev.cel.runtime.CelVariableResolver;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Answers the names in an expression for one evaluation, and notes which fields had no value. */
final class Answers implements CelVariableResolver {

    /** As the present moment: not known. */
    static final long NEVER = Long.MIN_VALUE;

    private final Map<String, FieldType> types;
    private final Lookup lookup;
    private final long nowMicros;
    private int found;
    private int lacking;

    Answers(Map<String, FieldType> types, Lookup lookup, long nowMicros) {
        this.types = types;
        this.lookup = lookup;
        this.nowMicros = nowMicros;
    }

    /** Some field that was asked for had no value. */
    boolean lacked() {
        return lacking > 0;
    }

    /** No field that was asked for had a value, and some was asked for. */
    boolean lackedAll() {
        return lacking > 0 && found == 0;
    }

    @Override
    public Optional<Object> find(String name) {
        FieldType type = types.get(name);
        if (type != null) {
            return field(name, type);
        }
        return switch (name) {
            case Environment.NOW -> nowMicros == NEVER ? Optional.empty() : Optional.of(now());
            case "granted", "withdrawn", "unset" -> Optional.of(name);
            default ->
                name.startsWith(Environment.AUDIENCE)
                        ? Optional.of(lookup.inAudience(name.substring(Environment.AUDIENCE.length())))
                        : Optional.empty();
        };
    }

    private Instant now() {
        return Instant.ofEpochSecond(Math.floorDiv(nowMicros, 1_000_000L), Math.floorMod(nowMicros, 1_000_000L) * 1000);
    }

    private Optional<Object> field(String name, FieldType type) {
        Value value = lookup.value(name);
        if (value != null) {
            found++;
            return Optional.of(Types.cel(type, value));
        }
        lacking++;
        return Types.absent(type);
    }
}
