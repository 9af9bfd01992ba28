package dev.lockstep.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Observation.Origin;
import dev.lockstep.core.normalise.Seeds;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names of records, keys of identifiers, and when something was said. */
class NamesAndTimesTest {
    private static final int TIMES = 2_000;

    private static RecordName name(Random random) {
        String key = random.nextInt(4) == 0 ? "a~" + random.nextInt(3) : "k" + random.nextInt(3);
        return new RecordName(random.nextInt(3), key, 1 + random.nextInt(3));
    }

    @Test
    void aNameIsReadAsItIsPrinted() {
        Seeds.run(NamesAndTimesTest.class, random -> {
            for (int i = 0; i < TIMES; i++) {
                RecordName name = name(random);
                assertThat(RecordName.parse(name.toString())).isEqualTo(name);
            }
        });
        assertThat(RecordName.parse("1:a~b")).isEqualTo(new RecordName(1, "a~b", 0));
        assertThat(RecordName.parse("12:")).isEqualTo(new RecordName(12, "", 0));
        for (String no : new String[] {"", "a", ":a", "x:a", "1x:a", "-1:a", "1234567890:a"}) {
            assertThat(RecordName.parse(no)).as(no).isNull();
        }
    }

    @Test
    void namesAndKeysAreEqualJustWhenTheyDoNotDiffer() {
        Seeds.run(NamesAndTimesTest.class, random -> {
            for (int i = 0; i < TIMES; i++) {
                RecordName one = name(random);
                RecordName other = name(random);
                boolean same = one.toString().equals(other.toString());
                assertThat(one.equals(other)).isEqualTo(same);
                assertThat(one.compareTo(other) == 0).isEqualTo(same);
                assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
                if (same) assertThat(one).hasSameHashCodeAs(other);
                assertThat(IdentifierKey.link(one, other)).isEqualTo(IdentifierKey.link(other, one));
                IdentifierKey key = new IdentifierKey(one.platform(), one.key());
                IdentifierKey others = new IdentifierKey(other.platform(), other.key());
                boolean alike = one.platform() == other.platform() && one.key().equals(other.key());
                assertThat(key.equals(others)).isEqualTo(alike);
                assertThat(key.compareTo(others) == 0).isEqualTo(alike);
                if (alike) assertThat(key).hasSameHashCodeAs(others);
            }
        });
        assertThat(new RecordName(1, "a", 0).compareTo(new RecordName(2, "A", 0)))
                .isNegative();
        assertThat(new RecordName(1, "a", 5).compareTo(new RecordName(1, "b", 0)))
                .isNegative();
        assertThat(IdentifierKey.link(new RecordName(1, "a", 0), new RecordName(0, "b", 0))
                        .isLink())
                .isTrue();
        assertThat(new IdentifierKey(0, "a").isLink()).isFalse();
        assertThat(new IdentifierKey(1, "a").compareTo(new IdentifierKey(0, "b")))
                .isPositive();
    }

    @Test
    void whoEditsAValueIsLaterThanTheValueAndNotLaterThanTheRead() {
        assertThat(Stamp.ofEdit(1, 50, 60, Stamp.UNDATED)).isEqualTo(new Stamp(50, 1));
        assertThat(Stamp.ofEdit(1, 70, 60, Stamp.UNDATED)).isEqualTo(new Stamp(60, 1));
        assertThat(Stamp.ofEdit(1, Stamp.UNDATED, 60, Stamp.UNDATED)).isEqualTo(new Stamp(60, 1));
        assertThat(Stamp.ofEdit(1, 50, 60, 50)).isEqualTo(new Stamp(51, 1));
        assertThat(Stamp.ofEdit(1, 50, 60, 49)).isEqualTo(new Stamp(50, 1));
        assertThat(new Stamp(0, 1).dated()).isTrue();
        assertThat(new Stamp(Stamp.UNDATED, 1).dated()).isFalse();
    }

