package dev.lockstep.core.machine;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.IdentifierState.Reservation;
import dev.lockstep.core.state.IdentifierState.Row;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Member.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one value of one field: it knows who claims the value, tells claimants whom it joins, introduces
 * groups that share it, and says whether a create that bears it would make a second record of somebody.
 *
 * <p>Records speak to it directly and each for itself, never a group for its members: a count taken through groups
 * would be wrong while tokens are between two of them.
 */
final class IdentifierMachine {

    void on(IdentifierKey key, IdentifierState state, Message.ToIdentifier message, Context context, Step out) {
        switch (message) {
            case Message.Claim claim -> claim(key, state, claim, context.model(), out);
            case Message.Reserve reserve -> reserve(key, state, reserve, out);
            case Message.Ask ask -> ask(key, state, ask, out);
            case Message.Await await -> {
                boolean news = await(state, await.platform(), await.by());
                // Who had it may have left before we were told that it was taken: tried again, once.
                if (news && !isHeld(state, await.platform(), await.by())) recheck(await.by(), out);
            }
            case Message.Release release -> {
                Reservation reservation = state.creating.get(release.platform());
                if (reservation != null && reservation.writeId() == release.writeId()) {
                    state.creating.remove(release.platform());
                    freed(state, release.platform(), out);
                    TreeSet<RecordName> sights = state.sights.remove(release.platform());
                    if (sights != null) for (RecordName record : sights) clear(key, record, out);
                }
            }
        }
    }

    // ---- who is who

    private static void claim(IdentifierKey key, IdentifierState state, Message.Claim claim, Model model, Step out) {
        Row was = state.rows.get(claim.record());
        if (was != null && was.seq() >= claim.seq()) return;
        Kind kind = claim.kind();
        if (kind == null) {
            state.rows.remove(claim.record());
        } else {
            state.rows.put(claim.record(), new Row(claim.seq(), claim.label(), kind, claim.since()));
        }
        if (hold(was) > hold(state.rows.get(claim.record())))
            freed(state, claim.record().platform(), out);
        boolean joined = was != null && was.kind().claims();
        boolean joins = kind != null && kind.claims();
        if (!joined && !joins) return;
        Level level = level(key, state, model);
        if (level != state.level) {
            state.level = level;
            state.version++;
            state.introduced.clear();
            state.rows.forEach((record, row) -> {
                if (row.kind().claims()) tell(key, state, record, out);
            });
        } else if (joins && state.version > 0 && (was == null || was.since() != claim.since())) {
            tell(key, state, claim.record(), out);
        }
        if (state.level != Level.NOBODY) introduce(key, state, out);
    }

    private static void tell(IdentifierKey key, IdentifierState state, RecordName record, Step out) {
        out.send(Address.Slot.of(record), new Message.StatusOf(record, key, state.version, state.level));
    }

    /** Whom the value joins: a platform on which too many records have it makes it say nothing. */
    private static Level level(IdentifierKey key, IdentifierState state, Model model) {
        if (key.isLink()) return Level.ALL;
        int limit = model.field(key.field()).sharedLimit();
        TreeMap<Integer, Integer> current = new TreeMap<>();
        TreeMap<Integer, Integer> ever = new TreeMap<>();
        Level level = Level.ALL;
        for (Map.Entry<RecordName, Row> row : state.rows.entrySet()) {
            int platform = row.getKey().platform();
            Kind kind = row.getValue().kind();
            if (kind == Kind.HOLDS || kind == Kind.GONE) continue;
            if (kind.isCurrent() && current.merge(platform, 1, Integer::sum) > limit) return Level.NOBODY;
            if (ever.merge(platform, 1, Integer::sum) > limit) level = Level.CURRENT;
        }
        return level;
    }

