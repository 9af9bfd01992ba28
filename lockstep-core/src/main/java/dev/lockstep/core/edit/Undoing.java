package dev.lockstep.core.edit;

import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.ConsentLog;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what one cause has edited on a record: it says then what it would say had the cause never been. What was
 * edited since by others stands, and remembers as its own past the one before the cause.
 */
public final class Undoing {
    /** Of a record that many edit, the last few causes can be taken back. */
    private static final int MOST_CAUSES = 8;

    private static final long KEPT_MICROS = 7 * 86_400_000_000L;

    private final Member member;
    private final Context context;
    private final Step out;

    private Undoing(Member member, Context context, Step out) {
        this.member = member;
        this.context = context;
        this.out = out;
    }

    // ---- remembering

    /** An edit is about to be made. */
    static void remember(
            Member member,
            int field,
            long stampMicros,
            @Nullable Claim before,
            @Nullable ConsentLog log,
            @Nullable Former revived,
            Context context,
            Step out) {
        Cause cause = context.cause();
        // Before anything is planned nothing can be held; and only what a platform showed is somebody's edit.
        if (!context.planning() || !cause.edits()) return;
        long nowMicros = context.nowMicros();
        member.undos.removeIf(old -> old.heardMicros() < nowMicros - KEPT_MICROS);
        member.undos.add(new Undo(cause, field, stampMicros, before, log, revived, nowMicros));
        TreeSet<Integer> firsts = new TreeSet<>();
        List<Cause> seen = new ArrayList<>();
        for (int i = member.undos.size() - 1; i >= 0; i--) {
            Cause one = member.undos.get(i).cause();
            if (!seen.contains(one)) seen.add(one);
            if (seen.size() > MOST_CAUSES) firsts.add(i);
        }
        if (!firsts.isEmpty()) member.undos.subList(0, firsts.last() + 1).clear();
        out.edited(member.name, cause);
    }

    // ---- taking back

    /** @return whether there was anything to take back */
    public static boolean takeBack(Member member, Cause cause, Context context, Step out) {
        Undoing undoing = new Undoing(member, context, out);
        boolean any = false;
        for (int i = member.undos.size() - 1; i >= 0; i--) {
            if (!member.undos.get(i).cause().equals(cause)) continue;
            undoing.take(member.undos.remove(i), member.undos.subList(i, member.undos.size()));
            any = true;
        }
        if (any) member.said++;
        return any;
    }

    /** @param later what was edited after that */
    private void take(Undo undo, List<Undo> later) {
        if (undo.field() == Undo.GONE) gone(undo);
        else if (undo.field() == Undo.RECORD) firstSight(later);
        else if (undo.log() != null) consent(undo, undo.log(), later);
        else claim(undo, later);
    }

