package dev.lockstep.core.machine;

import dev.lockstep.core.identity.Membership;
import dev.lockstep.core.machine.Crowd.Input;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Decision;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a crowd, the machines told of it, deliveries in some order, and the invariants checked after every step.
 */
final class IdentityRun {

    enum Order {
        /** Each input to quiet, first in first out: what the embedded host does. */
        CASCADE,
        /** Each input to quiet, in any order that keeps that of each sender and receiver. */
        CASCADE_ANY,
        /** Inputs and messages mixed; a queue for each receiver. */
        RECEIVER,
        /** Inputs and messages mixed; order only from each sender to each receiver. */
        PAIR
    }

    /** How many messages may come of one input, on average over a run, before it is held to go on for ever. */
    private static final int MOST_MESSAGES_PER_INPUT = 1500;

    private record Letter(Address from, Address to, Message message) {}

    private final Order order;
    private final Random random;
    final Crowd crowd;
    private final Context context;
    private final RecordMachine records = new RecordMachine();
    private final IdentifierMachine identifiers = new IdentifierMachine();
    private final Step out = new Step();

    final Map<Address, RecordState> recordStates = new HashMap<>();
    final TreeMap<IdentifierKey, IdentifierState> identifierStates = new TreeMap<>();
    final TreeMap<RecordName, GroupState> groupStates = new TreeMap<>();
    private final TreeMap<RecordName, RecordName> holders = new TreeMap<>();

    private final Map<Object, ArrayDeque<Letter>> queues = new HashMap<>();
    private final ArrayList<Object> ready = new ArrayList<>();
    private final List<Input> told = new ArrayList<>();
    /** Records of which something is on its way to their token. */
    private final TreeSet<RecordName> pending = new TreeSet<>();

    private final int inputs;
    private final int groupLimit;
    long delivered;

    IdentityRun(long seed, Order order, int groupLimit, int inputs) {
        this.order = order;
        this.inputs = inputs;
        this.groupLimit = groupLimit;
        random = new Random(seed * 0x9E3779B97F4A7C15L + 77);
        crowd = new Crowd(random, order == Order.CASCADE || order == Order.CASCADE_ANY);
        Model model = crowd.model(groupLimit);
        context = new Context(model, 1, false);
    }

    void run() {
        switch (order) {
            case CASCADE, CASCADE_ANY -> cascades();
            case RECEIVER, PAIR -> mixed();
        }
        check();
    }

    private void cascades() {
        for (int i = 0; i < inputs || !crowd.atRest(); i++) {
            tell(crowd.next());
            while (!ready.isEmpty()) deliver(random.nextInt(ready.size()));
            if (crowd.atRest() && random.nextInt(16) == 0) check();
        }
    }

    private void mixed() {
        List<ArrayDeque<Input>> feeds = new ArrayList<>();
        Map<RecordName, ArrayDeque<Input>> byRecord = new TreeMap<>();
        boolean inOrder = random.nextBoolean();
        ArrayDeque<Input> all = new ArrayDeque<>();
        if (inOrder) feeds.add(all);
        for (int i = 0; i < inputs || !crowd.atRest(); i++) {
            Input input = crowd.next();
            if (inOrder) all.add(input);
            else
                byRecord.computeIfAbsent(input.record(), name -> {
                            ArrayDeque<Input> feed = new ArrayDeque<>();
                            feeds.add(feed);
                            return feed;
                        })
                        .add(input);
        }
        double pace = new double[] {0.02, 0.1, 0.5, 1.0}[random.nextInt(4)];
        while (!feeds.isEmpty() || !ready.isEmpty()) {
            if (!feeds.isEmpty() && (ready.isEmpty() || random.nextDouble() < pace)) {
                int feed = random.nextInt(feeds.size());
                if (tellInTurn(feeds.get(feed).getFirst())) feeds.get(feed).removeFirst();
                if (feeds.get(feed).isEmpty()) feeds.remove(feed);
            }
            if (!ready.isEmpty()) deliver(random.nextInt(ready.size()));
        }
    }

