package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which records are one customer, from scratch: over all that was said so far, and people's answers. */
public final class WhoIsWho {
    static final WhoIsWho NOBODY = new WhoIsWho(null);

    private final Model model;
    private final TreeMap<RecordName, LedgerRecord> records = new TreeMap<>();
    private final TreeMap<RecordName, List<LedgerRecord>> partOf = new TreeMap<>();
    private final Map<String, Boolean> decisions;
    private final TreeSet<String> nobodys = new TreeSet<>();

    /** Two records that share something: the strongest reasons come first. */
    private record Link(
            int rank,
            LedgerRecord one,
            LedgerRecord other,
            @Nullable Field field,
            boolean former) {
        static final Comparator<Link> STRONGEST_FIRST = Comparator.<Link>comparingInt(link -> link.rank)
                .thenComparing(link -> link.one.name)
                .thenComparing(link -> link.other.name);
    }

    private record Claimant(LedgerRecord record, boolean former) {}

    private WhoIsWho(@Nullable Ledger ledger) {
        this.model = ledger == null ? new Model(List.of(), List.of(), 0) : ledger.model();
        this.decisions = ledger == null ? Map.of() : ledger.decisions().answers();
        if (ledger == null) return;
        for (LedgerRecord record : ledger.records()) {
            records.put(record.name, record);
            partOf.put(record.name, new ArrayList<>(List.of(record)));
        }
    }

    static WhoIsWho of(Ledger ledger) {
        WhoIsWho who = new WhoIsWho(ledger);
        List<Link> links = who.links();
        links.sort(Link.STRONGEST_FIRST);
        for (Link link : links) who.join(link);
        who.joinMade();
        return who;
    }

    /** What is said of this field may make one customer of two, or two of one. */
    static boolean asks(Field field) {
        return field.identifies() || field.vetoes() || field.type() == FieldType.NAME;
    }

    /** The records of one customer, by seniority; empty for a record never heard of. */
    public Collection<LedgerRecord> customerOf(RecordName name) {
        List<LedgerRecord> part = partOf.get(name);
        return part == null ? List.of() : part;
    }

    /** So many records of one platform claim it that it tells nobody apart. */
    public boolean identifiesNobody(Field field, String value) {
        return nobodys.contains(field.number() + "=" + value);
    }

    /** All customers: their records by seniority. */
    public List<List<LedgerRecord>> customers() {
        List<List<LedgerRecord>> all = new ArrayList<>();
        partOf.forEach((name, part) -> {
            if (part.getFirst().name.equals(name)) all.add(part);
        });
        return all;
    }