    private void gone(Undo undo) {
        boolean stillSo = !member.live && member.removal == Member.Removal.NONE;
        if (!stillSo || member.goneMicros != undo.stampMicros()) return;
        member.removal = Member.Removal.RETURNS;
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.REJECTED, "it is made again: " + WORD));
    }

    private static final String WORD = "an operator has taken the change back";

    private void firstSight(List<Undo> later) {
        member.claims.values().removeIf(Claim::firstSight);
        member.firstClaims.values().removeIf(Claim::firstSight);
        member.consents.replaceAll((field, log) -> new ConsentLog(unfound(log.granted()), unfound(log.withdrawn())));
        member.consents.values().removeIf(ConsentLog.EMPTY::equals);
        for (int i = 0; i < later.size(); i++) {
            Undo next = later.get(i);
            if (next.before() != null && next.before().firstSight()) later.set(i, next.withBefore(null));
            ConsentLog log = next.log();
            if (log == null) continue;
            later.set(i, next.withLog(new ConsentLog(unfound(log.granted()), unfound(log.withdrawn()))));
        }
        String detail = "what the record said when it was new counts no more: " + WORD;
        out.fact(Fact.of(member.name, context.nowMicros(), Fact.Kind.REJECTED, detail));
    }

    private static ConsentLog.@Nullable Entry unfound(ConsentLog.@Nullable Entry entry) {
        return entry == null || entry.found() ? null : entry;
    }

    // ---- consent: what was attested goes, and stays in the history with the operator's word against it

    private void consent(Undo undo, ConsentLog before, List<Undo> later) {
        ConsentLog now = member.consents.getOrDefault(undo.field(), ConsentLog.EMPTY);
        ConsentLog restored = without(now, undo.stampMicros(), before);
        if (restored.equals(ConsentLog.EMPTY)) member.consents.remove(undo.field());
        else member.consents.put(undo.field(), restored);
        for (int i = 0; i < later.size(); i++) {
            Undo next = later.get(i);
            if (next.field() != undo.field() || next.log() == null) continue;
            later.set(i, next.withLog(without(next.log(), undo.stampMicros(), before)));
        }
        boolean withdrew = now.withdrawn() != null && now.withdrawn().micros() == undo.stampMicros();
        fact(undo, withdrew ? "withdrawn" : "granted", null);
    }

    private static ConsentLog without(ConsentLog log, long micros, ConsentLog before) {
        return new ConsentLog(
                log.granted() != null && log.granted().micros() == micros ? before.granted() : log.granted(),
                log.withdrawn() != null && log.withdrawn().micros() == micros ? before.withdrawn() : log.withdrawn());
    }

    // ---- all other fields

    private void claim(Undo undo, List<Undo> later) {
        int field = undo.field();
        Claim before = undo.before();
        Claim now = member.claims.get(field);
        Claim rejected = null;
        if (isOf(undo, now)) {
            rejected = now;
            if (before == null) member.claims.remove(field);
            else member.claims.put(field, before);
            unformer(field, before);
        } else if (now != null) {
            member.claims.put(field, withoutElements(now, undo));
        }
        boolean found = rejected != null;
        for (int i = 0; i < later.size(); i++) {
            Undo next = later.get(i);
            if (next.field() != field || next.before() == null) continue;
            if (!found && isOf(undo, next.before())) {
                rejected = next.before();
                unformer(field, rejected);
                later.set(i, next.withBefore(before));
                found = true;
            } else {
                later.set(i, next.withBefore(withoutElements(next.before(), undo)));
            }
        }
        Claim first = member.firstClaims.get(field);
        if (first != null && (isOf(undo, first) || first.equals(member.claims.get(field)))) {
            member.firstClaims.remove(field);
        }
        if (undo.revived() != null) member.formers.add(undo.revived());
        if (rejected != null) fact(undo, rejected.raw(), before == null ? null : before.raw());
    }

    private static boolean isOf(Undo undo, @Nullable Claim claim) {
        return claim != null && claim.stamp().micros() == undo.stampMicros();
    }

    /** What is claimed, or was never rightly claimed, is no former identifier. */
    private void unformer(int field, @Nullable Claim claim) {
        if (claim == null || claim.value() == null) return;
        IdentifierKey key = new IdentifierKey(field, claim.value().key());
        member.formers.removeIf(former -> former.identifier().equals(key));
    }

    /** A set: the elements that the edit added or removed are as they were before it. */
    private static Claim withoutElements(Claim claim, Undo undo) {
        if (claim.elements().stream().noneMatch(element -> element.stamp().micros() == undo.stampMicros())) {
            return claim;
        }
        TreeMap<String, Claim.Element> elements = new TreeMap<>();
        Claim before = undo.before();
        if (before != null) for (Claim.Element element : before.elements()) elements.put(element.element(), element);
        for (Claim.Element element : claim.elements()) {
            if (element.stamp().micros() != undo.stampMicros()) elements.put(element.element(), element);
        }
        return new Claim(
                claim.value(),
                claim.raw(),
                claim.stamp(),
                claim.onTopMicros(),
                claim.firstSight(),
                List.copyOf(elements.values()));
    }

    private void fact(Undo undo, @Nullable String rejected, @Nullable String restored) {
        if (Objects.equals(rejected, restored)) return;
        out.fact(new Fact(
                member.name,
                context.nowMicros(),
                Fact.Kind.REJECTED,
                undo.field(),
                -1,
                rejected,
                restored,
                undo.stampMicros(),
                null,
                WORD));
    }
}
