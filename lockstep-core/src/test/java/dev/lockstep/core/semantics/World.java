package dev.lockstep.core.semantics;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Cascade;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Effect;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.States;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.Cause;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A few in-memory tables and the real core, by hand: people edit, each table's stream is delivered when the test says
 * so, and writes are applied under their preconditions. What a host does, without queues or a disk.
 */
final class World implements States {
    /** A table: rows by key, the stream of its changes, and what it does of its own to what is written. */
    final class Table {
        final int number;
        final List<String> columns;
        final TreeMap<String, @Nullable String[]> rows = new TreeMap<>();
        final ArrayDeque<Observation> stream = new ArrayDeque<>();
        /** Rewrites a row as a trigger would. */
        java.util.function.Consumer<@Nullable String[]> trigger = row -> {};

        long clockAheadMicros;
        int nextKey = 1000;
        int writes;

        Table(int number, List<String> columns) {
            this.number = number;
            this.columns = columns;
        }

        int column(String name) {
            int at = columns.indexOf(name);
            if (at < 0) throw new IllegalArgumentException(name);
            return at;
        }

        /** A person makes a row. */
        void insert(String key, @Nullable String... values) {
            tick();
            rows.put(key, Arrays.copyOf(values, columns.size()));
            show(key, null, 0, now + clockAheadMicros);
        }

        /** A person edits a column. */
        void edit(String key, String column, @Nullable String value) {
            tick();
            Objects.requireNonNull(rows.get(key), key)[column(column)] = value;
            show(key, null, 0, now + clockAheadMicros);
        }

        void delete(String key) {
            tick();
            rows.remove(key);
            stream.add(Observation.gone(number, key, Observation.Origin.STREAM, ++lsn, now, now));
        }

        void show(String key, @Nullable String from, long own, long dated) {
            stream.add(new Observation(
                    number,
                    key,
                    from,
                    Observation.Origin.STREAM,
                    false,
                    rows.get(key).clone(),
                    ++lsn,
                    dated,
                    now,
                    now,
                    own));
        }

        @Nullable
        String get(String key, String column) {
            return Objects.requireNonNull(rows.get(key), "no row " + key)[column(column)];
        }

        /** The only row whose column holds this. */
        String keyOf(String column, String value) {
            List<String> keys = new ArrayList<>();
            rows.forEach((key, row) -> {
                if (value.equals(row[column(column)])) keys.add(key);
            });
            if (keys.size() != 1) throw new AssertionError(keys.size() + " rows with " + column + " " + value);
            return keys.getFirst();
        }
    }

    Model model;
    final List<Table> tables = new ArrayList<>();
    final List<Fact> facts = new ArrayList<>();
    /** Sent and not yet applied. */
    final ArrayDeque<Write> sent = new ArrayDeque<>();
    /** Applied or refused, and the receipt not yet delivered. */
    final ArrayDeque<Message.Landed> receipts = new ArrayDeque<>();

    long now = 1_700_000_000_000_000L;
    long lsn = 100;
    boolean planning;

    private final Cascade cascade = new Cascade();
    private final Map<Address.Slot, RecordState> records = new HashMap<>();
    private final Map<IdentifierKey, IdentifierState> identifiers = new HashMap<>();
    private final Map<RecordName, GroupState> groups = new HashMap<>();
    private final LinkedHashSet<Effect.Want> wants = new LinkedHashSet<>();
    private final Map<Long, Write> open = new HashMap<>();
    private final TreeMap<Long, List<RecordName>> timers = new TreeMap<>();
    private long writeIds;

    World(Model model, List<List<String>> columns) {
        this.model = model;
        for (int i = 0; i < columns.size(); i++) tables.add(new Table(i, columns.get(i)));
    }

    @Override
    public RecordState record(Address.Slot slot) {
        return records.computeIfAbsent(slot, key -> new RecordState());
    }

    @Override
    public IdentifierState identifier(IdentifierKey key) {
        return identifiers.computeIfAbsent(key, ignored -> new IdentifierState());
    }

    @Override
    public GroupState group(RecordName least) {
        return groups.computeIfAbsent(least, key -> new GroupState());
    }

    /** A column is dropped, renamed or retyped; or is there again. */
    void away(Table table, String column, boolean away) {
        PlatformModel platform = model.platform(table.number);
        List<Column> columns = new ArrayList<>(platform.columns());
        Column was = columns.get(table.column(column));
        columns.set(
                was.number(),
                new Column(
                        was.number(),
                        was.path(),
                        was.field(),
                        was.lens(),
                        was.value(),
                        was.split(),
                        was.first(),
                        was.key(),
                        was.unique(),
                        was.required(),
                        was.generated(),
                        was.archive(),
                        was.defaultRaw(),
                        away,
                        away ? 0 : now));
        model = model.with(platform.withColumns(columns));
        tick();
    }

