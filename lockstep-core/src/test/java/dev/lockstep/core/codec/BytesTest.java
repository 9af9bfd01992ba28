package dev.lockstep.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.RecordState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written reads the same; what is cut off is damage, and never half a state. */
class BytesTest {
    private static final int SEEDS = 200;
    private static final long NEVER = Long.MIN_VALUE;
    private static final List<String> TEXTS = List.of("", "a", "Ada", "İstanbul", "😀", "x".repeat(700), "Ada ");

    private final ByteWriter out = new ByteWriter();

    /** One thing to write, and to be read. */
    private record Thing(int kind, long number, String text) {
        static Thing any(Random random) {
            long number = random.nextLong() >> random.nextInt(1, 64);
            String text =
                    random.nextInt(4) == 0 ? "no " + random.nextInt(100) : TEXTS.get(random.nextInt(TEXTS.size()));
            return new Thing(random.nextInt(6), random.nextInt(8) == 0 ? 0 : number, text);
        }

        void write(ByteWriter out) {
            switch (kind) {
                case 0 -> out.number(number);
                case 1 -> out.micros(number, NEVER);
                case 2 -> out.version(number);
                case 3 -> out.flag(number > 0);
                case 4 -> out.micros(number > 0 ? number : NEVER, NEVER);
                default -> out.textOrNull(number == 0 ? null : text);
            }
        }

        void mustBeNext(ByteReader in) {
            switch (kind) {
                case 0 -> assertThat(in.number()).isEqualTo(number);
                case 1 -> assertThat(in.micros(NEVER)).isEqualTo(number);
                case 2 -> assertThat(in.version()).isEqualTo(number);
                case 3 -> assertThat(in.flag()).isEqualTo(number > 0);
                case 4 -> assertThat(in.micros(NEVER)).isEqualTo(number > 0 ? number : NEVER);
                default -> assertThat(in.textOrNull()).isEqualTo(number == 0 ? null : text);
            }
        }
    }

    private static List<Thing> things(long seed) {
        Random random = new Random(seed);
        List<Thing> all = new ArrayList<>();
        for (int i = random.nextInt(300); i >= 0; i--) all.add(Thing.any(random));
        return all;
    }

    @Test
    void whatIsWrittenIsReadWhateverWasWrittenBefore() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Thing> things = things(seed);
            out.begin();
            things.forEach(thing -> thing.write(out));
            ByteReader in = new ByteReader(out.toBytes());
            things.forEach(thing -> thing.mustBeNext(in));
            in.end();
        }
    }

    @Test
    void aTextIsWrittenOnce() {
        String text = "a text that is said again and again";
        for (int i = 0; i < 10; i++) out.text(text);
        byte[] bytes = out.toBytes();
        assertThat(bytes).hasSize(text.getBytes(StandardCharsets.UTF_8).length + 1 + 9);
    }

    @Test
    void timesThatLieCloseAreShort() {
        for (int i = 0; i < 10; i++) out.micros(1_795_000_000_000_000L + i % 3, 0);
        assertThat(out.toBytes()).hasSizeLessThan(20);
    }

    @Test
    void whatIsCutOffIsDamage() {
        List<Thing> things = things(7);
        things.forEach(thing -> thing.write(out));
        byte[] bytes = out.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            ByteReader in = new ByteReader(java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> things.forEach(thing -> thing.mustBeNext(in)))
                    .as("cut to %d of %d", length, bytes.length)
                    .isInstanceOf(DamagedState.class);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a defect, made on purpose
    void aStateThatCannotBeWrittenLeavesNothingInTheNext() {
        StateCodec codec = new StateCodec();
        RecordState broken = new RecordState();
        broken.waiting.put(1L, null);
        assertThatThrownBy(() -> codec.encode(broken)).isInstanceOf(NullPointerException.class);
        RecordState whole = new RecordState();
        whole.occupant = new RecordName(1, "a key", 0);
        assertThat(codec.encode(whole)).isEqualTo(new StateCodec().encode(whole));
    }

    @Test
    void aTextThatWasNeverWrittenIsDamage() {
        ByteReader in = new ByteReader(new byte[] {4});
        assertThatThrownBy(in::textOrNull).isInstanceOf(DamagedState.class);
    }
}