    // ---- inputs

    /** As a host does: to the slot of the key. */
    private void tell(Input input) {
        told.add(input);
        int platform = input.record().platform();
        Address.Slot slot = new Address.Slot(platform, input.from() == null ? input.key() : input.from());
        Message.ToRecord message = switch (input.kind()) {
            case SAID, WROTE, RENAMED, GONE -> new Message.Seen(observation(input, told.size()));
            case SAME, DIFFERENT -> {
                slot = Address.Slot.of(input.record());
                Decision decision = new Decision(
                        Objects.requireNonNull(input.other()), input.kind() == Crowd.Kind.SAME, told.size());
                yield new Message.Decided(input.record(), decision);
            }
            case MADE -> {
                slot = new Address.Slot(0, input.key());
                yield made(input);
            }
        };
        receive(new Letter(slot, slot, message));
    }

    private static Observation observation(Input input, long number) {
        int platform = input.record().platform();
        if (input.kind() == Crowd.Kind.GONE) {
            return Observation.gone(platform, input.key(), Observation.Origin.STREAM, number, number, number);
        }
        return new Observation(
                platform,
                input.key(),
                input.from(),
                Observation.Origin.STREAM,
                false,
                new String[0],
                number,
                number,
                number,
                number,
                0);
    }

    private Message.Made made(Input input) {
        RecordName by = input.record();
        Write write = new Write(1, 0, Write.Kind.CREATE, by, null, List.of(), List.of(), false, Stamp.UNDATED);
        Flight flight = new Flight(write, List.of(), List.of(), told.size(), false);
        return new Message.Made(by, Objects.requireNonNull(holders.get(by)), input.key(), flight, null, null, false);
    }

    /** @return false when it has to wait: for what was told of that record before, or for the record itself */
    private boolean tellInTurn(Input input) {
        if (pending.contains(input.record())) return false;
        if (input.kind() == Crowd.Kind.MADE) return makeWhereItIs(input);
        boolean known = born(input.record()) != null;
        // What Lockstep makes is not seen before it is made.
        if (!known && (input.kind() != Crowd.Kind.SAID || input.key().startsWith("m"))) return false;
        pending.add(input.record());
        tell(input);
        return true;
    }

    /** In one step with the birth: what was made for a record belongs to the group where that record is. */
    private boolean makeWhereItIs(Input input) {
        RecordName holder = holders.get(input.record());
        GroupState state = holder == null ? null : groupStates.get(holder);
        if (holder == null || state == null || !state.members.containsKey(input.record())) return false;
        RecordState slotState = record(new Address.Slot(0, input.key()));
        RecordState.Born born = new RecordState.Born(Objects.requireNonNull(input.other()));
        born.owner = holder;
        born.gen = 1;
        slotState.born.add(born);
        slotState.occupant = input.other();
        settle(holder, state, make(state, input));
        sendAll(new Address.Group(holder));
        checkGroup(holder);
        return true;
    }

    // ---- the group machine, with the least of edits

    private void group(RecordName group, GroupState state, Message.ToGroup message) {
        if (!(message instanceof Message.Told told)) {
            Membership.on(group, state, message, context, out);
            return;
        }
        if (told.message() instanceof Message.Made) {
            settle(group, state, make(state, this.told.getLast()));
            return;
        }
        Member member = state.members.get(told.record());
        if (member == null) {
            RecordMachine.tellAgain(told, out);
            return;
        }
        switch (told.message()) {
            case Message.StatusOf status -> {
                if (Membership.standing(state, status)) Membership.settle(group, state, context, out);
            }
            case Message.Seen(Observation seen) -> taken(group, state, member, this.told.get((int) seen.version() - 1));
            case Message.Decided decided ->
                taken(
                        group,
                        state,
                        member,
                        this.told.get((int) decided.decision().stampMicros() - 1));
            default -> throw new IllegalStateException("not told here: " + told);
        }
    }

