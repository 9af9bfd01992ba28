package dev.lockstep.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
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
    void whatWritesWaitForIsTakenFirst() throws InterruptedException {
        Mailbox full = new Mailbox(2, 1000);
        for (int i = 0; i < 1000; i++) {
            full.put(0, new Input.Positioned("edit"));
            full.put(1, new Input.Positioned("echo"));
        }
        full.hurry(1, true);
        assertThat(taken(full, 320, 1)).isEqualTo(256);
        full.hurry(1, false);
        assertThat(taken(full, 320, 1)).isLessThan(200);
    }

    @Test
    void answersAreTakenBesideWhatIsShown() throws InterruptedException {
        Receipt receipt = new Receipt(7, Receipt.Outcome.INVALID, null, new String[0], "no", -1, 0);
        for (int i = 0; i < 50; i++) {
            mailbox.putNow(1, new Input.Landed(new RecordName(1, "1", 0), false, receipt));
            mailbox.put(1, new Input.Positioned("echo"));
        }
        assertThat(mailbox.take(50, 0)).hasSize(100);
    }

    private static long taken(Mailbox from, int most, int platform) throws InterruptedException {
        return from.take(most, 0).stream()
                .filter(item -> item.platform() == platform)
                .count();
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