    void tick() {
        now += 1_000;
    }

    void pass(long seconds) {
        now += seconds * 1_000_000;
        while (!timers.isEmpty() && timers.firstKey() <= now) {
            for (RecordName name : timers.pollFirstEntry().getValue()) {
                run(name, new Message.Recheck(name, Message.Why.TIME));
            }
        }
    }

    void run(RecordName record, Message message) {
        run(Address.Slot.of(record), message);
    }

    private void run(Address.Slot slot, Message message) {
        Step out = new Step();
        Cause cause = switch (message) {
            case Message.Seen seen -> Cause.of(seen.observation());
            case Message.TakeBack back -> new Cause(Cause.Kind.APPROVED, -1, now);
            case Message.LetGo letGo -> new Cause(Cause.Kind.APPROVED, -1, now);
            default -> Cause.NONE;
        };
        cascade.run(slot, message, this, new Context(model, now, planning, cause), out);
        facts.addAll(out.facts);
        for (Effect effect : out.effects) {
            switch (effect) {
                case Effect.Want want -> wants.add(want);
                case Effect.Unwant u ->
                    wants.removeIf(w ->
                            w.platform() == u.platform() && w.record().equals(u.record()) && w.create() == u.create());
                case Effect.Send send -> {
                    sent.add(send.write());
                    open.put(send.write().id(), send.write());
                }
                case Effect.Done done -> open.remove(done.writeId());
                case Effect.Look look -> look(tables.get(look.platform()), look.key());
                case Effect.Wake wake ->
                    timers.computeIfAbsent(wake.atMicros(), at -> new ArrayList<>())
                            .add(wake.record());
            }
        }
    }

    /** What a read that begins now finds. */
    Observation read(Table table, String key, Observation.Origin origin, long version, long dated) {
        @Nullable String[] row = Objects.requireNonNull(table.rows.get(key), "no row " + key);
        return new Observation(table.number, key, null, origin, false, row.clone(), version, dated, now, now, 0);
    }

    /** A read that goes through the stream's order. */
    private void look(Table table, String key) {
        if (!table.rows.containsKey(key)) {
            table.stream.add(Observation.gone(table.number, key, Observation.Origin.READ, lsn, Stamp.UNDATED, now));
            return;
        }
        table.stream.add(read(table, key, Observation.Origin.READ, lsn, Stamp.UNDATED));
    }

    /** Delivers the next change of a table's stream. */
    void deliver(Table table) {
        tick();
        Observation next = table.stream.remove();
        observe(next);
    }

    void observe(Observation next) {
        String at = next.renamedFrom() == null ? next.key() : next.renamedFrom();
        Address.Slot slot = new Address.Slot(next.platform(), at);
        Write write = open.get(next.ownWrite());
        if (write != null
                && write.kind() == Write.Kind.CREATE
                && (record(slot).occupant == null || record(slot).gone)) {
            run(write.record(), new Message.Born(write.record(), next));
        } else {
            run(slot, new Message.Seen(next));
        }
    }

    /** Gives leave to everything that is wanted now. */
    void permit() {
        for (Effect.Want want : new ArrayList<>(wants)) {
            wants.remove(want);
            run(want.record(), new Message.Go(want.record(), want.platform(), want.create(), ++writeIds));
        }
    }

    /** The table takes the next write that was sent, or refuses it; its receipt waits. */
    void apply() {
        tick();
        Write write = sent.remove();
        Table table = tables.get(write.platform());
        Receipt receipt = switch (write.kind()) {
            case CREATE -> create(table, write);
            case UPDATE -> update(table, write);
            case DELETE -> remove(table, write);
        };
        receipts.add(new Message.Landed(write.record(), receipt));
    }

    private Receipt create(Table table, Write write) {
        String[] row = new String[table.columns.size()];
        for (Write.Cell cell : write.cells()) row[cell.column()] = cell.raw();
        table.trigger.accept(row);
        int keyColumn = keyColumn(table.number);
        String fresh = write.key() == null ? "n" + table.nextKey++ : write.key();
        String key = keyColumn < 0 ? fresh : Objects.requireNonNull(row[keyColumn]);
        if (table.rows.containsKey(key)) return Receipt.of(write, Receipt.Outcome.TAKEN, "duplicate key", now);
        table.rows.put(key, row);
        table.writes++;
        table.show(key, null, write.id(), now);
        return Receipt.applied(write, key, row.clone(), now);
    }

    private @Nullable Receipt refusal(Table table, Write write) {
        String[] row = table.rows.get(write.key());
        if (row == null) return Receipt.of(write, Receipt.Outcome.MISSING, "no such row", now);
        for (Write.Cell cell : write.cells()) {
            if (!Objects.equals(row[cell.column()], cell.expected())) {
                return Receipt.of(write, Receipt.Outcome.STALE, "changed meanwhile", now);
            }
        }
        return null;
    }

