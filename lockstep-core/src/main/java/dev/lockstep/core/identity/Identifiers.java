package dev.lockstep.core.identity;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which identifiers a record claims, claimed or holds.
 *
 * <pre>
 * CURRENT = what it claims of fields that identify, and each "same" a person said of it
 * FORMER  = what it claimed of them before
 * HOLDS   = what its identifying, unique and key columns hold without a claim of its own: what Lockstep wrote there
 * GONE    = of a record that is gone, all it claimed, now or before
 * </pre>
 *
 * An identifier has the first of these kinds that applies; WRITTEN_OVER stands for CURRENT where the record holds
 * another value that we have written there since.
 */
public final class Identifiers {
    private Identifiers() {}

    /** All of a member's identifiers, by key. Depends on the member's facts and the workspace alone. */
    public static SortedMap<IdentifierKey, Kind> of(Member member, Model model) {
        TreeMap<IdentifierKey, Kind> identifiers = new TreeMap<>();
        for (Decision decision : member.decisions.values()) {
            // Also of a record that is gone: a person's word outlives it.
            if (decision.same()) identifiers.put(IdentifierKey.link(member.name, decision.other()), Kind.CURRENT);
        }
        member.claims.forEach((field, claim) -> {
            if (!identifies(model, field)) return;
            Kind held = isWrittenOver(field, claim, member, model) ? Kind.WRITTEN_OVER : Kind.CURRENT;
            claimed(field, claim, member.live ? held : Kind.GONE, identifiers);
        });
        for (Former former : member.formers) {
            if (identifies(model, former.identifier().field())) {
                identifiers.putIfAbsent(former.identifier(), member.live ? Kind.FORMER : Kind.GONE);
            }
        }
        if (member.live) held(member, model, identifiers);
        return identifiers;
    }

    private static boolean identifies(Model model, int number) {
        if (number < 0 || number >= model.fields().size()) return false;
        Field field = model.field(number);
        return field.identifies() && !field.retired();
    }

    private static void claimed(int field, Claim claim, Kind kind, TreeMap<IdentifierKey, Kind> identifiers) {
        if (!claim.elements().isEmpty()) {
            for (Claim.Element element : claim.elements()) {
                if (element.added()) identifiers.put(new IdentifierKey(field, element.element()), kind);
            }
            return;
        }
        Value value = claim.value();
        if (value != null) identifiers.put(new IdentifierKey(field, value.key()), kind);
    }

    /** What an edit on it said is its word still, when another's later word was written there. */
    private static boolean isWrittenOver(int field, Claim claim, Member member, Model model) {
        Value said = claim.value();
        if (said == null) return false;
        for (Column column : model.platform(member.name.platform()).columns()) {
            if (column.field() != field || !column.first() || column.retired()) continue;
            String raw = member.actual(column.number());
            if (raw == null || raw.equals(claim.raw())) return false;
            Value there = column.lens().read(raw).valueOrNull();
            return there != null && !there.key().equals(said.key());
        }
        return false;
    }

    private static void held(Member member, Model model, TreeMap<IdentifierKey, Kind> identifiers) {
        for (Column column : model.platform(member.name.platform()).columns()) {
            if (!takes(column, model)) continue;
            String raw = member.actual(column.number());
            // What it claims itself is there already; reading may take long.
            if (raw == null) continue;
            if (identifies(model, column.field()) && isOwn(member.claims.get(column.field()), raw)) continue;
            Value value = column.lens().read(raw).valueOrNull();
            if (value != null) identifiers.putIfAbsent(new IdentifierKey(column.field(), value.key()), Kind.HOLDS);
        }
    }

    /** A value in this column is one that no other record of the platform, or of the field, should be given. */
    private static boolean takes(Column column, Model model) {
        if (!column.heard() || column.field() < 0) return false;
        return column.key() || column.unique() || identifies(model, column.field());
    }

    private static boolean isOwn(@Nullable Claim claim, String raw) {
        return claim != null && claim.value() != null && raw.equals(claim.raw());
    }
}
