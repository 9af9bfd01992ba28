package dev.lockstep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.lockstep.app.cli.TwoDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator sees from outside: figures, health, and a log without anybody's data. */
class FiguresTest {
    private static final List<String> CANARIES = List.of(
            "ada@example.com", "bob@example.com", "cyd@example.com", "5550101", "canary", "lovelace", "1815-12");

    @TempDir
    Path folder;

    /** Keeps every line, stack traces too. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            String trace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            all.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
        }
    }

    @Test
    void theFiguresTellWhatHappenedAndNobodysDataIsInThemOrInTheLog() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("dev.lockstep");
        Lines lines = new Lines();
        lines.start();
        root.setLevel(Level.DEBUG);
        root.addAppender(lines);
        try (TwoDatabases databases = TwoDatabases.in(folder)) {
            databases.execute("crm", "alter table people drop constraint people_last_check");
            try (Up up = Up.in(folder)) {
                assertThat(figure(up, "lockstep_records{platform=\"shop\"}")).isEqualTo(2);
                assertThat(figure(up, "lockstep_store_bytes")).isPositive();
                Up.await("the log kept for us", () -> figure(up, "lockstep_retained_bytes{platform=\"shop\"}") >= 0);
                trouble(databases, up);
                assertThat(up.get("/health/live").statusCode()).isEqualTo(200);
                assertThat(up.get("/health/ready").statusCode()).isEqualTo(200);
                String all = up.get("/metrics").body().toLowerCase(java.util.Locale.ROOT);
                assertThat(all).contains("lockstep_turn_seconds_bucket").doesNotContain(CANARIES);
            }
        } finally {
            root.detachAppender(lines);
            root.setLevel(null);
        }
        assertThat(lines.all).isNotEmpty();
        String log = String.join("\n", lines.all).toLowerCase(java.util.Locale.ROOT);
        for (String canary : CANARIES) assertThat(log).doesNotContain(canary);
    }

    /** A refused value, one that does not parse, a column that goes, and a platform whose sessions are all ended. */
    private static void trouble(TwoDatabases databases, Up up) throws Exception {
        databases.execute("crm", "alter table people add constraint no_canary check (last <> 'Canary')");
        databases.execute("shop", "update customers set family_name = 'Canary' where id = 1");
        Up.await("it is refused", () -> figure(up, "lockstep_failed{platform=\"crm\"}") == 1);
        databases.execute("shop", "update customers set mobile = 'canary phone' where id = 2");
        Up.await("it does not parse", () -> figure(up, "lockstep_unparsed{platform=\"shop\"}") == 1);
        databases.execute("shop", "alter table customers drop column born");
        Up.await("a column is left alone", () -> figure(up, "lockstep_drift{platform=\"shop\"}") == 1);
        databases.execute("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'crm'");
        Up.await("it has connected again", () -> figure(up, "lockstep_reconnects{platform=\"crm\"}") >= 1);
        Up.await("it is up", () -> figure(up, "lockstep_down{platform=\"crm\"}") == 0);
        assertThat(figure(up, "lockstep_errors{platform=\"crm\"}")).isPositive();
    }

    private static double figure(Up up, String name) throws Exception {
        return up.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }
}
