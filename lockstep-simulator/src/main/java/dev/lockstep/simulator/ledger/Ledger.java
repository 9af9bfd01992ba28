package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.Agenda;
import dev.lockstep.simulator.Trace;
import dev.lockstep.simulator.platform.Commit;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Scribe;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.SimulatedPlatform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What people did on the platforms, and which of it the host has been shown. Everything the checkers hold the core
 * against is derived from here; nothing here is taken from the core's state.
 */
public final class Ledger implements Scribe {
    private final Model model;
    private final Agenda agenda;
    private final Trace trace;
    private final List<SimulatedPlatform> platforms = new ArrayList<>();
    private final ArrayList<Edit> edits = new ArrayList<>();
    private final TreeMap<RecordName, LedgerRecord> records = new TreeMap<>();
    private final List<TreeMap<String, LedgerRecord>> occupants = new ArrayList<>();
    private final Births births = new Births();
    private final TreeMap<Long, Carried> sent = new TreeMap<>();
    /** By write: when its platform acknowledged it. */
    private final TreeMap<Long, Long> answered = new TreeMap<>();

    private final Dating dating = new Dating(sent, answered);

    private final Decisions decisions = new Decisions();
    private final TreeSet<Long> heard = new TreeSet<>();
    /** Rows that people have deleted, as platform and number. */
    private final TreeSet<String> deleted = new TreeSet<>();

    private final Found found = new Found();
    private final Unclear unclear = new Unclear();

    private long changes;
    private long partitionAt = -1;
    private WhoIsWho partition = WhoIsWho.NOBODY;

    public Ledger(Model model, Agenda agenda, Trace trace) {
        this.model = model;
        this.agenda = agenda;
        this.trace = trace;
    }

    public void add(SimulatedPlatform platform) {
        platforms.add(platform);
        occupants.add(new TreeMap<>());
    }

    public Model model() {
        return model;
    }

    public List<Edit> edits() {
        return edits;
    }

    public Edit edit(long number) {
        return edits.get((int) number - 1);
    }

    public Collection<LedgerRecord> records() {
        return records.values();
    }

    public @Nullable LedgerRecord record(RecordName name) {
        return records.get(name);
    }

    public @Nullable LedgerRecord occupant(int platform, String key) {
        return occupants.get(platform).get(key);
    }

    /** The host was shown the record that this write of ours made, under whatever key. */
    public boolean wasShown(long write) {
        for (LedgerRecord record : records.values()) if (record.madeBy == write) return true;
        return false;
    }

    /** The host was shown what this edit left, and made it durable. */
    public boolean heard(long edit) {
        return heard.contains(edit);
    }

    public List<SimulatedPlatform> platforms() {
        return platforms;
    }

    public Decisions decisions() {
        return decisions;
    }

    public void decided(RecordName one, RecordName other, boolean same, long stampMicros) {
        if (decisions.take(one, other, same, stampMicros)) changes++;
    }

    /** Who is one customer by all that was heard so far. */
    public WhoIsWho whoIsWho() {
        if (partitionAt != changes) {
            partition = WhoIsWho.of(this);
            partitionAt = changes;
        }
        return partition;
    }

    /**
     * The customer whose record a write is for, as far as was heard. A record that our create made and that nobody was
     * shown yet belongs to the customer it was made for.
     */
    public Collection<LedgerRecord> customerOf(Write write) {
        if (records.containsKey(write.record()) || write.kind() == Write.Kind.CREATE || write.key() == null) {
            return whoIsWho().customerOf(write.record());
        }
        RecordName by = births.madeFor(write.record());
        return whoIsWho().customerOf(by == null ? write.record() : by);
    }