    private static Observation seen(Origin origin, long version, long dated, long own, @Nullable String from) {
        @Nullable String[] raw = {"a", null, Observation.ABSENT};
        return new Observation(3, "k", from, origin, false, raw, version, dated, 90_000_001, 120_000_001, own);
    }

    @Test
    void whatWasNotShownIsNotThere() {
        Observation seen = seen(Origin.STREAM, 5, 7, 0, null);
        assertThat(new boolean[] {seen.shows(0), seen.shows(1), seen.shows(2), seen.shows(3)})
                .containsExactly(true, true, false, false);
        assertThat(Observation.gone(3, "k", Origin.READ, 1, 2, 3).shows(0)).isFalse();
        assertThat(seen.withOwnWrite(9).ownWrite()).isEqualTo(9);
        assertThat(seen.withOwnWrite(9).datedMicros()).isEqualTo(7);
    }

    @Test
    void onlyAnUndatedWordOfSomebodyElseIsDatedByWhenItWasLackedLast() {
        long none = Stamp.UNDATED;
        assertThat(seen(Origin.POLL, 0, none, 0, null).appearedAfter(4).datedMicros())
                .isEqualTo(4);
        assertThat(seen(Origin.POLL, 0, 7, 0, null).appearedAfter(4).datedMicros())
                .isEqualTo(7);
        assertThat(seen(Origin.POLL, 0, none, 8, null).appearedAfter(4).datedMicros())
                .isEqualTo(none);
        assertThat(seen(Origin.POLL, 0, none, 0, "j").appearedAfter(4).datedMicros())
                .isEqualTo(none);
        Observation gone = Observation.gone(3, "k", Origin.POLL, 0, none, 5);
        assertThat(gone.appearedAfter(4)).isSameAs(gone);
    }

    @Test
    void aCauseIsWhatAPersonWouldCallOneDeed() {
        assertThat(Cause.of(seen(Origin.STREAM, 5, 7, 0, null))).isEqualTo(new Cause(Cause.Kind.TRANSACTION, 3, 5));
        assertThat(Cause.of(seen(Origin.STREAM, 0, 7, 0, null))).isEqualTo(new Cause(Cause.Kind.TRANSACTION, 3, 7));
        assertThat(Cause.of(seen(Origin.POLL, 0, 7, 0, null))).isEqualTo(new Cause(Cause.Kind.POLL, 3, 120_000_001));
        assertThat(Cause.of(seen(Origin.FULL, 0, 7, 0, null))).isEqualTo(new Cause(Cause.Kind.READ, 3, 120_000_001));
        assertThat(Cause.of(seen(Origin.READ, 0, 7, 0, null))).isEqualTo(new Cause(Cause.Kind.READ, 3, 2));
        for (Cause.Kind kind : Cause.Kind.values()) {
            boolean edits = kind == Cause.Kind.TRANSACTION || kind == Cause.Kind.POLL || kind == Cause.Kind.READ;
            assertThat(new Cause(kind, 0, 0).edits()).as("%s", kind).isEqualTo(edits);
        }
    }

    @Test
    void aReceiptOfAWriteIsOfThatWrite() {
        RecordName name = new RecordName(1, "a", 0);
        Write write = new Write(7, 1, Write.Kind.UPDATE, name, "key", List.of(), List.of(), false, 0);
        Receipt refused = Receipt.of(write, Receipt.Outcome.STALE, "Somebody edited it.", 5);
        assertThat(refused.write()).isEqualTo(7);
        assertThat(refused.key()).isEqualTo("key");
        assertThat(refused.column()).isEqualTo(-1);
        assertThat(refused.shows(0)).isFalse();
        Receipt applied = Receipt.applied(write, "other", new @Nullable String[] {"a", Observation.ABSENT}, 6);
        assertThat(applied.outcome()).isEqualTo(Receipt.Outcome.APPLIED);
        assertThat(applied.key()).isEqualTo("other");
        assertThat(applied.atMicros()).isEqualTo(6);
        assertThat(applied.shows(0)).isTrue();
        assertThat(applied.shows(1)).isFalse();
    }
}