    private Receipt remove(Table table, Write write) {
        Receipt refusal = refusal(table, write);
        if (refusal != null) return refusal;
        String key = Objects.requireNonNull(write.key());
        table.rows.remove(key);
        table.writes++;
        table.stream.add(Observation.gone(table.number, key, Observation.Origin.STREAM, ++lsn, now, now)
                .withOwnWrite(write.id()));
        return Receipt.applied(write, key, new String[0], now);
    }

    private Receipt update(Table table, Write write) {
        Receipt refusal = refusal(table, write);
        if (refusal != null) return refusal;
        String[] row = Objects.requireNonNull(table.rows.get(write.key()));
        for (Write.Cell cell : write.cells()) row[cell.column()] = cell.raw();
        table.trigger.accept(row);
        int keyColumn = keyColumn(table.number);
        String key = keyColumn < 0 ? Objects.requireNonNull(write.key()) : Objects.requireNonNull(row[keyColumn]);
        String from = key.equals(write.key()) ? null : write.key();
        if (from != null) {
            table.rows.remove(from);
            table.rows.put(key, row);
        }
        table.writes++;
        table.show(key, from, write.id(), now);
        String[] shown = new String[row.length];
        Arrays.fill(shown, Observation.ABSENT);
        for (Write.Cell cell : write.cells()) shown[cell.column()] = row[cell.column()];
        return Receipt.applied(write, key, shown, now);
    }

    private int keyColumn(int platform) {
        return model.platform(platform).columns().stream()
                .filter(column -> column.key())
                .mapToInt(column -> column.number())
                .findFirst()
                .orElse(-1);
    }

    void receive() {
        tick();
        Message.Landed landed = receipts.remove();
        run(landed.record(), landed);
    }

    /** Everything that is under way is delivered, until nothing moves. Receipts come before their echoes. */
    void rest() {
        for (int rounds = 0; rounds < 1_000; rounds++) {
            if (step()) continue;
            return;
        }
        throw new AssertionError("no rest: " + sent + wants);
    }

    private boolean step() {
        boolean moved = false;
        while (!receipts.isEmpty()) {
            receive();
            moved = true;
        }
        for (Table table : tables) {
            while (!table.stream.isEmpty()) {
                deliver(table);
                moved = true;
            }
        }
        if (planning && !wants.isEmpty()) {
            permit();
            moved = true;
        }
        while (!sent.isEmpty()) {
            apply();
            moved = true;
        }
        return moved;
    }

    /** The first reading is complete: from now on things are planned. */
    void open() {
        planning = true;
        for (RecordName group : new ArrayList<>(groups.keySet())) {
            if (!groups.get(group).isEmpty()) run(group, new Message.Recheck(group, Message.Why.PLAN));
        }
        rest();
    }

    /** The workspace has changed, and everything is worked out anew. */
    void change(Model changed) {
        model = changed;
        for (RecordName group : new ArrayList<>(groups.keySet())) {
            if (!groups.get(group).isEmpty()) run(group, new Message.Recheck(group, Message.Why.IDENTITY));
        }
        rest();
    }

    /** A table is left: nothing of it is heard or written any more. */
    void forget(Table table) {
        boolean was = planning;
        planning = false;
        for (RecordName group : new ArrayList<>(groups.keySet())) {
            Step out = new Step();
            Address.Group to = new Address.Group(group);
            cascade.run(to, new Message.Forget(table.number), this, new Context(model, now, false), out);
        }
        records.keySet().removeIf(slot -> slot.platform() == table.number);
        wants.removeIf(want -> want.platform() == table.number || want.record().platform() == table.number);
        table.stream.clear();
        List<PlatformModel> platforms = new ArrayList<>(model.platforms());
        PlatformModel left = platforms.get(table.number);
        platforms.set(table.number, PlatformModel.retired(left.number(), left.order(), "", List.of()));
        planning = was;
        change(new Model(model.fields(), platforms, Model.GROUP_LIMIT));
    }

    /** A full read of a table. */
    void list(Table table) {
        for (String key : new ArrayList<>(table.rows.keySet())) look(table, key);
        rest();
    }

    /** The customer that a record belongs to. */
    RecordName customer(Table table, String key) {
        return member(table, key).customer;
    }

    Member member(Table table, String key) {
        RecordName name =
                Objects.requireNonNull(record(new Address.Slot(table.number, key)).occupant, "nobody at " + key);
        for (GroupState group : groups.values()) {
            Member member = group.members.get(name);
            if (member != null) return member;
        }
        throw new AssertionError("no token of " + name);
    }

    int writes() {
        return tables.stream().mapToInt(table -> table.writes).sum();
    }
}