    @Override
    public long edited(SimulatedPlatform platform, String key, int column, @Nullable String raw, Edit.By by) {
        Shape shape = platform.shapes().get(column);
        long now = agenda.nowMicros();
        edits.add(new Edit(
                edits.size() + 1L,
                platform.number(),
                key,
                column,
                shape.field(),
                raw,
                shape.read(raw),
                now,
                platform.clockMicros(now),
                by));
        trace.line(
                now,
                () -> "  " + by.name().toLowerCase(java.util.Locale.ROOT) + " at " + platform.number() + "/" + key
                        + ": " + platform.model().columns().get(column).path() + "=" + raw + ", edit " + edits.size());
        return edits.size();
    }

    @Override
    public void deleted(SimulatedPlatform platform, Row row) {
        deleted.add(platform.number() + ":" + row.number);
        trace.line(agenda.nowMicros(), () -> "  person at " + platform.number() + "/" + row.key + ": deletes it");
    }

    /**
     * The host has made an observation durable.
     *
     * @param row the row as it was when the observation was made; null when it was gone
     * @param version the platform's count of changes then
     */
    public void delivered(Observation seen, @Nullable Row row, long version) {
        LedgerRecord record = recordOf(seen, row, version);
        if (record == null) return;
        if (version >= record.lifeVersion) {
            if (record.live != (row != null)) changes++;
            if (!record.live && row != null) back(record);
            if (record.live && row == null) record.gone(seen, deleted.contains(seen.platform() + ":" + record.row));
            record.live = row != null;
            record.lifeVersion = version;
        }
        if (row == null) return;
        byRow.put(new LedgerRecord.RowOf(seen.platform(), row.number), record);
        record.row = row.number;
        SimulatedPlatform platform = platforms.get(seen.platform());
        boolean unnamed =
                seen.origin() != Observation.Origin.STREAM && platform.habits().streams();
        for (Shape shape : platform.shapes()) {
            if (!seen.shows(shape.number())) continue;
            long since = record.cells[shape.number()].version;
            show(record, platform, shape, row, seen, unnamed && platform.wroteThat(row, shape.number(), since));
        }
    }

    /** Whoever puts a record back says all of it anew. */
    private void back(LedgerRecord record) {
        record.link = null;
        record.madeFor = null;
        record.deletedByUs = false;
        for (int c = 0; c < record.cells.length; c++) record.cells[c] = new LedgerRecord.Cell();
    }

    private @Nullable LedgerRecord recordOf(Observation seen, @Nullable Row row, long version) {
        LedgerRecord its = row == null ? null : byRow.get(new LedgerRecord.RowOf(seen.platform(), row.number));
        // Shown again: it tells of the record that the row was then, whoever lives under its key now.
        if (its != null && version < its.lifeVersion) return its;
        TreeMap<String, LedgerRecord> living = occupants.get(seen.platform());
        LedgerRecord here = living.get(seen.key());
        if (seen.renamedFrom() != null) {
            LedgerRecord moved = living.get(seen.renamedFrom());
            if (moved != null && moved.lifeVersion < version) {
                move(moved, seen.renamedFrom(), seen.key(), version);
                return moved;
            }
        }
        if (here != null && (here.live || row == null || version < here.lifeVersion)) return here;
        if (row == null) return null;
        if (here != null && row.madeBy <= here.madeBy && !found.at(seen.platform(), seen.key())) return here;
        if (seen.version() > 0 && version <= left.getOrDefault(seen.platform() + ":" + seen.key(), 0L)) return null;
        return born(seen.platform(), seen.key(), row.madeBy, version);
    }

    private final TreeMap<String, Long> left = new TreeMap<>();
    /** The record that a row was last shown as. */
    private final HashMap<LedgerRecord.RowOf, LedgerRecord> byRow = new HashMap<>();

    private void move(LedgerRecord record, String from, String to, long version) {
        int platform = record.name.platform();
        occupants.get(platform).remove(from);
        occupants.get(platform).put(to, record);
        left.put(platform + ":" + from, version);
        record.key = to;
        changes++;
    }

