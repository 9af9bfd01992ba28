package dev.lockstep.engine.query;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds records and the groups that hold them, in what is durable. */
public final class Finder {
    private final Store store;
    private final Model model;

    public Finder(Store store, Model model) {
        this.store = store;
        this.model = model;
    }

    /** What a person may call a customer by: a record's name, {@code platform:key}, or the value of an identifier. */
    public @Nullable RecordName find(String text) {
        RecordName name = RecordName.parse(text);
        if (name != null && born(name) != null) return name;
        int colon = text.indexOf(':');
        if (colon > 0) {
            for (PlatformModel platform : model.platforms()) {
                if (!platform.name().equals(text.substring(0, colon))) continue;
                RecordName there = occupant(platform.number(), text.substring(colon + 1));
                if (there != null) return there;
            }
        }
        for (Field field : identifying()) {
            RecordName by = byIdentifier(field, text);
            if (by != null) return by;
        }
        return null;
    }

    /** Who bears this value of a field, however it is spelled: who claims it now before who did. */
    public @Nullable RecordName byIdentifier(Field field, String text) {
        Value value = Normalisers.of(field.type()).read(text, field.settings()).valueOrNull();
        return value == null ? null : bearer(new IdentifierKey(field.number(), value.key()));
    }

    @Nullable
    RecordName bearer(IdentifierKey key) {
        byte[] stored = store.get(Family.IDENTIFIERS, Keys.identifier(key));
        if (stored == null) return null;
        IdentifierState state = StateCodec.decodeIdentifier(stored);
        return state.rows.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().kind()))
                .map(java.util.Map.Entry::getKey)
                .orElse(null);
    }

    List<Field> identifying() {
        List<Field> fields = new ArrayList<>();
        for (Field field : model.fields()) if (field.identifies() && !field.retired()) fields.add(field);
        fields.sort(Comparator.comparingInt(Field::order));
        return fields;
    }

    /** Who lives under a key now. */
    public @Nullable RecordName occupant(int platform, String key) {
        RecordState state = slot(platform, key);
        return state == null ? null : state.occupant;
    }

    public @Nullable RecordState slot(int platform, String key) {
        byte[] stored = store.get(Family.RECORDS, Keys.slot(platform, key));
        return stored == null ? null : StateCodec.decodeRecord(stored);
    }

    public RecordState.@Nullable Born born(RecordName name) {
        Address.Slot slot = Address.Slot.of(name);
        RecordState state = slot(slot.platform(), slot.key());
        return state == null || name.birth() >= state.born.size() ? null : state.born.get(name.birth());
    }

    /** The group that holds a record's token; null when there is no such record. */
    public @Nullable GroupState groupOf(RecordName name) {
        // The token may move between the two reads: the second look finds it.
        for (int i = 0; i < 5; i++) {
            RecordState.Born born = born(name);
            if (born == null) return null;
            GroupState group = group(born.owner);
            if (group != null && group.members.containsKey(name)) return group;
        }
        return null;
    }

    public @Nullable GroupState group(RecordName least) {
        byte[] stored = store.get(Family.GROUPS, Keys.name(least));
        return stored == null ? null : StateCodec.decodeGroup(stored);
    }
}
