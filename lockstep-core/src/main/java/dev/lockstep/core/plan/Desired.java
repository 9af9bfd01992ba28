package dev.lockstep.core.plan;

import dev.lockstep.core.golden.GoldenField;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write.Cell;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.Former;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Removal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one record should hold, against what it holds. */
public final class Desired {
    private final Model model;
    private final GroupState group;
    private final Customer customer;
    private final long nowMicros;
    private final @Nullable Deletion deletion;

    public Desired(Model model, GroupState group, Customer customer, long nowMicros) {
        this.model = model;
        this.group = group;
        this.customer = customer;
        this.nowMicros = nowMicros;
        this.deletion = Deletion.of(customer, model);
    }

    /** The columns of {@code member} to be written, each with its precondition. */
    public Draft of(Member member) {
        Draft draft = new Draft();
        PlatformModel platform = model.platform(member.name.platform());
        if (!member.live || !platform.writable()) return draft;
        boolean inScope = Scope.holds(platform.where(), customer.golden(), model);
        boolean stays = deletion == null || deletion.outlivedBy(member) || deletion.madeSince(member);
        Deletion spread = stays ? null : deletion;
        for (Column column : platform.columns()) {
            if (!column.written() || (!inScope || spread != null) && !model.isConsent(column)) continue;
            if (!restored(draft, member, column)) column(draft, member, platform, column);
        }
        if (draft.isEmpty() && spread != null) {
            delete(draft, member, Removal.SPREAD, spread.micros(), spread.record());
        } else if (draft.isEmpty() && !inScope && platform.leave() == Leave.DELETE) {
            delete(draft, member, Removal.LEFT, customer.golden().newestMicros(), null);
        } else if (draft.isEmpty() && !inScope && platform.leave() == Leave.ARCHIVE) {
            for (Column column : platform.columns()) archive(draft, member, column);
        }
        if (deletion != null && deletion.editedAfter(member)) draft.review = deletion.review(model);
        return draft;
    }

    // ---- who leaves is archived, and comes back as it was

    private void archive(Draft draft, Member member, Column column) {
        ColumnState state = member.column(column.number());
        Value archived = column.archive();
        if (archived == null || column.retired() || column.generated() || state == null) return;
        String actual = member.actual(column.number());
        if (column.lens().agrees(actual, archived)) return;
        Wish wish = new Wish(archived, customer.golden().newestMicros(), null);
        String desired = column.lens().write(archived, actual);
        if (leftAlone(draft, column, state, desired, wish)) return;
        draft.add(new Cell(column.number(), desired, actual), wish.micros(), null);
        draft.risk |= Due.DELETES;
    }

    /** What was said of a column since counts for more than what it held when we archived the record. */
    private boolean restored(Draft draft, Member member, Column column) {
        ColumnState state = member.column(column.number());
        Value archived = column.archive();
        if (archived == null || state == null || !state.archived) return false;
        if (Wish.of(column, customer.golden(), model) != null) return false;
        String actual = member.actual(column.number());
        Wish wish = new Wish(archived, customer.golden().newestMicros(), null);
        if (!column.lens().agrees(actual, archived) || leftAlone(draft, column, state, state.kept, wish)) return true;
        draft.add(new Cell(column.number(), state.kept, actual), wish.micros(), null);
        draft.risk |= Due.CHANGES;
        return true;
    }

    /**
     * Valid only while every mapped column still holds what it is known to hold. What a create of ours did not send is
     * not known before the stream has shown the record: until then a person may have said something there.
     */
    private void delete(Draft draft, Member member, Removal removal, long micros, @Nullable RecordName by) {
        if (!member.acked.isEmpty() && lacksColumns(member)) {
            draft.paused = true;
            return;
        }
        for (Column column : model.platform(member.name.platform()).columns()) {
            if (column.retired() || member.column(column.number()) == null) continue;
            draft.add(new Cell(column.number(), null, member.actual(column.number())), micros, by);
        }
        // Of whom nothing is known nothing can be compared.
        if (!draft.isEmpty()) draft.removal = removal;
    }

    private boolean lacksColumns(Member member) {
        for (Column column : model.platform(member.name.platform()).columns()) {
            if (!column.retired() && column.heard() && member.column(column.number()) == null) return true;
        }
        return false;
    }

