package dev.lockstep.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.normalise.Seeds;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.IdentifierState;
import dev.lockstep.core.state.RecordState;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Any state at all, whatever is in it, is the same when it has been written and read. */
class StatesTest {
    private static final int STATES = 400;

    private final StateCodec codec = new StateCodec();

    @Test
    void aGroupIsReadAsItWasWritten() {
        Seeds.run(StatesTest.class, random -> {
            for (int i = 0; i < STATES; i++) {
                GroupState state = new Drawn(random).state(GroupState.class);
                GroupState read = StateCodec.decodeGroup(codec.encode(state));
                same(Drawn.words(read), Drawn.words(state));
            }
        });
    }

    /** Says no more than where they part. */
    private static void same(String read, String written) {
        int at = Arrays.mismatch(read.toCharArray(), written.toCharArray());
        int from = Math.max(0, at - 60);
        assertThat(at)
                .as("written %s", at < 0 ? "" : written.substring(from, Math.min(at + 60, written.length())))
                .isNegative();
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        Seeds.run(StatesTest.class, random -> {
            for (int i = 0; i < STATES; i++) {
                RecordState state = new Drawn(random).state(RecordState.class);
                RecordState read = StateCodec.decodeRecord(codec.encode(state));
                same(Drawn.words(read), Drawn.words(state));
            }
        });
    }

    @Test
    void anIdentifierIsReadAsItWasWritten() {
        Seeds.run(StatesTest.class, random -> {
            for (int i = 0; i < STATES; i++) {
                IdentifierState state = new Drawn(random).state(IdentifierState.class);
                IdentifierState read = StateCodec.decodeIdentifier(codec.encode(state));
                same(Drawn.words(read), Drawn.words(state));
            }
        });
    }

    @Test
    void whatIsCutOffOrGoesOnIsDamage() {
        Seeds.run(StatesTest.class, random -> {
            byte[] group = codec.encode(new Drawn(random).state(GroupState.class));
            byte[] record = codec.encode(new Drawn(random).state(RecordState.class));
            byte[] identifier = codec.encode(new Drawn(random).state(IdentifierState.class));
            for (int more = -1; more <= 1; more += 2) {
                byte[] other = Arrays.copyOf(group, group.length + more);
                assertThatThrownBy(() -> StateCodec.decodeGroup(other)).isInstanceOf(DamagedState.class);
                byte[] less = Arrays.copyOf(record, record.length + more);
                assertThatThrownBy(() -> StateCodec.decodeRecord(less)).isInstanceOf(DamagedState.class);
                byte[] any = Arrays.copyOf(identifier, identifier.length + more);
                assertThatThrownBy(() -> StateCodec.decodeIdentifier(any)).isInstanceOf(DamagedState.class);
            }
            group[0]++;
            assertThatThrownBy(() -> StateCodec.decodeGroup(group))
                    .isInstanceOf(DamagedState.class)
                    .hasMessageContaining("format");
        });
    }
}
