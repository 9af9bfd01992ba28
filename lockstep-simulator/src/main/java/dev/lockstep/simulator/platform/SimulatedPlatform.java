package dev.lockstep.simulator.platform;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.ledger.Edit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A platform in memory: rows by key, a log of commits, people who edit, and writes of ours that it takes or refuses.
 */
public final class SimulatedPlatform {
    private final PlatformModel model;
    private final List<Shape> shapes;
    private final Habits habits;
    private final Scribe scribe;
    private final TreeMap<String, Row> rows = new TreeMap<>();
    private final ArrayList<Commit> log = new ArrayList<>();
    /** What our writes did, by their ids: the receipts as they were, or should have been, answered. */
    private final TreeMap<Long, Receipt> applied = new TreeMap<>();

    private long version;
    private int nextKey = 100;
    private long rowsMade;
    private boolean down;
    private long writesApplied;
    private @Nullable Row overwritten;

    public SimulatedPlatform(PlatformModel model, List<Shape> shapes, Habits habits, Scribe scribe) {
        this.model = model;
        this.shapes = shapes;
        this.habits = habits;
        this.scribe = scribe;
    }

    /** The same platform with the rows of now, as one whose past nobody knows: all in it is somebody's word. */
    public SimulatedPlatform asFound(Scribe by, long nowMicros) {
        SimulatedPlatform found = new SimulatedPlatform(model, shapes, habits, by);
        found.nextKey = nextKey;
        for (Row was : rows.values()) {
            Row row = new Row(++found.rowsMade, was.key, shapes.size());
            found.version++;
            row.modifiedMicros = was.modifiedMicros;
            for (int c = 0; c < shapes.size(); c++) {
                row.raw[c] = was.raw[c];
                row.origin[c] = by.edited(found, row.key, c, row.raw[c], Edit.By.PERSON);
                row.version[c] = found.version;
            }
            found.rows.put(row.key, row);
            found.commit(row, null, 0, nowMicros, null);
        }
        return found;
    }

    public PlatformModel model() {
        return model;
    }

    public int number() {
        return model.number();
    }

    public List<Shape> shapes() {
        return shapes;
    }

    public Habits habits() {
        return habits;
    }

    public Map<String, Row> rows() {
        return rows;
    }

    public @Nullable Row row(String key) {
        return rows.get(key);
    }

    public List<Commit> log() {
        return log;
    }

    /** The commit that a write of ours was; null when there is none. */
    public @Nullable Commit commitOf(long write) {
        for (int i = log.size() - 1; i >= 0; i--) if (log.get(i).ownWrite() == write) return log.get(i);
        return null;
    }

    /** After {@code since} a write of ours has put there what a row holds, whoever did so again after it. */
    public boolean wroteThat(Row row, int column, long since) {
        for (int i = log.size() - 1; i >= 0 && log.get(i).version() > since; i--) {
            Row then = log.get(i).row();
            if (then == null || then.number != row.number || log.get(i).version() > row.version[column]) continue;
            boolean ours = log.get(i).ownWrite() != 0
                    && then.origin[column] == -log.get(i).ownWrite();
            if (ours && Objects.equals(then.raw[column], row.raw[column])) return true;
        }
        return false;
    }

    public long version() {
        return version;
    }