    /** A create of ours was acknowledged: its record has its name before a stream shows it. */
    public void named(Write write, String key) {
        answered.putIfAbsent(write.id(), agenda.nowMicros());
        LedgerRecord here = occupant(write.platform(), key);
        Commit commit = platforms.get(write.platform()).commitOf(write.id());
        if (here != null && here.live && here.madeBy == write.id() && commit != null) made(here, write, commit);
        if (here != null && here.live || wasShown(write.id())) return;
        births.reserve(write, key, versionOf(write));
    }

    /** It was shown before the answer to what made it was heard. */
    private void made(LedgerRecord record, Write create, Commit commit) {
        SimulatedPlatform platform = platforms.get(create.platform());
        record.acked(create, commit, agenda.nowMicros());
        for (Write.Cell sent : create.cells()) {
            Observation seen = record.cells[sent.column()].seen;
            if (seen != null) followed(record, platform, platform.shapes().get(sent.column()), seen);
        }
    }

    /** 0 when it was not applied. */
    private long versionOf(Write write) {
        Commit commit = platforms.get(write.platform()).commitOf(write.id());
        return commit == null ? 0 : commit.version();
    }

    private LedgerRecord born(int platform, String key, long madeBy, long version) {
        Births.Reserved reserved = births.reserved(platform, key, version);
        LedgerRecord record = new LedgerRecord(
                reserved == null ? births.next(platform, key) : reserved.name(),
                platforms.get(platform).shapes().size());
        record.madeBy = madeBy;
        record.seenMicros = agenda.nowMicros();
        Carried maker = sent.get(madeBy);
        record.link = found.take(platform, key);
        if (maker != null) record.madeFor = maker.record();
        else if (reserved != null) record.madeFor = reserved.by();
        else record.madeFor = record.link == null ? null : record.link.record();
        if (reserved != null && reserved.write().id() == madeBy) holdsAsMade(record, reserved.write());
        records.put(record.name, record);
        occupants.get(platform).put(key, record);
        for (Births.Update one : births.updatesOf(record.name)) acked(one.write(), one.ackedMicros());
        changes++;
        return record;
    }

    /** Acknowledged, it is known to have held what we sent, whoever has changed that before it was shown. */
    private void holdsAsMade(LedgerRecord record, Write create) {
        Commit commit = platforms.get(create.platform()).commitOf(create.id());
        if (commit == null) return;
        Row then = commit.row();
        if (then == null) return;
        record.row = then.number;
        for (Write.Cell sent : create.cells()) {
            int c = sent.column();
            record.cells[c].shows(then.raw[c], commit.version());
            dating.ours(record.cells[c], create.id(), c, null, answered.getOrDefault(create.id(), agenda.nowMicros()));
        }
    }

    /** What this delete of ours deletes we had made, and nobody was shown it. */
    private @Nullable LedgerRecord bornUnseen(Write delete) {
        Births.Reserved made = births.unseen(delete);
        if (made == null) return null;
        return born(delete.platform(), made.name().key(), made.write().id(), made.version());
    }

    private void show(
            LedgerRecord record,
            SimulatedPlatform platform,
            Shape shape,
            Row row,
            Observation seen,
            boolean maybeOurs) {
        Unclear.Asked asked = Unclear.toldBy(seen, record, shape, sent);
        int attested = record.consents.getOrDefault(shape.field(), List.of()).size();
        showPlainly(record, platform, shape, row, seen, maybeOurs);
        boolean silent = record.consents.getOrDefault(shape.field(), List.of()).size() == attested;
        if (asked != null && silent && Unclear.found(asked, record, platform, shape, row, seen, edits)) changes++;
    }

