package dev.lockstep.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.IdentifierState.Kind;
import dev.lockstep.core.state.Member.Level;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a platform holds, as far as is known; and whom an identifier joins. */
class MemberTest {
    private static final RecordName NAME = new RecordName(1, "a", 0);

    private final Member member = new Member(NAME);

    private static Flight flight(long id, long stamp, int column, @Nullable String raw) {
        Write.Cell cell = new Write.Cell(column, raw, "before");
        Write write = new Write(id, 1, Write.Kind.UPDATE, NAME, "a", List.of(cell), List.of(), false, 0);
        return new Flight(write, List.of(stamp), List.of(NAME), 9, false);
    }

    @Test
    void theLastAcknowledgedWriteCountsForMoreThanWhatWasSeen() {
        assertThat(member.actual(2)).isNull();
        assertThat(member.actualStamp(2)).isEqualTo(Stamp.UNDATED);
        ColumnState seen = member.columnOrNew(2);
        seen.raw = "seen";
        seen.stampMicros = 5;
        assertThat(member.actual(2)).isEqualTo("seen");
        assertThat(member.actualStamp(2)).isEqualTo(5);
        member.acked.add(flight(1, 6, 2, "first"));
        member.acked.add(flight(2, 7, 2, null));
        member.acked.add(flight(3, 8, 0, "of another column"));
        assertThat(member.actual(2)).isNull();
        assertThat(member.actualStamp(2)).isEqualTo(7);
        assertThat(member.actual(0)).isEqualTo("of another column");
        assertThat(member.actual(1)).isNull();
    }

    @Test
    void aColumnIsMadeOnce() {
        ColumnState third = member.columnOrNew(3);
        assertThat(member.columnOrNew(3)).isSameAs(third);
        assertThat(member.column(3)).isSameAs(third);
        assertThat(member.column(1)).isNull();
        assertThat(member.column(4)).isNull();
        assertThat(member.columns).hasSize(4);
    }

    @Test
    void whatIsSaidOrAttestedIsCounted() {
        int before = member.claimChanges();
        Claim claim = Claim.of(null, null, new Stamp(1, 1), 0, true);
        member.claims.put(0, claim);
        member.firstClaims.put(0, claim);
        member.consents.put(1, ConsentLog.EMPTY);
        member.doubts.put(1, new Doubt(true, 1, 1, 1, null));
        assertThat(member.claimChanges()).isEqualTo(before + 4);
        assertThat(claim.weakest()).isTrue();
        assertThat(Claim.of(null, null, new Stamp(1, 1), 0, false).weakest()).isFalse();
    }

    @Test
    void whomAnIdentifierJoinsIsWhoClaimsItOrMayHaveClaimedIt() {
        for (Level level : Level.values()) {
            assertThat(level.joins(Kind.HOLDS)).isFalse();
            assertThat(level.joins(null)).isFalse();
            assertThat(level.joins(Kind.CURRENT)).isEqualTo(level != Level.NOBODY);
            assertThat(level.joins(Kind.FORMER)).isEqualTo(level == Level.ALL);
            assertThat(level.joins(Kind.GONE)).isEqualTo(level == Level.ALL);
        }
    }

    @Test
    void aCopyOfAColumnHasAllThatItHas() throws ReflectiveOperationException {
        ColumnState column = new ColumnState();
        int number = 1;
        for (Field field : ColumnState.class.getFields()) {
            number++;
            if (field.getType() == String.class) field.set(column, "text " + number);
            else if (field.getType() == boolean.class) field.set(column, true);
            else if (field.getType() == int.class) field.set(column, number);
            else field.set(column, (long) number);
        }
        assertThat(values(column.copy())).isEqualTo(values(column));
    }

    private static List<String> values(ColumnState column) {
        return Arrays.stream(ColumnState.class.getFields())
                .map(field -> {
                    try {
                        return field.getName() + " " + field.get(column);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
