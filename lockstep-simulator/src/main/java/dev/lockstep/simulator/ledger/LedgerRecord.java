package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.simulator.platform.Commit;
import dev.lockstep.simulator.platform.Row;
import dev.lockstep.simulator.platform.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A record as the host has been shown it so far, and what was said on it by people. */
public final class LedgerRecord {
    public final RecordName name;
    public String key;
    public boolean live = true;
    /** The platform's version that said whether it is there. */
    public long lifeVersion;
    /** When it was first seen. */
    public long seenMicros;
    /** The row it was last shown as. */
    public long row;
    /** While it is gone: by people; and when, at least and at most, by stamp. */
    public boolean deletedByPeople;

    public long goneFrom;
    public long goneTo;
    /** A delete of ours was sent for it since it was last there. */
    public boolean deletedByUs;
    /** For a record that Lockstep made: the record under whose claim. */
    public @Nullable RecordName madeFor;
    /** The write of ours that made it; 0: a person did. */
    public long madeBy;

    /** It was found where this create of ours, of unclear outcome, may have made it; null when it was not. */
    @Nullable
    Write link;

    public final Cell[] cells;
    /** By field: what it said last, and all that it ever said, oldest first. */
    public final TreeMap<Integer, Said> claims = new TreeMap<>();

    public final TreeMap<Integer, List<Said>> past = new TreeMap<>();
    /** By field, for sets: the last word on each element; the value is {@code "+"} or {@code "-"}. */
    public final TreeMap<Integer, TreeMap<String, Said>> elements = new TreeMap<>();
    /** By field, for consents: every attested change; the value is {@code granted} or {@code withdrawn}. */
    public final TreeMap<Integer, List<Said>> consents = new TreeMap<>();
    /** Identifiers said before and not now, as {@code field=value}. */
    public final TreeSet<String> formers = new TreeSet<>();

    /** What stays of a record on its platform while its key changes. */
    record RowOf(int platform, long number) {}

    /**
     * A write of ours that its platform has acknowledged.
     *
     * @param write its id
     * @param version the commit that it was
     * @param raw what it left
     * @param atMicros when that was heard
     */
    record Acked(long write, long version, @Nullable String raw, long atMicros) {}

    /** @param raw what a write was to put there; null for a blank */
    record Doubted(@Nullable String raw) {}

    /** What a column was last shown to hold. */
    public static final class Cell {
        public boolean known;
        public @Nullable String raw;
        public long version;
        /** What it was shown to hold before, and as of when. */
        @Nullable
        String was;

        long since;
        /** What put it there, as in {@code Row}; and what showed it. */
        long origin;

        @Nullable
        Observation seen;

        /** The stamp that the value carries, at least and at most. */
        public long carriedFrom = Said.UNDATED;

        public long carriedTo = Said.UNDATED;
        /** Of a consent: the stamp of the withdrawal that it carries, where that is known. */
        public long withdrawnAt = Said.UNDATED;
        /** Our last write there: when it was seen, what it put and what it replaced. */
        public long wroteMicros = Said.UNDATED;
        /** When it was known to have been made: its stream may show it long after its receipt. */
        public long madeMicros = Said.UNDATED;

        public @Nullable String wrote;
        /** What a write of ours was to put there of which nobody knows whether it did; null when there is none. */
        @Nullable
        Doubted doubted;

        /** Of a consent: the write that is looked into, as far as it is known; null when none is. */
        Unclear.@Nullable Asked asked;

        public @Nullable String replaced;
        /** The last write of ours there that was acknowledged; null when none was. */
        public @Nullable Acked acked;
        /** A job of the platform put there what it holds. */
        public boolean byJob;

        void shows(@Nullable String now, long as) {
            known = true;
            was = raw;
            since = version;
            raw = now;
            version = as;
        }
    }

    LedgerRecord(RecordName name, int columns) {
        this.name = name;
        this.key = name.key();
        this.cells = new Cell[columns];
        for (int c = 0; c < columns; c++) cells[c] = new Cell();
    }

    /** @param byPeople it was people who deleted it */
    void gone(Observation seen, boolean byPeople) {
        deletedByPeople = byPeople;
        boolean dated = seen.origin() == Observation.Origin.STREAM && seen.datedMicros() != Said.UNDATED;
        long when = dated ? Math.min(seen.datedMicros(), seen.observedMicros()) : seen.observedMicros();
        goneFrom = when;
        goneTo = when;
        for (Cell cell : cells) {
            if (cell.carriedFrom != Said.UNDATED) goneFrom = Math.max(goneFrom, cell.carriedFrom + 1);
            if (cell.carriedTo != Said.UNDATED) goneTo = Math.max(goneTo, cell.carriedTo + 1);
        }
    }

