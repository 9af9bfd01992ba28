package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Member;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * After a change of the workspace: what a record said is read again by the types and formats of now, with the same
 * stamps. What does not parse any more stays as it was read; an unchanged value is never an edit.
 */
public final class Reread {
    private final Member member;
    private final Context context;
    private final Step out;

    private Reread(Member member, Context context, Step out) {
        this.member = member;
        this.context = context;
        this.out = out;
    }

    public static void claims(Member member, Context context, Step out) {
        PlatformModel platform = context.model().platform(member.name.platform());
        if (!platform.heard()) return;
        Reread reread = new Reread(member, context, out);
        for (Column column : platform.columns()) {
            ColumnState state = member.column(column.number());
            if (state == null || !column.heard() || !column.first() || column.field() < 0) continue;
            reread.column(column, state);
        }
    }

    private void column(Column column, ColumnState state) {
        Field field = context.model().field(column.field());
        Reading held = column.lens().read(state.raw);
        Claim claim = member.claims.get(field.number());
        boolean said = claim != null || member.consents.containsKey(field.number());
        if (claim != null && !field.isConsent()) {
            again(member.claims, field, column);
            again(member.firstClaims, field, column);
        } else if (claim != null) {
            member.claims.remove(field.number());
            member.firstClaims.remove(field.number());
            found(column, state, claim.raw(), claim.stamp());
        } else if (!said && state.wroteMicros == 0 && !member.made()) {
            // The column carried another field before, or did not parse.
            found(column, state, state.raw, new Stamp(state.stampMicros, member.name.platform()));
        }
        state.unparsed = held instanceof Reading.Unparsed unparsed ? unparsed.reason() : null;
    }

    private void found(Column column, ColumnState state, @Nullable String raw, Stamp stamp) {
        Reading reading = column.lens().read(raw);
        if (reading instanceof Reading.Unparsed || reading.isBlank()) return;
        new Claims(member, context.nowMicros(), context, out)
                .edit(column, state, null, raw, reading, stamp, true, false);
    }

    private static void again(Map<Integer, Claim> claims, Field field, Column column) {
        Claim claim = claims.get(field.number());
        if (claim == null || claim.raw() == null) return;
        Reading reading = column.lens().read(claim.raw());
        if (reading instanceof Reading.Unparsed) return;
        Value value = reading.valueOrNull();
        List<Claim.Element> elements = field.type() == FieldType.SET ? elements(claim, value) : List.of();
        claims.put(
                field.number(),
                new Claim(value, claim.raw(), claim.stamp(), claim.onTopMicros(), claim.firstSight(), elements));
    }

    /**
     * Each as old as it was. What it held and never spoke of, we put there: that stays unsaid. What could not be read
     * before is as old as the claim. What it said in an earlier life, and did not hold when it was last read, stays.
     */
    private static List<Claim.Element> elements(Claim claim, @Nullable Value value) {
        TreeMap<String, Claim.Element> spoken = new TreeMap<>();
        for (Claim.Element element : claim.elements()) spoken.put(element.element(), element);
        TreeSet<String> held = spoken.isEmpty() ? new TreeSet<>() : elementsOf(claim.value());
        TreeSet<String> now = elementsOf(value);
        spoken.values()
                .removeIf(element ->
                        element.added() && held.contains(element.element()) && !now.contains(element.element()));
        for (String element : now) {
            if (!held.contains(element)) spoken.put(element, new Claim.Element(element, true, claim.stamp()));
        }
        return List.copyOf(spoken.values());
    }

    private static TreeSet<String> elementsOf(@Nullable Value value) {
        return value == null ? new TreeSet<>() : new TreeSet<>(SetValue.elements(value));
    }
}
