package dev.lockstep.simulator.identity;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Cascade;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.States;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.simulator.identity.Script.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One way in which the real machines come to hear of a script. */
final class Course implements States {
    static final long START_MICROS = 1_767_225_600_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int MOST_MESSAGES = 1_000_000;

    enum Order {
        /** As it happened, each thing to quiet. */
        AS_IT_HAPPENED,
        /** Each thing to quiet; lines in any order. */
        ANY,
        /** The same; and what was shown before is shown again in between. */
        SHOWN_AGAIN,
        /** Things and messages mixed, a queue for each machine that receives. */
        RECEIVER,
        /** Things and messages mixed, in order only from each sender to each receiver. */
        PAIR
    }

    private record Letter(Address from, Step.Envelope envelope, int line) {}

    private final Script script;
    private final Order order;
    private final boolean planning;
    private final SplittableRandom random;
    private final Cascade cascade = new Cascade();
    private final Step out = new Step();
    private final Map<Address.Slot, RecordState> records = new HashMap<>();
    private final Map<IdentifierKey, IdentifierState> identifiers = new TreeMap<>();
    private final TreeMap<RecordName, GroupState> groups = new TreeMap<>();
    private final TreeMap<Integer, ArrayDeque<Input>> lines = new TreeMap<>();
    private final TreeMap<Integer, List<Input>> told = new TreeMap<>();
    private final Map<Object, ArrayDeque<Letter>> queues = new HashMap<>();
    private final List<Object> ready = new ArrayList<>();
    /** By line: words from outside that are on their way to the record they are about. */
    private final TreeMap<Integer, Integer> onTheirWay = new TreeMap<>();

    private long arrivals;
    long joins;
    long splits;
    private int messages;

    Course(Script script, Order order, long seed) {
        this.script = script;
        this.order = order;
        this.random = new SplittableRandom(seed + 31L * order.ordinal());
        this.planning = random.nextInt(3) == 0;
        for (Input input : script.inputs) {
            int line = order == Order.AS_IT_HAPPENED ? 0 : input.line();
            lines.computeIfAbsent(line, l -> new ArrayDeque<>()).add(input);
        }
    }

    /** All that it led to: every record's customer, by id. */
    TreeMap<RecordName, RecordName> run() {
        double pace = new double[] {0.02, 0.1, 0.5, 1.0}[random.nextInt(4)];
        boolean mixed = order == Order.RECEIVER || order == Order.PAIR;
        while (!lines.isEmpty() || !ready.isEmpty()) {
            if (!lines.isEmpty() && (ready.isEmpty() || random.nextDouble() < pace)) tellNext(mixed);
            if (!ready.isEmpty()) deliver();
        }
        return customers();
    }

    private void tellNext(boolean mixed) {
        List<Integer> open = new ArrayList<>(lines.keySet());
        int line = open.get(random.nextInt(open.size()));
        // One word about a record is taken before the next is said.
        if (onTheirWay.getOrDefault(line, 0) > 0) return;
        ArrayDeque<Input> rest = lines.get(line);
        if (rest == null) return;
        List<Input> before = told.computeIfAbsent(line, l -> new ArrayList<>());
        boolean again = order != Order.AS_IT_HAPPENED && order != Order.ANY && !before.isEmpty();
        Input input;
        if (again && random.nextInt(3) == 0) {
            input = before.get(random.nextInt(before.size()));
        } else {
            input = rest.removeFirst();
            if (rest.isEmpty()) lines.remove(line);
            if (input.versioned()) before.add(input);
        }
        Step.Envelope envelope = new Step.Envelope(input.to(), arriving(input.message()));
        if (mixed) send(new Letter(input.to(), envelope, line));
        else cascade.run(envelope.to(), envelope.message(), this, context(), out);
        taken();
    }

    /** As it is when it arrives: read now, whenever it was done. */
    private Message.ToRecord arriving(Message.ToRecord message) {
        arrivals++;
        if (!(message instanceof Message.Seen(Observation seen))) return message;
        return new Message.Seen(new Observation(
                seen.platform(),
                seen.key(),
                seen.renamedFrom(),
                seen.origin(),
                seen.gone(),
                seen.raw(),
                seen.version(),
                seen.datedMicros(),
                context().nowMicros(),
                context().nowMicros(),
                0));
    }

    private Context context() {
        return new Context(script.model, START_MICROS + DAY_MICROS + arrivals * 1_000, planning);
    }

    // ---- queues

    private void send(Letter letter) {
        Object key = order == Order.RECEIVER ? letter.envelope.to() : List.of(letter.from, letter.envelope.to());
        ArrayDeque<Letter> queue = queues.computeIfAbsent(key, k -> new ArrayDeque<>());
        if (queue.isEmpty()) ready.add(key);
        queue.add(letter);
        if (letter.line > 0) onTheirWay.merge(letter.line, 1, Integer::sum);
    }

    private void deliver() {
        if (++messages > MOST_MESSAGES) throw new IllegalStateException("it goes on for ever");
        int which = random.nextInt(ready.size());
        ArrayDeque<Letter> queue = queues.getOrDefault(ready.get(which), new ArrayDeque<>());
        Letter letter = queue.removeFirst();
        if (queue.isEmpty()) {
            ready.set(which, ready.getLast());
            ready.removeLast();
        }
        cascade.deliver(letter.envelope, this, context(), out);
        for (Step.Envelope next : out.messages) {
            send(new Letter(letter.envelope.to(), next, isWord(next.message()) ? letter.line : 0));
        }
        if (letter.line > 0) onTheirWay.merge(letter.line, -1, Integer::sum);
        taken();
    }

    /** It hands on what was said from outside. */
    private static boolean isWord(Message message) {
        return switch (message) {
            case Message.Seen seen -> true;
            case Message.SeenAs seen -> true;
            case Message.Occupy occupy -> true;
            case Message.Decided decided -> true;
            case Message.Told told -> isWord(told.message());
            default -> false;
        };
    }

    private void taken() {
        for (Fact fact : out.facts) {
            if (fact.kind() == Fact.Kind.JOINED) joins++;
            if (fact.kind() == Fact.Kind.LEFT) splits++;
        }
        out.clear();
    }

    // ---- what came of it

    private TreeMap<RecordName, RecordName> customers() {
        TreeMap<RecordName, RecordName> customers = new TreeMap<>();
        groups.forEach((least, group) -> {
            if (group.isEmpty()) return;
            if (!group.members.firstKey().equals(least)) {
                throw new AssertionError(least + " is not the least of " + group.members.keySet());
            }
            if (group.members.size() > script.model.groupLimit()) {
                throw new AssertionError(least + " holds more than fit: " + group.members.keySet());
            }
            group.members.forEach((name, member) -> {
                if (customers.put(name, member.customer) != null) throw new AssertionError(name + " is in two groups");
            });
        });
        return customers;
    }

    @Override
    public RecordState record(Address.Slot slot) {
        return records.computeIfAbsent(slot, s -> new RecordState());
    }

    @Override
    public IdentifierState identifier(IdentifierKey key) {
        return identifiers.computeIfAbsent(key, k -> new IdentifierState());
    }

    @Override
    public GroupState group(RecordName least) {
        return groups.computeIfAbsent(least, name -> new GroupState());
    }
}
