package dev.lockstep.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MailboxTest {
    private final Mailbox mailbox = new Mailbox(2, 100);

    @Test
    void aReaderWaitsWhenItsQueueIsFullAndReceiptsDoNot() throws InterruptedException {
        for (int i = 0; i < 100; i++) mailbox.put(0, new Input.Positioned(Integer.toString(i)));
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                mailbox.put(0, new Input.Positioned("late"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(reader.join(java.time.Duration.ofMillis(100))).isFalse();
        mailbox.putNow(0, new Input.Marker(() -> {}));
        mailbox.put(1, new Input.Positioned("other"));
        assertThat(mailbox.take(200, 0)).hasSize(102);
        reader.join();
        assertThat(mailbox.take(10, 0)).hasSize(1);
    }

    @Test
    void aBulkLoadOnOnePlatformDoesNotDelayTheOthers() throws InterruptedException {
        for (int i = 0; i < 100; i++) mailbox.put(0, new Input.Positioned("bulk"));
        mailbox.put(1, new Input.Positioned("edit"));
        assertThat(mailbox.take(80, 0).stream().map(Mailbox.Item::platform)).contains(1);
    }

    @Test
    void nothingFollowsTheEndOfAListBeforeItIsWorkedOff() throws InterruptedException {
        mailbox.put(0, new Input.ListEnded());
        mailbox.put(0, new Input.Positioned("after"));
        assertThat(mailbox.take(10, 0)).hasSize(1);
        assertThat(mailbox.take(10, 0)).isEmpty();
        mailbox.hold(0, false);
        assertThat(mailbox.take(10, 0)).hasSize(1);
    }

    @Test
    void totalsAreReadAsTheyWereWritten() {
        Totals totals = new Totals(3);
        totals.readOne(1);
        totals.wroteOne(2);
        Totals read = Totals.decode(totals.encode(), 3);
        assertThat(List.of(read.read(1), read.written(2), read.read(0))).containsExactly(1L, 1L, 0L);
    }
}