    private void taken(RecordName group, GroupState state, Member member, Input input) {
        // The one whose key was taken is told only that it is gone.
        if (input.record().equals(member.name)) Crowd.apply(input, member);
        else member.live = false;
        pending.remove(member.name);
        settle(group, state, member);
    }

    private void settle(RecordName group, GroupState state, Member member) {
        Membership.claimsChanged(group, state, member, context, out);
        Membership.settle(group, state, context, out);
    }

    private static Member make(GroupState state, Input input) {
        Member made = new Member(Objects.requireNonNull(input.other()));
        made.gen = 1;
        made.madeFor = input.record();
        made.columnOrNew(Crowd.EMAIL_COLUMN).raw = input.says().getFirst();
        state.members.put(made.name, made);
        return made;
    }

    // ---- delivery

    private void deliver(int which) {
        require(++delivered < 4000L + (long) MOST_MESSAGES_PER_INPUT * inputs, () -> "it goes on for ever");
        Object key = ready.get(which);
        ArrayDeque<Letter> queue = Objects.requireNonNull(queues.get(key));
        Letter letter = queue.removeFirst();
        if (queue.isEmpty()) {
            ready.set(which, ready.getLast());
            ready.removeLast();
        }
        receive(letter);
    }

    private void receive(Letter letter) {
        switch (letter.to) {
            case Address.Slot slot -> records.on(slot, record(slot), (Message.ToRecord) letter.message, context, out);
            case Address.Identifier(IdentifierKey key) ->
                identifiers.on(
                        key,
                        identifierStates.computeIfAbsent(key, k -> new IdentifierState()),
                        (Message.ToIdentifier) letter.message,
                        context,
                        out);
            case Address.Group(RecordName least) -> {
                GroupState state = groupStates.computeIfAbsent(least, name -> new GroupState());
                group(least, state, (Message.ToGroup) letter.message);
                checkGroup(least);
            }
        }
        sendAll(letter.to);
    }

    private RecordState record(Address.Slot slot) {
        return recordStates.computeIfAbsent(slot, s -> new RecordState());
    }

    private void sendAll(Address from) {
        for (Step.Envelope envelope : out.messages) {
            Object key = switch (order) {
                case CASCADE -> "one queue";
                case RECEIVER -> envelope.to();
                case CASCADE_ANY, PAIR -> List.of(from, envelope.to());
            };
            ArrayDeque<Letter> queue = queues.computeIfAbsent(key, k -> new ArrayDeque<>());
            if (queue.isEmpty()) ready.add(key);
            queue.add(new Letter(from, envelope.to(), envelope.message()));
        }
        out.clear();
    }

    // ---- invariants

    /**
     * (a) A group is nothing, or one component led by its key, by its own knowledge; (b) its tokens are nowhere else.
     */
    private void checkGroup(RecordName group) {
        GroupState state = Objects.requireNonNull(groupStates.get(group));
        for (RecordName name : state.members.keySet()) {
            RecordName before = holders.put(name, group);
            if (before == null || before.equals(group)) continue;
            boolean twice =
                    Objects.requireNonNull(groupStates.get(before)).members.containsKey(name);
            require(!twice, () -> name + " has two tokens, in " + before + " and " + group);
        }
        if (state.isEmpty()) return;
        require(state.members.firstKey().equals(group), () -> group + " is not the least of " + state.members.keySet());
        Checks.connected(group, state);
        if (groupLimit < 50) {
            // Records that Lockstep makes are born in the group, however full it is.
            int most = groupLimit + Crowd.MOST_MADE;
            require(state.members.size() <= most, () -> group + " has more members than fit");
        }
    }

    /** What must hold when all is quiet. */
    private void check() {
        new Checks(this, groupLimit).quiet();
    }

    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) throw new AssertionError(otherwise.get());
    }

    RecordState.@Nullable Born born(RecordName name) {
        RecordState state = recordStates.get(Address.Slot.of(name));
        return state == null || name.birth() >= state.born.size() ? null : state.born.get(name.birth());
    }
}
