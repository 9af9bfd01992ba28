package dev.lockstep.simulator.host;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said and not brought yet, a queue for each machine, and what came in from outside and has to wait. Survives
 * a crash; changed by {@link Batch#commit} only.
 */
final class Mail {
    /**
     * A message on its way.
     *
     * @param input counts what came from outside: the one of which this is a consequence
     * @param told what of the world outside the message tells; null when nothing
     */
    record Letter(
            long input,
            Address to,
            Message message,
            @Nullable Object told) {
        /** The same with tokens of its own: what their receiver makes of them changes nothing here. */
        Letter copy() {
            Message.Absorb moved = moved(message);
            if (moved == null) return this;
            GroupState state = StateCodec.decodeGroup(encoded(moved));
            Message.Absorb all = new Message.Absorb(List.copyOf(state.members.values()), List.copyOf(state.creations));
            return new Letter(input, to, with(all), told);
        }

        private Message with(Message.Absorb all) {
            return switch (message) {
                case Message.Entrust made -> with(made, all);
                case Message.Told(RecordName record, Message.Entrust made) -> new Message.Told(record, with(made, all));
                default -> all;
            };
        }

        private static Message.Entrust with(Message.Entrust made, Message.Absorb token) {
            return new Message.Entrust(made.by(), token, made.writeId());
        }

        private static Message.@Nullable Absorb moved(Message message) {
            return switch (message) {
                case Message.Absorb all -> all;
                case Message.Entrust made -> made.token();
                case Message.Told told -> moved(told.message());
                default -> null;
            };
        }

        private static byte[] encoded(Message.Absorb all) {
            GroupState state = new GroupState();
            for (Member token : all.tokens()) state.members.put(token.name, token);
            state.creations.addAll(all.creations());
            return new StateCodec().encode(state);
        }
    }

    /** What is done once what came from outside has reached the machine that decides by it. */
    record Hearing(List<String> lanes, Runnable heard) {}

    final Waiting given = new Waiting();
    final LinkedHashMap<Address, ArrayDeque<Letter>> queues = new LinkedHashMap<>();
    final TreeMap<Long, Hearing> hearings = new TreeMap<>();
    /** How many messages are on their way, by the input of which they are consequences. */
    private final TreeMap<Long, Integer> underWay = new TreeMap<>();

    long inputs;

    boolean isEmpty() {
        return given.isEmpty() && queues.isEmpty();
    }

    /** The first input of which a consequence is on its way; none: the greatest number. */
    long oldest() {
        return underWay.isEmpty() ? Long.MAX_VALUE : underWay.firstKey();
    }

    void post(Letter letter) {
        queues.computeIfAbsent(letter.to(), to -> new ArrayDeque<>()).add(letter);
        underWay.merge(letter.input(), 1, Integer::sum);
    }

    /** Takes the first out of a machine's queue. */
    void brought(Address to) {
        ArrayDeque<Letter> queue = Objects.requireNonNull(queues.get(to));
        underWay.computeIfPresent(queue.removeFirst().input(), (input, count) -> count == 1 ? null : count - 1);
        if (queue.isEmpty()) queues.remove(to);
    }

    /** As it is read from the disk. */
    void readBack() {
        queues.replaceAll((to, queue) -> {
            ArrayDeque<Letter> read = new ArrayDeque<>();
            for (Letter letter : queue) read.add(letter.copy());
            return read;
        });
    }

    /** How many have been given leave to write to a platform, and have not heard of it. */
    int leaves(int platform) {
        int count = 0;
        for (ArrayDeque<Letter> queue : queues.values()) {
            for (Letter letter : queue) if (isLeave(letter.message(), platform)) count++;
        }
        return count;
    }

    static boolean isLeave(Message message, int platform) {
        return switch (message) {
            case Message.Go go -> go.platform() == platform;
            case Message.Told told -> isLeave(told.message(), platform);
            default -> false;
        };
    }

    /** For people. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<Address, ArrayDeque<Letter>> queue : queues.entrySet()) {
            for (Letter letter : queue.getValue()) lines.add(queue.getKey() + ": " + letter.message());
        }
        return given.size() + " inputs and " + lines;
    }
}
