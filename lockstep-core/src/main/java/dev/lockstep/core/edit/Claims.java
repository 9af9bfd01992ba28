package dev.lockstep.core.edit;

import dev.lockstep.core.lens.Split;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns an edit of a column into the claims of its record. */
final class Claims {
    /** Of identifiers that a record claimed long ago, the first and the newest are kept. */
    private static final int MOST_FORMERS = 64;

    private final Member member;
    /** What is found at first sight was said no later than this. */
    private final long readMicros;

    private final Context context;
    private final Step out;
    /** Nothing was known of the record before. */
    private final boolean isNew;

    Claims(Member member, long readMicros, Context context, Step out) {
        this.member = member;
        this.readMicros = readMicros;
        this.context = context;
        this.out = out;
        this.isNew = member.columns.isEmpty() && member.claims.isEmpty() && member.consents.isEmpty();
    }

    /** A record is seen for the first time: all that it says can be taken back together. */
    void firstSight() {
        if (isNew && !member.made()) remember(Undo.RECORD, Stamp.UNDATED, null, null, null);
    }

    private void remember(
            int field, long stampMicros, @Nullable Claim before, @Nullable ConsentLog log, @Nullable Former revived) {
        Undoing.remember(member, field, stampMicros, before, log, revived, context, out);
    }

    /** @return whether anything was said: a value that does not parse, or equals the one before, says nothing */
    boolean edit(
            Column column,
            ColumnState state,
            @Nullable String before,
            @Nullable String raw,
            Reading reading,
            Stamp stamp,
            boolean firstSight,
            boolean wasUnparsed) {
        if (!column.split().isEmpty()) return split(column, before, raw, stamp, firstSight);
        if (column.field() < 0) return false;
        Field field = context.model().field(column.field());
        if (reading instanceof Reading.Unparsed unparsed) {
            fact(Fact.Kind.UNPARSED, field, column, before, raw, stamp, unparsed.reason());
            return false;
        }
        Reading earlier = firstSight ? Reading.BLANK : column.lens().read(before);
        if (!firstSight && !wasUnparsed && reading.sameAs(earlier)) return false;
        if (firstSight && silentAtFirstSight(field, reading)) return false;
        long onTop = state.stampMicros;
        if (field.isConsent()) consent(field, earlier, reading, raw, stamp, onTop, firstSight);
        else if (field.type() == FieldType.SET) set(field, earlier, reading, raw, stamp, onTop, firstSight);
        else claim(field, Claim.of(reading.valueOrNull(), raw, stamp, onTop, firstSight));
        if (!firstSight) fact(Fact.Kind.EDIT, field, column, before, raw, stamp, "");
        return true;
    }

    /** A consent that was never asked says nothing. */
    private static boolean silentAtFirstSight(Field field, Reading reading) {
        if (!field.isConsent()) return false;
        Value value = reading.valueOrNull();
        return value == null || value.key().equals("unset");
    }

    private void claim(Field field, Claim claim) {
        member.said++;
        Claim last = member.claims.put(field.number(), claim);
        if (!isNew) remember(field.number(), claim.stamp().micros(), last, null, revived(field, claim));
        if (last != null && last.value() != null) {
            member.firstClaims.putIfAbsent(field.number(), last);
            if (field.identifies())
                former(
                        new IdentifierKey(field.number(), last.value().key()),
                        claim.stamp().micros());
        }
        if (field.identifies() && claim.value() != null) {
            IdentifierKey now = new IdentifierKey(field.number(), claim.value().key());
            member.formers.removeIf(former -> former.identifier().equals(now));
        }
    }

    /** Claiming it again makes it a former identifier no more. */
    private @Nullable Former revived(Field field, Claim claim) {
        if (!field.identifies() || claim.value() == null) return null;
        IdentifierKey now = new IdentifierKey(field.number(), claim.value().key());
        for (Former former : member.formers) if (former.identifier().equals(now)) return former;
        return null;
    }

