package dev.lockstep.core.golden;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Member;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The golden record of one customer: for every field the value picked from its records' claims. */
public final class Golden {
    private final List<GoldenField> fields;
    private final long newestMicros;

    private Golden(List<GoldenField> fields) {
        this.fields = fields;
        long newest = GoldenField.NONE.micros();
        for (GoldenField field : fields) newest = Math.max(newest, field.micros());
        newestMicros = newest;
    }

    /** @param members the records of one customer, dead ones included: what they said was said */
    public static Golden of(Collection<Member> members, Model model) {
        GoldenField[] fields = new GoldenField[model.fields().size()];
        for (Field field : model.fields()) {
            fields[field.number()] = field.retired() || field.computed() != null
                    ? GoldenField.NONE
                    : KeepRules.of(field.keep()).choose(field, members, model);
        }
        Golden plain = new Golden(List.of(fields));
        return model.computes() ? plain.withComputed(model) : plain;
    }

    /** Computed fields see the claimed ones; one that uses another computed field sees it blank. */
    private Golden withComputed(Model model) {
        GoldenField[] all = fields.toArray(new GoldenField[0]);
        for (Field field : model.fields()) {
            if (field.computed() == null || field.retired()) continue;
            Value value = field.computed().evaluate(name -> value(model, name), field.type());
            all[field.number()] = new GoldenField(value, null, newestMicros(), List.of(), false);
        }
        return new Golden(List.of(all));
    }

    public GoldenField field(int number) {
        return number < fields.size() ? fields.get(number) : GoldenField.NONE;
    }

    public @Nullable Value value(Model model, String name) {
        Field field = model.fieldNamed(name);
        return field == null ? null : field(field.number()).value();
    }

    /** When the newest of its values was said. */
    public long newestMicros() {
        return newestMicros;
    }
}