    private void column(Draft draft, Member member, PlatformModel platform, Column column) {
        ColumnState state = member.column(column.number());
        if (state == null) return;
        Wish said = Wish.of(column, customer.golden(), model);
        Wish wish = said == null ? Wish.unsaid(column, state, model) : said;
        if (wish == null || wish.value() == null && (column.required() || column.key())) return;
        if (state.unparsed != null && !platform.standardize()) {
            draft.unparsed.add(new Draft.Unparsed(column.number(), state.unparsed));
            return;
        }
        String actual = member.actual(column.number());
        if (!platform.standardize() && column.lens().agrees(actual, wish.value())) return;
        if (column.lens().roundTrip(wish.value(), actual) instanceof Reading.Unparsed(String reason)) {
            draft.unparsed.add(new Draft.Unparsed(column.number(), reason));
            return;
        }
        String desired = column.lens().write(wish.value(), actual);
        if (Objects.equals(actual, desired)) return;
        // What the platform made of exactly this value is its own spelling of it.
        if (state.wroteMicros != 0 && Objects.equals(state.wrote, desired)) return;
        if (leftAlone(draft, column, state, desired, wish)) return;
        if (said != null && !mayHold(member, platform, column, wish)) return;
        if (isTaken(member, column, state, desired, wish.value())) {
            draft.taken = true;
            return;
        }
        draft.add(new Cell(column.number(), desired, actual), wish.micros(), wish.by());
        draft.risk |= risk(column, actual, wish.value());
        draft.urgent |= withdraws(column, wish);
    }

    /** Filling a blank, and spelling a value otherwise, count for nothing. */
    private int risk(Column column, @Nullable String actual, @Nullable Value wanted) {
        Reading held = column.lens().read(actual);
        if (held.isBlank()) return 0;
        Value value = held.valueOrNull();
        if (model.isConsent(column)) {
            boolean granted = value != null && value.key().equals("granted");
            if (granted) return Due.LOSES;
            return wanted != null && wanted.key().equals("granted") ? Due.CHANGES : 0;
        }
        if (wanted == null) return Due.LOSES;
        return value != null && value.sameAs(wanted) ? 0 : Due.CHANGES;
    }

    /** The platform has changed it back: it waits, or, after some rounds, is contested. A withdrawal goes on. */
    private boolean leftAlone(Draft draft, Column column, ColumnState state, @Nullable String desired, Wish wish) {
        if (!Objects.equals(desired, state.wrote)) return false;
        boolean waits = state.pausedUntilMicros > nowMicros;
        if (state.contested) draft.contested.add(column.number());
        else if (waits) draft.paused = true;
        return waits || state.contested && !withdraws(column, wish);
    }

    private boolean withdraws(Column column, Wish wish) {
        return model.isConsent(column)
                && (wish.value() == null || !wish.value().key().equals("granted"));
    }

    // ---- several records of one customer on one platform

    /**
     * What tells records apart goes to one of them only: to the record that holds it, else to the one that holds the
     * value it replaced; else none changes.
     */
    private boolean mayHold(Member member, PlatformModel platform, Column column, Wish wish) {
        boolean tellsApart = column.key()
                || column.unique()
                || column.field() >= 0 && model.field(column.field()).identifies();
        if (!tellsApart) return true;
        List<Member> live = customer.liveOn(platform.number());
        if (live.size() == 1) return true;
        for (Member one : live) if (column.lens().agrees(one.actual(column.number()), wish.value())) return false;
        return member == holderOfReplaced(live, column);
    }

    /** The record that holds the newest value that golden has replaced. */
    private @Nullable Member holderOfReplaced(List<Member> live, Column column) {
        if (column.field() < 0) return null;
        GoldenField golden = customer.golden().field(column.field());
        if (golden.by() == null) return null;
        Member winner = group.members.get(golden.by());
        if (winner == null) return null;
        for (int i = winner.formers.size() - 1; i >= 0; i--) {
            Former former = winner.formers.get(i);
            if (former.identifier().field() != column.field()) continue;
            for (Member one : live) {
                IdentifierKey held = identifier(column, one.actual(column.number()));
                if (former.identifier().equals(held)) return one;
            }
        }
        return null;
    }

    private static @Nullable IdentifierKey identifier(Column column, @Nullable String raw) {
        Value value = column.lens().read(raw).valueOrNull();
        return value == null ? null : new IdentifierKey(column.field(), value.key());
    }

    // ---- values that another customer's record holds

    private boolean isTaken(
            Member member, Column column, ColumnState state, @Nullable String desired, @Nullable Value value) {
        if (desired != null && desired.equals(state.taken)) return true;
        if (value == null || !column.key() && !column.unique()) return false;
        return heldByAnother(member.name.platform(), column, value);
    }

    /** Within the group another customer's live record holds this value there. */
    boolean heldByAnother(int platform, Column column, Value value) {
        if (group.members.size() == customer.members().size()) return false;
        for (Member other : group.members.values()) {
            if (!other.live || other.name.platform() != platform || other.customer.equals(customer.id())) continue;
            Value held = column.lens().read(other.actual(column.number())).valueOrNull();
            if (held != null && held.sameAs(value)) return true;
        }
        return false;
    }
}