    private void former(IdentifierKey identifier, long untilMicros) {
        member.formers.removeIf(former -> former.identifier().equals(identifier));
        member.formers.add(new Former(identifier, untilMicros));
        // The first stays: it is what the others of the customer have in common with it.
        if (member.formers.size() > MOST_FORMERS) member.formers.remove(1);
    }

    // ---- sets: each element has a stamp of its own

    private void set(
            Field field,
            Reading earlier,
            Reading reading,
            @Nullable String raw,
            Stamp stamp,
            long onTop,
            boolean first) {
        TreeSet<String> was = elements(earlier.valueOrNull());
        TreeSet<String> now = elements(reading.valueOrNull());
        Claim last = member.claims.get(field.number());
        TreeMap<String, Claim.Element> all = new TreeMap<>();
        if (last != null) for (Claim.Element element : last.elements()) all.put(element.element(), element);
        for (String element : now)
            if (!was.contains(element)) all.put(element, new Claim.Element(element, true, stamp));
        for (String element : was)
            if (!now.contains(element)) all.put(element, new Claim.Element(element, false, stamp));
        List<Claim.Element> elements = new ArrayList<>(all.values());
        claim(field, new Claim(reading.valueOrNull(), raw, stamp, onTop, first, List.copyOf(elements)));
    }

    private static TreeSet<String> elements(@Nullable Value value) {
        return value == null ? new TreeSet<>() : new TreeSet<>(SetValue.elements(value));
    }

    // ---- consent: a log, not a state

    private void consent(
            Field field,
            Reading earlier,
            Reading reading,
            @Nullable String raw,
            Stamp stamp,
            long onTop,
            boolean first) {
        String was =
                earlier.valueOrNull() == null ? "unset" : earlier.valueOrNull().key();
        String now =
                reading.valueOrNull() == null ? "unset" : reading.valueOrNull().key();
        boolean withdrawn = now.equals("withdrawn") || now.equals("unset") && was.equals("granted");
        boolean granted = now.equals("granted");
        if (!withdrawn && !granted) return;
        long seenMicros = first && !stamp.dated() ? readMicros : onTop;
        ConsentLog.Entry entry = new ConsentLog.Entry(stamp.micros(), seenMicros, first, raw);
        ConsentLog log = member.consents.getOrDefault(field.number(), ConsentLog.EMPTY);
        if (!isNew) remember(field.number(), stamp.micros(), null, log, null);
        // A record that is there again may show what is older than what it attested before.
        if (first && log.outdoes(entry, granted)) return;
        member.consents.put(
                field.number(),
                granted ? new ConsentLog(entry, log.withdrawn()) : new ConsentLog(log.granted(), entry));
    }

    // ---- one column, several fields

    private boolean split(Column column, @Nullable String before, @Nullable String raw, Stamp stamp, boolean first) {
        List<Reading> was = parts(column, before);
        List<Reading> now = parts(column, raw);
        boolean said = false;
        for (int i = 0; i < column.split().size(); i++) {
            if (!first && now.get(i).sameAs(was.get(i)) || now.get(i) instanceof Reading.Unparsed) continue;
            Field field = context.model().field(column.split().get(i));
            claim(field, Claim.of(now.get(i).valueOrNull(), raw, stamp, Stamp.UNDATED, first));
            if (!first) fact(Fact.Kind.EDIT, field, column, before, raw, stamp, "");
            said = true;
        }
        return said;
    }

    private List<Reading> parts(Column column, @Nullable String raw) {
        List<FieldType> types = column.split().stream()
                .map(number -> context.model().field(number).type())
                .toList();
        return new Split(types).read(raw);
    }

    private void fact(
            Fact.Kind kind,
            Field field,
            Column column,
            @Nullable String before,
            @Nullable String raw,
            Stamp stamp,
            String detail) {
        out.fact(new Fact(
                member.name,
                context.nowMicros(),
                kind,
                field.number(),
                column.number(),
                before,
                raw,
                stamp.micros(),
                null,
                detail));
    }
}