    /**
     * @param maybeOurs a write of ours that was looked up was to put there what is there: it may have been us
     */
    private void showPlainly(
            LedgerRecord record,
            SimulatedPlatform platform,
            Shape shape,
            Row row,
            Observation seen,
            boolean maybeOurs) {
        int c = shape.number();
        LedgerRecord.Cell cell = record.cells[c];
        if (cell.known && row.version[c] <= cell.version) {
            if (seen.origin() != Observation.Origin.STREAM) followed(record, platform, shape, seen);
            return;
        }
        if (seen.origin() != Observation.Origin.STREAM) dating.passOver(cell, c, row.version[c]);
        boolean firstSight = !cell.known;
        String before = cell.raw;
        long origin = row.origin[c];
        boolean doubted =
                cell.doubted != null && Objects.equals(shape.read(cell.doubted.raw()), shape.read(row.raw[c]));
        cell.doubted = null;
        cell.shows(row.raw[c], row.version[c]);
        cell.origin = origin;
        cell.seen = seen;
        if (origin < 0) {
            dating.ours(cell, -origin, c, before, seen.observedMicros());
            return;
        }
        if (origin == 0) return;
        heard.add(origin);
        if (edit(origin).by() == Edit.By.JOB) cell.byJob = true;
        Write link = firstSight ? record.link : null;
        if (link != null && Found.isOurs(link, shape, row.raw[c])) {
            dating.ours(cell, link.id(), c, null, seen.observedMicros());
            return;
        }
        if (link != null && saidUpon(record, platform, shape, link)) return;
        if (!firstSight && Objects.equals(before, row.raw[c])) return;
        // Equality is equality of canonical values: one blank for another says nothing.
        if (!firstSight && Objects.equals(shape.read(before), shape.read(row.raw[c]))) return;
        if (!shape.mapped()) return;
        cell.byJob = edit(origin).by() == Edit.By.JOB;
        Said said = dating.said(record, platform, shape, seen, edit(origin), firstSight, maybeOurs || doubted);
        take(record, shape, said, before);
    }

    private void take(LedgerRecord record, Shape shape, Said said, @Nullable String before) {
        LedgerRecord.Cell cell = record.cells[shape.number()];
        record.take(shape, said, before, model.field(shape.field()).identifies());
        cell.carriedFrom = said.maybe() ? Math.min(cell.carriedFrom, said.from()) : said.from();
        cell.carriedTo = said.to();
        cell.withdrawnAt = record.withdrewAt(shape.field(), said);
        cell.wroteMicros = Said.UNDATED;
        if (WhoIsWho.asks(model.field(shape.field()))) changes++;
    }

    /** From now on what has no date was not there before. */
    public void firstReadingEnds() {
        dating.firstReadingEnds();
    }

    /** A write of ours is about to leave: from now on its values carry the stamps of those whose words they are. */
    public void sent(Write write) {
        List<Shape> shapes = platforms.get(write.platform()).shapes();
        sent.put(write.id(), Carried.of(write, agenda.nowMicros(), shapes, customerOf(write)));
        LedgerRecord record = write.kind() == Write.Kind.DELETE ? records.get(write.record()) : null;
        if (record != null) record.deletedByUs = true;
    }

    /** A platform has acknowledged a write of ours that its stream may not have shown yet. */
    public void acked(Write write, long atMicros) {
        answered.putIfAbsent(write.id(), atMicros);
        LedgerRecord record = records.get(write.record());
        Commit commit = platforms.get(write.platform()).commitOf(write.id());
        if (commit == null || write.kind() != Write.Kind.UPDATE) return;
        if (record == null) births.updated(write, atMicros);
        else record.acked(write, commit, atMicros);
    }

    /**
     * What followed a write of ours was seen before the answer to that was heard. From then on it was said upon what
     * we had written; for what we made that is known at once, else when the record is read again.
     */
    private void followed(LedgerRecord record, SimulatedPlatform platform, Shape shape, Observation seen) {
        LedgerRecord.Cell cell = record.cells[shape.number()];
        LedgerRecord.Acked acked = cell.acked;
        boolean late = acked != null && acked.version() > cell.since && acked.version() < cell.version;
        if (acked == null || !late || cell.origin <= 0) return;
        if (!shape.mapped() || shape.type() == FieldType.SET) return;
        cell.acked = null;
        boolean made = acked.write() == record.madeBy;
        boolean same = Objects.equals(shape.read(acked.raw()), shape.read(cell.raw));
        if (same && !made) return;
        record.unsay(shape.field(), cell.origin);
        dating.ours(cell, acked.write(), shape.number(), cell.was, acked.atMicros());
        changes++;
        if (same) return;
        take(record, shape, dating.said(record, platform, shape, seen, edit(cell.origin), false, false), acked.raw());
    }

