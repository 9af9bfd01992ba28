package dev.lockstep.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A create of ours has made a record, and what is said of it meets a group that has gone on in the meantime. */
class MadeMeanwhileTest {
    private static final IdentifierKey EMAIL = new IdentifierKey(Crowd.EMAIL, "ada@x.com");
    private static final RecordName ADA = new RecordName(0, "ada", 0);
    private static final RecordName MADE = new RecordName(0, "k", 0);
    private static final long WRITE = 7;

    private final GroupMachine machine = new GroupMachine();
    private final Context context = new Context(new Crowd(new Random(1), false).model(100), 1, false);
    private final GroupState state = new GroupState();

    @Test
    void whatAStreamShowsBehindTheReceiptIsToldOfTheRecord() {
        create().madeKey = MADE.key();
        Observation shown = new Observation(
                0, MADE.key(), null, Observation.Origin.STREAM, false, new String[0], 5, 5, 5, 5, WRITE);
        Step out = run(new Message.Told(ADA, new Message.Born(ADA, shown)));
        assertThat(out.messages).contains(new Step.Envelope(Address.Slot.of(MADE), new Message.Seen(shown)));
    }

    @Test
    void whatWasMadeForARecordThatHasLeftFollowsIt() {
        Step out = run(new Message.Told(MADE, made(true)));
        assertThat(state.members).isEmpty();
        assertThat(out.messages).anySatisfy(envelope -> {
            assertThat(envelope.to()).isEqualTo(Address.Slot.of(ADA));
            assertThat(envelope.message()).isInstanceOf(Message.Entrust.class);
        });
    }

    @Test
    void whatFollowsARecordEndsItsCreate() {
        Message.Absorb token = new Message.Absorb(List.of(token(MADE)), List.of());
        create();
        run(new Message.Told(ADA, new Message.Entrust(ADA, token, WRITE)));
        assertThat(state.creations).isEmpty();
    }

    @Test
    void aRecordThatTurnsOutToBeOursIsLookedForWhereItsTokenWent() {
        Message.Made ours = made(false);
        Step out = run(new Message.Told(MADE, ours));
        assertThat(state.members).isEmpty();
        assertThat(out.messages).containsExactly(new Step.Envelope(Address.Slot.of(MADE), ours));
    }

    @Test
    void theValuesOfACreateAreFreeOnlyBehindTheClaimsOfWhatItMade() {
        create().reserved.add(EMAIL);
        Step out = run(new Message.Told(MADE, made(true)));
        assertThat(state.creations).isEmpty();
        assertThat(out.messages)
                .contains(new Step.Envelope(Address.Slot.of(MADE), new Message.Free(MADE, EMAIL, 0, WRITE)));
        assertThat(out.messages).noneMatch(envelope -> envelope.message() instanceof Message.Release);
    }

    private Creation create() {
        state.members.put(ADA, token(ADA));
        Creation creation = new Creation(ADA, 0);
        creation.flight = flight();
        state.creations.add(creation);
        return creation;
    }

    private static Member token(RecordName name) {
        Member member = new Member(name);
        member.gen = 1;
        return member;
    }

    private static Flight flight() {
        Write write = new Write(WRITE, 0, Write.Kind.CREATE, ADA, null, List.of(), List.of(), false, Stamp.UNDATED);
        return new Flight(write, List.of(), List.of(), 1, false);
    }

    private static Message.Made made(boolean born) {
        return new Message.Made(ADA, ADA, MADE.key(), flight(), null, null, born);
    }

    private Step run(Message.ToGroup message) {
        Step out = new Step();
        machine.on(ADA, state, message, context, out);
        return out;
    }
}
