package dev.lockstep.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.IdentifierKey;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.IdentifierState.Kind;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of two creates that bear one value, one leaves; and none leaves for a value that a record there has. */
class ReservationsTest {
    private static final IdentifierKey EMAIL = new IdentifierKey(Crowd.EMAIL, "ada@x.com");
    private static final RecordName ADA = new RecordName(1, "ada", 0);
    private static final RecordName TWIN = new RecordName(1, "twin", 0);
    private static final RecordName THERE = new RecordName(0, "there", 0);

    private final IdentifierMachine machine = new IdentifierMachine();
    private final IdentifierState state = new IdentifierState();
    private final Context context = new Context(new Crowd(new Random(1), false).model(100), 1, false);

    @Test
    void theFirstCreateTakesAFreeValueUntilItLands() {
        assertThat(reserve(ADA, 7)).isNull();
        assertThat(reserve(TWIN, 8)).isEqualTo(ADA);
        assertThat(reserve(ADA, 7)).isNull();
        release(8);
        assertThat(reserve(TWIN, 9)).isEqualTo(ADA);
        release(7);
        assertThat(reserve(TWIN, 10)).isNull();
    }

    @Test
    void aRecordThatHoldsTheValueThereTakesIt() {
        claim(THERE, 1, Kind.HOLDS);
        assertThat(reserve(ADA, 7)).isEqualTo(THERE);
        claim(THERE, 2, Kind.CURRENT);
        assertThat(reserve(ADA, 8)).isEqualTo(THERE);
        claim(THERE, 3, Kind.FORMER);
        assertThat(reserve(ADA, 9)).isNull();
    }

    @Test
    void aRecordElsewhereTakesNothing() {
        claim(TWIN, 1, Kind.CURRENT);
        assertThat(reserve(ADA, 7)).isNull();
    }

    private @Nullable RecordName reserve(RecordName by, long write) {
        Message.Reserved answer = (Message.Reserved) run(new Message.Reserve(EMAIL, by, 0, write))
                .messages
                .getFirst()
                .message();
        assertThat(answer.by()).isEqualTo(by);
        return answer.holder();
    }

    private void release(long write) {
        run(new Message.Release(EMAIL, 0, write));
    }

    private void claim(RecordName record, long seq, Kind kind) {
        run(new Message.Claim(EMAIL, record, seq, kind, record, seq));
    }

    private Step run(Message.ToIdentifier message) {
        Step out = new Step();
        machine.on(EMAIL, state, message, context, out);
        return out;
    }
}