    /** The id of a customer: its senior live record that a person made, else its senior live one; null: none lives. */
    public static @Nullable RecordName idOf(Collection<LedgerRecord> part) {
        RecordName made = null;
        for (LedgerRecord record : part) {
            if (!record.live) continue;
            if (record.madeFor == null) return record.name;
            if (made == null) made = record.name;
        }
        return made;
    }

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        decisions.forEach((pair, same) -> {
            if (!same) return;
            LedgerRecord[] two = pairOf(pair);
            if (two != null) links.add(new Link(-1, two[0], two[1], null, false));
        });
        for (Field field : model.fields()) {
            if (field.identifies()) claimants(field).forEach((value, who) -> introduce(field, value, who, links));
        }
        return links;
    }

    private LedgerRecord @Nullable [] pairOf(String pair) {
        int space = pair.indexOf(' ');
        LedgerRecord one = records.get(RecordName.parse(pair.substring(0, space)));
        LedgerRecord other = records.get(RecordName.parse(pair.substring(space + 1)));
        return one == null || other == null ? null : new LedgerRecord[] {one, other};
    }

    private Map<String, List<Claimant>> claimants(Field field) {
        Map<String, List<Claimant>> byValue = new TreeMap<>();
        String prefix = field.number() + "=";
        for (LedgerRecord record : records.values()) {
            Said claim = record.claims.get(field.number());
            if (claim != null && claim.value() != null) {
                byValue.computeIfAbsent(claim.value(), v -> new ArrayList<>()).add(new Claimant(record, !record.live));
            }
            for (String former : record.formers) {
                if (!former.startsWith(prefix)) continue;
                byValue.computeIfAbsent(former.substring(prefix.length()), v -> new ArrayList<>())
                        .add(new Claimant(record, true));
            }
        }
        return byValue;
    }

    private void introduce(Field field, String value, List<Claimant> who, List<Link> links) {
        if (overLimit(field, who, false)) {
            nobodys.add(field.number() + "=" + value);
            return;
        }
        boolean formersToo = !overLimit(field, who, true);
        for (int i = 0; i < who.size(); i++) {
            for (int j = i + 1; j < who.size(); j++) {
                boolean former = who.get(i).former || who.get(j).former;
                if (former && !formersToo) continue;
                LedgerRecord one = who.get(i).record;
                LedgerRecord other = who.get(j).record;
                boolean ordered = one.name.compareTo(other.name) < 0;
                links.add(new Link(field.order(), ordered ? one : other, ordered ? other : one, field, former));
            }
        }
    }

    /** Records that claim it now, live ones; and, where former claims are asked for, all that ever did. */
    private boolean overLimit(Field field, List<Claimant> who, boolean withFormer) {
        TreeMap<Integer, Integer> byPlatform = new TreeMap<>();
        for (Claimant one : who) {
            if (one.former && !withFormer || !one.record.live) continue;
            if (byPlatform.merge(one.record.name.platform(), 1, Integer::sum) > field.sharedLimit()) return true;
        }
        return false;
    }

    private void join(Link link) {
        List<LedgerRecord> one = part(link.one);
        List<LedgerRecord> other = part(link.other);
        if (one == other || differentByWord(one, other)) return;
        if (link.field != null) {
            if (vetoed(one, other)) return;
            if (link.field.type() == FieldType.PHONE && anyNameDiffers(one, other)) return;
            if (link.former && noNameEqual(one, other)) return;
        }
        unite(one, other);
    }

    /** A part of which Lockstep made every record goes with the records it was made for, and bridges nothing. */
    private void joinMade() {
        boolean again = true;
        while (again) {
            again = false;
            for (LedgerRecord record : records.values()) {
                LedgerRecord maker = record.madeFor == null ? null : records.get(record.madeFor);
                if (maker == null) continue;
                List<LedgerRecord> own = part(record);
                List<LedgerRecord> its = part(maker);
                boolean free = own != its && own.stream().allMatch(one -> one.madeFor != null);
                if (!free || differentByWord(own, its) || vetoed(own, its)) continue;
                unite(own, its);
                again = true;
            }
        }
    }

    private List<LedgerRecord> part(LedgerRecord record) {
        List<LedgerRecord> part = partOf.get(record.name);
        if (part == null) throw new IllegalStateException("no part of " + record.name);
        return part;
    }

    private void unite(List<LedgerRecord> one, List<LedgerRecord> other) {
        List<LedgerRecord> both = new ArrayList<>(one);
        both.addAll(other);
        both.sort(Comparator.comparing(record -> record.name));
        for (LedgerRecord record : both) partOf.put(record.name, both);
    }

    private boolean differentByWord(List<LedgerRecord> one, List<LedgerRecord> other) {
        if (decisions.isEmpty()) return false;
        for (LedgerRecord a : one) {
            for (LedgerRecord b : other) {
                if (Boolean.FALSE.equals(decisions.get(Decisions.pair(a.name, b.name)))) return true;
            }
        }
        return false;
    }

    private boolean vetoed(List<LedgerRecord> one, List<LedgerRecord> other) {
        for (Field field : model.fields()) {
            if (field.vetoes() && differ(values(one, field), values(other, field))) return true;
        }
        return false;
    }

    private boolean anyNameDiffers(List<LedgerRecord> one, List<LedgerRecord> other) {
        for (Field field : model.fields()) {
            if (field.type() == FieldType.NAME && differ(values(one, field), values(other, field))) return true;
        }
        return false;
    }

    private boolean noNameEqual(List<LedgerRecord> one, List<LedgerRecord> other) {
        boolean oneNamed = false;
        boolean otherNamed = false;
        for (Field field : model.fields()) {
            if (field.type() != FieldType.NAME) continue;
            TreeSet<String> here = values(one, field);
            TreeSet<String> there = values(other, field);
            oneNamed |= !here.isEmpty();
            otherNamed |= !there.isEmpty();
            if (!Collections.disjoint(here, there)) return false;
        }
        return oneNamed && otherNamed;
    }

    private static boolean differ(TreeSet<String> here, TreeSet<String> there) {
        return !here.isEmpty() && !there.isEmpty() && Collections.disjoint(here, there);
    }

    private static TreeSet<String> values(List<LedgerRecord> part, Field field) {
        TreeSet<String> values = new TreeSet<>();
        for (LedgerRecord record : part) {
            Said claim = record.claims.get(field.number());
            if (claim != null && claim.value() != null) values.add(claim.value());
            // Who changes a name says that it has changed, not that this is somebody else.
            Said first = field.type() == FieldType.NAME ? record.firstValue(field.number()) : null;
            if (first != null && first.value() != null) values.add(first.value());
        }
        return values;
    }
}