    /**
     * What it said by being there when it was first seen may have been put there by a create: then it has not said it,
     * and otherwise nobody knows when.
     *
     * @return whether that was so, and is what it holds
     */
    boolean unsay(Shape shape, Write create) {
        int field = shape.field();
        List<Said> all = past.getOrDefault(field, new ArrayList<>());
        if (!shape.mapped() || all.isEmpty() || !all.getFirst().firstSight()) return false;
        Said first = all.getFirst();
        boolean ours = Found.isOurs(create, shape, first.raw());
        boolean last = claims.get(field) == first;
        if (ours) {
            all.removeFirst();
            if (last) claims.remove(field);
            consents.getOrDefault(field, new ArrayList<>()).removeIf(said -> said.edit() == first.edit());
            elements.getOrDefault(field, new TreeMap<>()).values().removeIf(said -> said.edit() == first.edit());
            formers.remove(field + "=" + first.value());
        } else {
            all.set(0, first.unsure());
            if (last) claims.put(field, first.unsure());
            consents.getOrDefault(field, new ArrayList<>())
                    .replaceAll(said -> said.edit() == first.edit() ? said.unsure() : said);
            elements.getOrDefault(field, new TreeMap<>())
                    .replaceAll((element, said) -> said.edit() == first.edit() ? said.unsure() : said);
        }
        return ours && last;
    }

    /** What it said by this edit counts no more as it was heard. */
    void unsay(int field, long edit) {
        Said last = claims.get(field);
        if (last != null && last.edit() == edit) claims.remove(field);
        past.getOrDefault(field, new ArrayList<>()).removeIf(said -> said.edit() == edit);
        consents.getOrDefault(field, new ArrayList<>()).removeIf(said -> said.edit() == edit);
        if (last != null && last.edit() == edit) formers.remove(field + "=" + last.value());
    }

    /** It said something of a field. */
    void take(Shape shape, Said said, @Nullable String before, boolean identifies) {
        int field = shape.field();
        if (shape.type() == FieldType.CONSENT) {
            consent(shape, said, before);
            return;
        }
        if (shape.type() == FieldType.SET) elements(field, said, said.firstSight() ? null : before);
        Said last = claims.get(field);
        if (identifies) {
            if (last != null && last.value() != null) formers.add(field + "=" + last.value());
            if (said.value() != null) formers.remove(field + "=" + said.value());
        }
        say(field, said);
    }

    private void say(int field, Said said) {
        claims.put(field, said);
        past.computeIfAbsent(field, f -> new ArrayList<>()).add(said);
    }

    /** The stamp of the withdrawal that this was, where it was one and is dated exactly; else undated. */
    long withdrewAt(int field, Said said) {
        List<Said> log = consents.getOrDefault(field, List.of());
        if (log.isEmpty() || !said.exact() || log.getLast().edit() != said.edit()) return Said.UNDATED;
        return "withdrawn".equals(log.getLast().value()) ? said.to() : Said.UNDATED;
    }

    /** A write of ours was acknowledged, and was this commit: of another row, where keys have moved meanwhile. */
    void acked(Write write, Commit commit, long atMicros) {
        Row then = commit.row();
        if (then == null || then.number != row) return;
        for (Write.Cell cell : write.cells()) {
            int c = cell.column();
            cells[c].acked = new Acked(write.id(), commit.version(), then.raw[c], atMicros);
        }
    }

    /** The first value that it said of a field; null when it never said one. */
    @Nullable
    Said firstValue(int field) {
        for (Said said : past.getOrDefault(field, List.of())) if (said.value() != null) return said;
        return null;
    }

    /** Its word on each element that was added or taken out. */
    private void elements(int field, Said said, @Nullable String before) {
        TreeMap<String, Said> words = elements.computeIfAbsent(field, f -> new TreeMap<>());
        TreeSet<String> was = Shape.setOf(before);
        TreeSet<String> is = Shape.setOf(said.raw());
        for (String element : is) if (!was.contains(element)) words.put(element, said.as("+"));
        for (String element : was) if (!is.contains(element)) words.put(element, said.as("-"));
    }

    /** Found out where a write of ours may have put it so, or been taken back at once. */
    void foundOut(int field, Said said) {
        consents.computeIfAbsent(field, f -> new ArrayList<>()).add(said);
        say(field, said);
    }

    /** What it attests of a consent; a change to "never asked" from anything but a grant says nothing. */
    private void consent(Shape shape, Said said, @Nullable String before) {
        String is = said.value();
        String attested = null;
        if ("granted".equals(is)) attested = "granted";
        else if ("withdrawn".equals(is)) attested = "withdrawn";
        else if (!said.firstSight() && "granted".equals(shape.read(before))) attested = "withdrawn";
        if (attested == null) return;
        consents.computeIfAbsent(shape.field(), f -> new ArrayList<>()).add(said.as(attested));
        say(shape.field(), said.as(attested));
    }
}
