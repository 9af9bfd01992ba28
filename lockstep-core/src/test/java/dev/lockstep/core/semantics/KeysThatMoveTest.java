package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.semantics.World.Table;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People give records other keys, and theirs to others, while writes of ours are on their way. */
class KeysThatMoveTest {
    private World world;
    private Table shop;
    private Table news;

    @BeforeEach
    void begin() {
        world = Worlds.three();
        shop = world.tables.get(0);
        news = world.tables.get(2);
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        world.rest();
        world.open();
        world.pass(60);
    }

    private void rename(String from, String to) {
        world.tick();
        String[] row = Objects.requireNonNull(news.rows.remove(from));
        row[news.column("email")] = to;
        news.rows.put(to, row);
        news.show(to, from, 0, world.now);
    }

    @Test
    void aWriteThatMeetsAnotherRecordUnderItsKeyIsMadeAgainWhereItsOwnIs() {
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        world.permit();
        rename("ada@x.com", "ada@new.com");
        news.insert("ada@x.com", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        while (!world.sent.isEmpty()) world.apply();
        world.deliver(news);
        world.rest();
        world.pass(60);
        world.rest();
        assertThat(world.member(news, "ada@new.com").key).isEqualTo("ada@new.com");
        assertThat(news.get("ada@new.com", "city")).isEqualTo(shop.get("1", "city"));
        assertThat(news.get("ada@x.com", "city")).isEqualTo(shop.get("1", "city"));
    }

    @Test
    void aWriteThatWasAcknowledgedForTheRecordThatHasItsKeyNowIsNotItsOwn() {
        news.insert("bob@x.com", "bob@x.com", null, "Bob", "Byrd", null, null, "London", null);
        world.rest();
        world.pass(60);
        shop.edit("1", "city", "Paris");
        world.deliver(shop);
        world.permit();
        rename("ada@x.com", "ada@new.com");
        rename("bob@x.com", "ada@x.com");
        while (!world.sent.isEmpty()) world.apply();
        while (!world.receipts.isEmpty()) world.receive();
        world.rest();
        news.edit("ada@new.com", "first_name", "Adele");
        world.rest();
        assertThat(shop.get("1", "first_name")).isEqualTo("Adele");
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
        assertThat(news.get("ada@new.com", "city")).isEqualTo("Paris");
    }
}
