package dev.lockstep.core.plan;

import dev.lockstep.core.golden.GoldenField;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write.Cell;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records that a customer lacks. */
public final class Creates {
    private final Model model;
    private final GroupState group;
    private final Customer customer;

    public Creates(Model model, GroupState group, Customer customer) {
        this.model = model;
        this.group = group;
        this.customer = customer;
    }

    /** What a new record of this customer there would hold; null when none is to be made. */
    public @Nullable Draft on(PlatformModel platform) {
        Draft draft = keyOn(platform);
        if (draft == null) return null;
        for (Column column : platform.columns()) if (column.written()) column(draft, column);
        return draft;
    }

    /** Of {@link #on} only what the record would be known by. */
    public @Nullable Draft keyOn(PlatformModel platform) {
        if (platform.retired() || !platform.writable() || !customer.live()) return null;
        if (!customer.liveOn(platform.number()).isEmpty()) return null;
        // An operator's word puts back also where Lockstep makes nobody.
        boolean returns = customer.returnsTo(platform.number());
        if (!returns && (!platform.create() || deletedThere(platform))) return null;
        Deletion deletion = Deletion.of(customer, model);
        if (deletion != null && !deletion.outlived(customer)) return null;
        if (!Scope.holds(platform.where(), customer.golden(), model)) return null;
        if (!returns && !Scope.holds(platform.createIf(), customer.golden(), model)) return null;
        Draft draft = new Draft();
        naturalKey(platform, draft);
        if (draft.naturalKey.isEmpty()) return null;
        if (returns && !platform.keyIsMapped()) draft.key = customer.keyThere(platform.number());
        return draft;
    }

    /** Who was deleted there is not made there again; who only left its scope is. */
    private boolean deletedThere(PlatformModel platform) {
        if (platform.onDelete() == PlatformModel.OnDelete.RECREATE) return false;
        Member last = customer.lastGoneFrom(platform.number());
        return last != null && last.removal != Member.Removal.LEFT;
    }

    /**
     * The platform's key where all of it is mapped, else each golden value of its mapped identifying columns. A phone
     * is asked for only where there is nothing else: families share one, and are different people all the same.
     */
    private void naturalKey(PlatformModel platform, Draft draft) {
        List<Column> keys = platform.columns().stream()
                .filter(column -> column.key() && column.written() && column.field() >= 0)
                .toList();
        if (!keys.isEmpty()) {
            for (Column column : keys) {
                Cell cell = cell(column);
                if (cell == null) {
                    draft.naturalKey.clear();
                    return;
                }
                draft.naturalKey.add(cell);
            }
            return;
        }
        List<Cell> phones = new ArrayList<>();
        for (Field field : model.identifying()) {
            if (identifiesNobody(field)) continue;
            for (Column column : platform.columns()) {
                if (column.retired() || column.field() != field.number() || !column.first()) continue;
                Cell cell = cell(column);
                if (cell != null) (field.type() == FieldType.PHONE ? phones : draft.naturalKey).add(cell);
            }
        }
        if (draft.naturalKey.isEmpty()) draft.naturalKey.addAll(phones);
    }

    /** A shared address or phone names no one, so it is nobody's natural key. */
    private boolean identifiesNobody(Field field) {
        Value value = customer.golden().field(field.number()).value();
        if (value == null) return false;
        IdentifierKey key = new IdentifierKey(field.number(), value.key());
        int newest = -1;
        Member.Level level = Member.Level.ALL;
        for (Member member : customer.members()) {
            Member.Standing standing = member.standings.get(key);
            if (standing == null || standing.version() <= newest) continue;
            newest = standing.version();
            level = standing.level();
        }
        return level == Member.Level.NOBODY;
    }

    private @Nullable Cell cell(Column column) {
        Value value = customer.golden().field(column.field()).value();
        if (value == null || column.lens().roundTrip(value, null) instanceof Reading.Unparsed) return null;
        return new Cell(column.number(), column.lens().write(value, null), null);
    }

    private void column(Draft draft, Column column) {
        Wish wish = Wish.of(column, customer.golden(), model);
        boolean consent = model.isConsent(column);
        if (consent && (wish == null || wish.value() == null)) {
            draft.add(new Cell(column.number(), neverAsked(column), null), Stamp.UNDATED, null);
            return;
        }
        String raw = wish == null || wish.value() == null ? null : column.lens().write(wish.value(), null);
        if (raw == null) {
            if (column.defaultRaw() != null) {
                draft.add(new Cell(column.number(), column.defaultRaw(), null), Stamp.UNDATED, null);
            }
            return;
        }
        draft.add(
                new Cell(column.number(), raw, null),
                Objects.requireNonNull(wish).micros(),
                wish.by());
    }

    /** A consent column is always sent: its default might be a grant that nobody gave. */
    private static @Nullable String neverAsked(Column column) {
        Value unset = Wish.neverAsked(column);
        if (unset != null) return column.lens().write(unset, null);
        return column.required() ? column.lens().write(Value.of("withdrawn"), null) : null;
    }

    /** The identifiers that the natural key consists of: where a create under way is entered. */
    public List<IdentifierKey> identifiers(PlatformModel platform, Draft draft) {
        TreeSet<IdentifierKey> keys = new TreeSet<>();
        for (Cell cell : draft.naturalKey) {
            Column column = platform.columns().get(cell.column());
            Value value = column.lens().read(cell.raw()).valueOrNull();
            if (value != null) keys.add(new IdentifierKey(column.field(), value.key()));
        }
        return new ArrayList<>(keys);
    }

    /** Another customer of this group holds part of the natural key there. */
    public boolean taken(PlatformModel platform, Draft draft) {
        Desired desired = new Desired(model, group, customer, 0);
        for (Cell cell : draft.naturalKey) {
            Column column = platform.columns().get(cell.column());
            Value value = column.lens().read(cell.raw()).valueOrNull();
            if (value != null && desired.heldByAnother(platform.number(), column, value)) return true;
        }
        return false;
    }

    /** The record under whose claim it is made: whose word the first part of the natural key is, else the senior. */
    public RecordName by(PlatformModel platform, Draft draft) {
        for (Cell cell : draft.naturalKey) {
            GoldenField golden = customer.golden()
                    .field(platform.columns().get(cell.column()).field());
            if (golden.by() != null) return golden.by();
        }
        return customer.id();
    }
}