    public boolean down() {
        return down;
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    /** How many writes of ours have changed something. */
    public long writesApplied() {
        return writesApplied;
    }

    public long clockMicros(long nowMicros) {
        long at = nowMicros + habits.skewMicros();
        return habits.wholeSeconds() ? at - at % 1_000_000 : at;
    }

    /** The key column, where the key is mapped; else -1. */
    public int keyColumn() {
        for (Shape shape : shapes) if (shape.key()) return shape.number();
        return -1;
    }

    // ---- people

    /** A person makes a record. Answers its key; null when the platform refuses. */
    public @Nullable String insert(@Nullable String[] values, @Nullable String asKey, long nowMicros) {
        @Nullable String[] kept = keptOf(values);
        if (refusal(null, kept) != null) return null;
        int keyColumn = keyColumn();
        String key = keyColumn >= 0 ? kept[keyColumn] : asKey != null ? asKey : Integer.toString(nextKey++);
        if (key == null || rows.containsKey(key)) return null;
        Row row = new Row(++rowsMade, key, shapes.size());
        version++;
        for (int c = 0; c < shapes.size(); c++) {
            row.raw[c] = kept[c];
            row.origin[c] = scribe.edited(this, key, c, kept[c], Edit.By.PERSON);
            row.version[c] = version;
        }
        row.modifiedMicros = clockMicros(nowMicros);
        rows.put(key, row);
        commit(row, null, 0, nowMicros, null);
        return key;
    }

    /** A person changes a column of a record. False when the platform refuses, or nothing changes. */
    public boolean update(String key, int column, @Nullable String typed, long nowMicros) {
        return update(key, column, typed, nowMicros, Edit.By.PERSON);
    }

    /** A job of the platform puts back what a write of ours replaced, if that is still there. */
    public boolean putBack(String key, int column, long write, @Nullable String raw, long nowMicros) {
        Row row = rows.get(key);
        return row != null && row.origin[column] == -write && update(key, column, raw, nowMicros, Edit.By.JOB);
    }

    private boolean update(String key, int column, @Nullable String typed, long nowMicros, Edit.By by) {
        Row row = rows.get(key);
        if (row == null) return false;
        @Nullable String[] after = Arrays.copyOf(row.raw, row.raw.length);
        after[column] = shapes.get(column).kept(typed);
        if (Arrays.equals(after, row.raw) || refusal(row, after) != null) return false;
        Row before = row.copy();
        version++;
        String newKey = keyColumn() >= 0 ? after[keyColumn()] : key;
        if (newKey == null) return false;
        for (int c = 0; c < after.length; c++) {
            if (Objects.equals(after[c], row.raw[c])) continue;
            row.raw[c] = after[c];
            row.origin[c] = scribe.edited(this, newKey, c, after[c], by);
            row.version[c] = version;
        }
        rekey(row, newKey);
        trigger(row, before, by == Edit.By.JOB ? by : Edit.By.TRIGGER);
        row.modifiedMicros = Math.max(clockMicros(nowMicros), row.modifiedMicros);
        commit(row, before.key.equals(newKey) ? null : before.key, 0, nowMicros, before);
        return true;
    }

    public boolean delete(String key, long nowMicros) {
        Row row = rows.remove(key);
        if (row == null) return false;
        scribe.deleted(this, row);
        version++;
        log.add(new Commit(version, clockMicros(nowMicros), key, null, null, 0, new boolean[0]));
        return true;
    }

    // ---- our writes

    /** Takes a write of ours, or refuses it. */
    public Receipt apply(Write write, long nowMicros) {
        overwritten = null;
        Receipt receipt = switch (write.kind()) {
            case CREATE -> create(write, nowMicros);
            case UPDATE -> change(write, nowMicros);
            case DELETE -> remove(write, nowMicros);
        };
        if (receipt.outcome() == Receipt.Outcome.APPLIED) {
            writesApplied++;
            applied.put(write.id(), receipt);
        }
        return receipt;
    }

    /** The row as it was before the last write of ours changed or deleted it; null when that did neither. */
    public @Nullable Row overwritten() {
        return overwritten;
    }

    /** What an applied write answered; null when it was not applied. */
    public @Nullable Receipt applied(long write) {
        return applied.get(write);
    }

    private Receipt create(Write write, long nowMicros) {
        for (Write.Cell cell : habits.looks() ? write.naturalKey() : List.<Write.Cell>of()) {
            for (Row row : rows.values()) {
                if (cell.raw() != null && cell.raw().equals(row.raw[cell.column()])) {
                    return new Receipt(
                            write.id(), Receipt.Outcome.EXISTS, row.key, whole(row), "It exists.", -1, nowMicros);
                }
            }
        }
        @Nullable String[] values = new String[shapes.size()];
        for (Write.Cell cell : write.cells()) values[cell.column()] = cell.raw();
        @Nullable String[] kept = keptOf(values);
        int fills = habits.fills();
        if (fills >= 0 && write.cells().stream().noneMatch(cell -> cell.column() == fills)) kept[fills] = "new";
        Receipt refusal = refused(write, null, kept, nowMicros);
        if (refusal != null) return refusal;
        String key = keyColumn() >= 0 ? kept[keyColumn()] : Integer.toString(nextKey++);
        if (key == null) return Receipt.of(write, Receipt.Outcome.INVALID, "The key is missing.", nowMicros);
        Row row = new Row(++rowsMade, key, shapes.size());
        row.madeBy = write.id();
        version++;
        for (int c = 0; c < kept.length; c++) {
            row.raw[c] = kept[c];
            row.version[c] = version;
        }
        for (Write.Cell cell : write.cells()) row.origin[cell.column()] = -write.id();
        rows.put(key, row);
        row.modifiedMicros = clockMicros(nowMicros);
        commit(row, null, write.id(), nowMicros, null);
        return Receipt.applied(write, key, shown(write, row), nowMicros);
    }

    private Receipt change(Write write, long nowMicros) {
        Row row = write.key() == null ? null : rows.get(write.key());
        if (row == null) return Receipt.of(write, Receipt.Outcome.MISSING, "It is gone.", nowMicros);
        if (habits.conditional() && stale(write, row)) {
            return Receipt.of(write, Receipt.Outcome.STALE, "Somebody edited it.", nowMicros);
        }
        @Nullable String[] after = Arrays.copyOf(row.raw, row.raw.length);
        for (Write.Cell cell : write.cells()) {
            after[cell.column()] = shapes.get(cell.column()).kept(cell.raw());
        }
        Receipt refusal = refused(write, row, after, nowMicros);
        if (refusal != null) return refusal;
        String newKey = keyColumn() >= 0 ? after[keyColumn()] : row.key;
        if (newKey == null) return Receipt.of(write, Receipt.Outcome.INVALID, "The key is missing.", nowMicros);
        Row before = row.copy();
        overwritten = before;
        version++;
        for (Write.Cell cell : write.cells()) {
            row.raw[cell.column()] = after[cell.column()];
            row.origin[cell.column()] = -write.id();
            row.version[cell.column()] = version;
        }
        rekey(row, newKey);
        trigger(row, before, Edit.By.TRIGGER);
        row.modifiedMicros = Math.max(clockMicros(nowMicros), row.modifiedMicros);
        commit(row, before.key.equals(newKey) ? null : before.key, write.id(), nowMicros, before);
        return Receipt.applied(write, newKey, shown(write, row), nowMicros);
    }

    private Receipt remove(Write write, long nowMicros) {
        Row row = write.key() == null ? null : rows.get(write.key());
        if (row == null) return Receipt.of(write, Receipt.Outcome.MISSING, "It is gone.", nowMicros);
        if (habits.conditional() && stale(write, row)) {
            return Receipt.of(write, Receipt.Outcome.STALE, "Somebody edited it.", nowMicros);
        }
        rows.remove(row.key);
        overwritten = row;
        version++;
        log.add(new Commit(version, clockMicros(nowMicros), row.key, null, null, write.id(), new boolean[0]));
        return Receipt.applied(write, row.key, new String[0], nowMicros);
    }

    private static boolean stale(Write write, Row row) {
        for (Write.Cell cell : write.cells()) {
            if (!Objects.equals(row.raw[cell.column()], cell.expected())) return true;
        }
        return false;
    }

    private @Nullable Receipt refused(Write write, @Nullable Row row, @Nullable String[] after, long nowMicros) {
        Refusal refusal = refusal(row, after);
        if (refusal == null) return null;
        Receipt.Outcome outcome = refusal.taken ? Receipt.Outcome.TAKEN : Receipt.Outcome.INVALID;
        return new Receipt(
                write.id(), outcome, write.key(), new String[0], "Refused by the platform.", refusal.column, nowMicros);
    }

    // ---- inside

    private record Refusal(int column, boolean taken) {}

    private @Nullable Refusal refusal(@Nullable Row self, @Nullable String[] after) {
        for (Shape shape : shapes) {
            int c = shape.number();
            boolean changed = self == null || !Objects.equals(self.raw[c], after[c]);
            if (!changed) continue;
            if (shape.refuses(after[c])) return new Refusal(c, false);
            if (!(shape.unique() || shape.key()) || after[c] == null) continue;
            for (Row other : rows.values()) {
                if (other != self && after[c].equals(other.raw[c])) return new Refusal(c, true);
            }
        }
        return null;
    }

    private @Nullable String[] keptOf(@Nullable String[] values) {
        @Nullable String[] kept = new String[shapes.size()];
        for (int c = 0; c < kept.length; c++) kept[c] = shapes.get(c).kept(values[c]);
        return kept;
    }

    private void rekey(Row row, String newKey) {
        if (newKey.equals(row.key)) return;
        rows.remove(row.key);
        row.key = newKey;
        rows.put(newKey, row);
    }

    /** @param by what a job sets off is its doing too */
    private void trigger(Row row, @Nullable Row before, Edit.By by) {
        if (habits.triggerOn() < 0) return;
        String on = row.raw[habits.triggerOn()];
        if (before != null && Objects.equals(on, before.raw[habits.triggerOn()])) return;
        if (on == null) return;
        String sets = "auto " + on.length() % 3;
        int column = habits.triggerSets();
        if (sets.equals(row.raw[column])) return;
        row.raw[column] = sets;
        boolean written = before != null && row.origin[column] < 0 && row.version[column] == version;
        if (!written) row.origin[column] = scribe.edited(this, row.key, column, sets, by);
        row.version[column] = version;
    }

    private void commit(Row row, @Nullable String renamedFrom, long ownWrite, long nowMicros, @Nullable Row before) {
        boolean[] shown = new boolean[shapes.size()];
        for (int c = 0; c < shown.length; c++) {
            boolean unchanged = before != null && before.version[c] == row.version[c];
            shown[c] = !(unchanged && habits.hidesUnchanged() && c % 3 == version % 3);
        }
        log.add(new Commit(version, clockMicros(nowMicros), row.key, renamedFrom, row.copy(), ownWrite, shown));
    }

    private @Nullable String[] shown(Write write, Row row) {
        if (!habits.streams()) return whole(row);
        @Nullable String[] raw = new String[shapes.size()];
        Arrays.fill(raw, dev.lockstep.core.model.Observation.ABSENT);
        for (Write.Cell cell : write.cells()) raw[cell.column()] = row.raw[cell.column()];
        return raw;
    }

    private static @Nullable String[] whole(Row row) {
        return Arrays.copyOf(row.raw, row.raw.length);
    }
}