    /**
     * A consent in a record that a create of ours may have made: other than we sent it, it is an edit of that.
     *
     * @return whether it is so
     */
    private boolean saidUpon(LedgerRecord record, SimulatedPlatform platform, Shape shape, Write create) {
        LedgerRecord.Cell cell = record.cells[shape.number()];
        if (shape.type() != FieldType.CONSENT || cell.origin <= 0 || cell.seen == null) return false;
        if (Found.isOurs(create, shape, cell.raw)) return false;
        record.unsay(shape.field(), cell.origin);
        dating.ours(cell, create.id(), shape.number(), null, agenda.nowMicros());
        Said said = dating.said(record, platform, shape, cell.seen, edit(cell.origin), false, false);
        take(record, shape, said, Found.sent(create, shape));
        changes++;
        return true;
    }

    /** The host has made a receipt durable: a platform without a stream shows by it what it holds now. */
    public void landed(Write write, Receipt receipt, Row row) {
        LedgerRecord record = occupant(write.platform(), write.key() == null ? row.key : write.key());
        if (record == null) record = born(write.platform(), row.key, row.madeBy, Long.MAX_VALUE);
        if (!record.key.equals(row.key))
            move(record, record.key, row.key, platforms.get(write.platform()).version());
        Observation seen = Observation.answered(write.platform(), row.key, receipt.raw(), receipt.atMicros());
        record.row = row.number;
        SimulatedPlatform platform = platforms.get(write.platform());
        for (Shape shape : platform.shapes()) {
            if (!receipt.shows(shape.number())) continue;
            boolean ours = write.cells().stream().anyMatch(cell -> cell.column() == shape.number());
            show(record, platform, shape, row, seen, ours);
        }
    }

    /** A look found this record, and cannot tell whether the write made it so before somebody edited it. */
    public void doubted(Write write, String key) {
        LedgerRecord record = occupant(write.platform(), key);
        if (write.kind() == Write.Kind.CREATE && (record == null || !record.live)) found.add(write, key);
        if (record == null) return;
        Carried carried = sent.get(write.id());
        boolean waited = carried != null && record.seenMicros >= carried.sentMicros();
        if (write.kind() == Write.Kind.CREATE && waited) linked(record, write);
        for (Write.Cell cell : write.cells())
            record.cells[cell.column()].doubted = new LedgerRecord.Doubted(cell.raw());
    }

    /** It was first seen while a create was under way, and has waited for what came of that: the create has made it. */
    private void linked(LedgerRecord record, Write create) {
        record.madeFor = create.record();
        record.link = create;
        for (Shape shape : platforms.get(create.platform()).shapes()) {
            int c = shape.number();
            if (saidUpon(record, platforms.get(create.platform()), shape, create)) continue;
            if (record.unsay(shape, create)) dating.ours(record.cells[c], create.id(), c, null, agenda.nowMicros());
        }
        changes++;
    }

    /** Nobody knows what became of it. */
    public void unclear(Write write) {
        unclear.add(write);
    }

    /** A write was looked up, and its record is read now: nothing else tells. */
    public boolean asks(Write write) {
        SimulatedPlatform platform = platforms.get(write.platform());
        return unclear.asks(write, platform, records.get(write.record()), sent, agenda.nowMicros());
    }

    /** A delete of ours was acknowledged. */
    public void deleted(Write write) {
        long version = versionOf(write);
        LedgerRecord record = records.get(write.record());
        // Where a position was lost meanwhile, nothing else will show that it ever was.
        if (record == null) record = bornUnseen(write);
        if (record == null || !record.live) return;
        record.deletedByUs = true;
        if (version != 0) record.lifeVersion = version;
        record.live = false;
        changes++;
    }
}