    /** One claimant of the least group meets one of every other; each pair once for what the two have claimed. */
    private static void introduce(IdentifierKey key, IdentifierState state, Step out) {
        TreeMap<RecordName, RecordName> byGroup = new TreeMap<>();
        state.rows.forEach((record, row) -> {
            if (state.level.joins(row.kind())) byGroup.putIfAbsent(row.label(), record);
        });
        TreeSet<String> needed = new TreeSet<>();
        RecordName host = byGroup.isEmpty() ? null : byGroup.firstEntry().getValue();
        for (RecordName other : byGroup.values()) {
            if (host == null || other.equals(host)) continue;
            String pair = host + " " + seq(state, host) + " " + other + " " + seq(state, other);
            needed.add(pair);
            if (state.introduced.contains(pair)) continue;
            Member.Standing standing = new Member.Standing(state.version, state.level);
            out.send(Address.Slot.of(host), new Message.Meet(host, key, standing, other));
        }
        state.introduced.clear();
        state.introduced.addAll(needed);
    }

    private static long seq(IdentifierState state, RecordName record) {
        Row row = state.rows.get(record);
        return row == null ? 0 : row.seq();
    }

    // ---- creates

    private static void reserve(IdentifierKey key, IdentifierState state, Message.Reserve reserve, Step out) {
        RecordName holder = holder(state, reserve.platform(), reserve.writeId());
        if (holder == null) {
            state.creating.put(reserve.platform(), new Reservation(reserve.by(), reserve.writeId()));
        } else {
            await(state, reserve.platform(), reserve.by());
        }
        out.send(
                Address.Slot.of(reserve.by()),
                new Message.Reserved(reserve.by(), key, reserve.platform(), reserve.writeId(), holder));
    }

    private static void ask(IdentifierKey key, IdentifierState state, Message.Ask ask, Step out) {
        if (!state.creating.containsKey(ask.platform())) clear(key, ask.record(), out);
        else
            state.sights
                    .computeIfAbsent(ask.platform(), platform -> new TreeSet<>())
                    .add(ask.record());
    }

    private static void clear(IdentifierKey key, RecordName record, Step out) {
        out.send(Address.Slot.of(record), new Message.Clear(record, key));
    }

    private static boolean await(IdentifierState state, int platform, RecordName by) {
        return state.waiting
                .computeIfAbsent(platform, number -> new TreeSet<>())
                .add(by);
    }

    private static void recheck(RecordName by, Step out) {
        out.send(Address.Slot.of(by), new Message.Recheck(by, Message.Why.PLAN));
    }

    /** Whoever was refused this value, or a create for its sake, may have it now. */
    private static void freed(IdentifierState state, int platform, Step out) {
        TreeSet<RecordName> waiting = state.waiting.get(platform);
        if (waiting == null) return;
        // A record that claims the value, and was refused it, does not stand in its own way.
        waiting.removeIf(by -> {
            if (isHeld(state, platform, by)) return false;
            recheck(by, out);
            return true;
        });
        if (waiting.isEmpty()) state.waiting.remove(platform);
    }

    /** 2: no other record there can have the value. 1: none is made with it. */
    private static int hold(@Nullable Row row) {
        if (row == null) return 0;
        return row.kind().takes() ? 2 : row.kind().isCurrent() ? 1 : 0;
    }

    /** Another record of that platform holds the value, or is being made with it. */
    private static boolean isHeld(IdentifierState state, int platform, RecordName but) {
        for (Map.Entry<RecordName, Row> row : state.rows.entrySet()) {
            boolean other = row.getKey().platform() == platform && !row.getKey().equals(but);
            if (other && hold(row.getValue()) == 2) return true;
        }
        return state.creating.containsKey(platform);
    }

    /**
     * The record on that platform which has the value, or says so though we have written over it; else the one under
     * whose claim another is being made there.
     */
    private static @Nullable RecordName holder(IdentifierState state, int platform, long writeId) {
        for (Map.Entry<RecordName, Row> row : state.rows.entrySet()) {
            if (row.getKey().platform() == platform && hold(row.getValue()) > 0) return row.getKey();
        }
        Reservation other = state.creating.get(platform);
        return other == null || other.writeId() == writeId ? null : other.by();
    }
}
