package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.semantics.World.Table;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who leaves a platform's scope and is archived there, a sentence each. */
class ArchiveTest {
    private final World world = Worlds.leaving(Leave.ARCHIVE);
    private final Table shop = world.tables.get(0);
    private final Table news = world.tables.get(2);

    /** In the shop and in news by her own hand; in news on the shelf for regulars. */
    @BeforeEach
    void ada() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, "granted", "London", null);
        news.insert("n", "ada@x.com", null, "Ada", "King", null, "granted", "London", null, "regulars");
        world.rest();
        world.open();
    }

    private String shelf() {
        return news.get("n", Worlds.SHELF);
    }

    private void leaves() {
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
    }

    private void comesBack() {
        world.pass(60);
        shop.edit("1", "opt_in", "granted");
        world.rest();
    }

    @Test
    void whoLeavesIsWithdrawnFirstThenArchivedAndComesBackWithWhatWasThereBefore() {
        int before = news.writes;
        leaves();
        assertThat(news.get("n", "opt_in")).isEqualTo("withdrawn");
        assertThat(shelf()).isEqualTo("gone");
        assertThat(news.writes).isEqualTo(before + 2);
        shop.edit("1", "city", "Bath");
        world.rest();
        assertThat(news.get("n", "city")).as("no more writes").isEqualTo("London");
        comesBack();
        assertThat(shelf()).isEqualTo("regulars");
        assertThat(news.get("n", "city")).isEqualTo("Bath");
        assertThat(world.member(news, "n").status).isEqualTo(Status.IN_SYNC);
        int writes = news.writes;
        world.pass(3600);
        world.rest();
        assertThat(news.writes).isEqualTo(writes);
    }

    @Test
    void whatIsOnTheShelfIsNobodysClaim() {
        int writes = world.writes();
        news.edit("n", Worlds.SHELF, "friends");
        world.rest();
        assertThat(world.writes()).isEqualTo(writes);
        leaves();
        comesBack();
        assertThat(shelf()).isEqualTo("friends");
    }

    @Test
    void anOptOutStillReachesWhoIsArchived() {
        leaves();
        news.edit("n", "opt_in", null);
        world.rest();
        assertThat(shelf()).isEqualTo("gone");
        shop.edit("1", "opt_in", "granted");
        shop.edit("1", "opt_in", "withdrawn");
        world.rest();
        assertThat(news.get("n", "opt_in")).isEqualTo("withdrawn");
        assertThat(shelf()).isEqualTo("gone");
    }

    @Test
    void archivingCountsAsDeleting() {
        shop.edit("1", "opt_in", "withdrawn");
        world.deliver(shop);
        world.permit();
        world.apply();
        while (news.stream.isEmpty()) world.apply();
        world.receive();
        while (!news.stream.isEmpty()) world.deliver(news);
        while (!world.receipts.isEmpty()) world.receive();
        assertThat(world.member(news, "n").due).isNotNull();
        assertThat(world.member(news, "n").due.risk()).isEqualTo(Due.DELETES);
    }

    @Test
    void whoSetsItByHandMeanwhileIsNotOverwrittenUnseen() {
        shop.edit("1", "opt_in", "withdrawn");
        while (shelf().equals("regulars")) {
            if (!shop.stream.isEmpty()) world.deliver(shop);
            if (!news.stream.isEmpty()) world.deliver(news);
            if (!world.receipts.isEmpty()) world.receive();
            world.permit();
            boolean archives = !world.sent.isEmpty()
                    && world.sent.peek().cells().stream().anyMatch(cell -> cell.column() == Worlds.FIELDS.size());
            if (archives) news.edit("n", Worlds.SHELF, "vips");
            if (!world.sent.isEmpty()) world.apply();
            if (archives) break;
        }
        assertThat(shelf()).isEqualTo("vips");
        world.rest();
        assertThat(shelf()).isEqualTo("gone");
        comesBack();
        assertThat(shelf()).isEqualTo("vips");
    }

    @Test
    void whatAPersonArchivedBeforeStaysSo() {
        news.edit("n", Worlds.SHELF, "gone");
        world.rest();
        leaves();
        comesBack();
        assertThat(shelf()).isEqualTo("gone");
    }

    @Test
    void whatAPersonArchivesAgainAfterComingBackStaysSo() {
        leaves();
        comesBack();
        news.edit("n", Worlds.SHELF, "gone");
        world.rest();
        assertThat(shelf()).isEqualTo("gone");
        assertThat(world.member(news, "n").status).isEqualTo(Status.IN_SYNC);
    }

    @Test
    void whoIsTakenFromTheShelfOutOfScopeIsPutBackAndIsContestedAfterFiveRounds() {
        leaves();
        for (int round = 0; round < 7; round++) {
            news.edit("n", Worlds.SHELF, "regulars");
            world.rest();
            world.pass(40);
            world.rest();
            assertThat(shelf()).isEqualTo(round < 4 ? "gone" : "regulars");
        }
        assertThat(world.member(news, "n").status).isEqualTo(Status.CONTESTED);
        comesBack();
        assertThat(shelf()).isEqualTo("regulars");
        assertThat(world.member(news, "n").status).isEqualTo(Status.IN_SYNC);
    }

    @Test
    void whoIsOutOfScopeIsNotMadeThereAndWhoComesInIsNotArchived() {
        shop.insert("2", "bob@x.com", null, "Bob", null, null, "withdrawn", null, null);
        world.rest();
        assertThat(news.rows).hasSize(1);
        shop.edit("2", "opt_in", "granted");
        world.rest();
        assertThat(news.rows).hasSize(2);
        assertThat(news.get(news.keyOf("email", "bob@x.com"), Worlds.SHELF)).isNull();
    }
}
