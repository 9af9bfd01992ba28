package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.view.ApprovalView;
import dev.lockstep.engine.view.ChangeEvent;
import dev.lockstep.engine.view.FirstSyncView;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one cause may do to a platform, and what becomes of the rest. */
@Timeout(120)
class GuardTest {
    private static final int PEOPLE = 400;

    @TempDir
    Path folder;

    private Town town;
    private MemoryTable shop;
    private MemoryTable crm;

    @BeforeEach
    void manyPeopleInBoth() {
        town = new Town(folder.resolve("data"), 2);
        shop = town.table(0);
        crm = town.table(1);
        for (int i = 0; i < PEOPLE; i++) {
            shop.put(Integer.toString(i), "p" + i + "@x.com", "Name", "Rome");
            crm.put("c" + i, "p" + i + "@x.com", "Name", "Rome");
        }
    }

    private Engine started() throws InterruptedException {
        Engine engine = town.engine();
        engine.start(Set.of(), Progress.NONE);
        Town.await("in step", () -> engine.status().inStep());
        return engine;
    }

    private static void held(Engine engine, long records) throws InterruptedException {
        Town.await(
                records + " are held",
                () -> engine.status().platforms().get(1).held() == records
                        && engine.status().platforms().get(1).pending() == 0);
    }

    private static ApprovalView only(Engine engine) {
        List<ApprovalView> held = engine.approvals();
        assertThat(held).hasSize(1);
        return held.getFirst();
    }

    private long inCrm(int column, String value) {
        return in(crm, column, value);
    }

    private static long in(MemoryTable table, int column, String value) {
        return table.contents().values().stream()
                .filter(row -> value.equals(row.get(column)))
                .count();
    }

    @Test
    void aStatementThatChangesTooManyStopsAtItsLimitWhileOthersFlowAndGoesOnWhenApproved() throws Exception {
        List<ChangeEvent> events = new CopyOnWriteArrayList<>();
        try (Engine engine = started();
                Engine.Following following = engine.follow(events::add)) {
            shop.statement(() -> {
                for (int i = 0; i < 120; i++) shop.edit(Integer.toString(i), Town.CITY, "Paris");
            });
            held(engine, 40);
            assertThat(inCrm(Town.CITY, "Paris")).isEqualTo(80);
            assertThat(engine.status().notes().toString()).contains("80 were written, 40 are held");
            Town.await(
                    "events say so",
                    () -> events.stream()
                            .anyMatch(event -> event.kind().equals("held")
                                    && event.detail().contains("lockstep approve")));
            shop.edit("300", Town.CITY, "Oslo");
            Town.await("another flows", () -> inCrm(Town.CITY, "Oslo") == 1);
            engine.approve(only(engine).id());
            Town.await("in step", () -> engine.status().inStep());
            assertThat(inCrm(Town.CITY, "Paris")).isEqualTo(120);
            assertThat(engine.approvals()).isEmpty();
        }
    }

    @Test
    void tooManyDeletesStopAndStayHeldOverARestart() throws Exception {
        town.onDelete = PlatformModel.OnDelete.DELETE;
        try (Engine engine = started()) {
            shop.statement(() -> {
                for (int i = 0; i < 25; i++) shop.delete(Integer.toString(i));
            });
            held(engine, 5);
            assertThat(crm.size()).isEqualTo(PEOPLE - 20);
        }
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            held(engine, 5);
            assertThat(only(engine).deletes()).isEqualTo(5);
            assertThat(crm.size()).isEqualTo(PEOPLE - 20);
            engine.approve(only(engine).id());
            Town.await("all deleted", () -> crm.size() == PEOPLE - 25);
            Town.await("in step", () -> engine.status().inStep());
        }
    }

    @Test
    void blanksStop() throws Exception {
        try (Engine engine = started()) {
            shop.statement(() -> {
                for (int i = 0; i < 60; i++) shop.edit(Integer.toString(i), Town.CITY, null);
            });
            held(engine, 10);
            assertThat(only(engine).losses()).isEqualTo(10);
            assertThatThrownBy(() -> engine.approve("nothing")).hasMessageContaining("Nothing is held under nothing");
        }
    }

    @Test
    void aDripOfSingleDeletesStops() throws Exception {
        town.onDelete = PlatformModel.OnDelete.DELETE;
        try (Engine engine = started()) {
            for (int i = 0; i < 30; i++) shop.delete(Integer.toString(i));
            held(engine, 10);
            assertThat(crm.size()).isEqualTo(PEOPLE - 20);
            assertThat(only(engine).cause()).isEqualTo("drip");
            shop.edit("300", Town.CITY, "Oslo");
            Town.await("another flows", () -> inCrm(Town.CITY, "Oslo") == 1);
            engine.approve(only(engine).id());
            Town.await("all deleted", () -> crm.size() == PEOPLE - 30);
            shop.delete("31");
            Town.await("counted anew", () -> crm.size() == PEOPLE - 31);
        }
    }

    @Test
    void aRejectedStatementIsTakenBackEverywhereAndWhatIsLeftOfItNeverSpreads() throws Exception {
        try (Engine engine = started()) {
            shop.statement(() -> {
                for (int i = 0; i < 120; i++) shop.edit(Integer.toString(i), Town.CITY, "Paris");
            });
            held(engine, 40);
            shop.edit("5", Town.NAME, "Eve");
            ApprovalView rejected = engine.reject(only(engine).id());
            assertThat(rejected.written()).isEqualTo(80);
            Town.await("in step", () -> engine.status().inStep());
            assertThat(in(shop, Town.CITY, "Paris")).isZero();
            assertThat(inCrm(Town.CITY, "Paris")).isZero();
            assertThat(in(shop, Town.CITY, "Rome")).isEqualTo(PEOPLE);
            assertThat(inCrm(Town.NAME, "Eve")).isEqualTo(1);
            assertThat(engine.approvals()).isEmpty();
            assertThatThrownBy(() -> engine.reject(rejected.id())).hasMessageContaining("Nothing is held under");
            shop.edit("7", Town.CITY, "Lima");
            Town.await("an edit of another cause flows", () -> inCrm(Town.CITY, "Lima") == 1);
        }
    }

    @Test
    void rejectedDeletesAreMadeAgainAlsoAfterTheEngineWasStoppedHalfWay() throws Exception {
        town.onDelete = PlatformModel.OnDelete.DELETE;
        try (Engine engine = started()) {
            shop.statement(() -> {
                for (int i = 0; i < 350; i++) shop.delete(Integer.toString(i));
            });
            held(engine, 330);
            assertThat(crm.size()).isEqualTo(PEOPLE - 20);
            engine.reject(only(engine).id());
        }
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep() && shop.size() == PEOPLE);
            assertThat(crm.size()).isEqualTo(PEOPLE);
            assertThat(engine.approvals()).isEmpty();
            assertThat(emails(shop)).isEqualTo(emails(crm)).hasSize(PEOPLE);
            assertThat(shop.contents().keySet()).allMatch(key -> Integer.parseInt(key) < PEOPLE);
        }
    }

    @Test
    void ofARejectedDripWhatWasHeldIsPutBackAndWhatHadLeftStands() throws Exception {
        town.onDelete = PlatformModel.OnDelete.DELETE;
        try (Engine engine = started()) {
            for (int i = 0; i < 30; i++) shop.delete(Integer.toString(i));
            held(engine, 10);
            engine.reject(only(engine).id());
            Town.await("put back", () -> shop.size() == PEOPLE - 20);
            Town.await("in step", () -> engine.status().inStep());
            assertThat(crm.size()).isEqualTo(PEOPLE - 20);
            shop.delete("100");
            Town.await("the hour is not over", () -> engine.approvals().size() == 1);
        }
    }

    @Test
    void aChangeThatIsHeldOnTwoPlatformsIsTakenBackOnBoth() throws Exception {
        MemoryTable erp = town.add();
        for (int i = 0; i < PEOPLE; i++) erp.put("e" + i, "p" + i + "@x.com", "Name", "Rome");
        try (Engine engine = started()) {
            shop.statement(() -> {
                for (int i = 0; i < 120; i++) shop.edit(Integer.toString(i), Town.CITY, null);
            });
            Town.await("both hold", () -> engine.approvals().size() == 2);
            engine.reject(engine.approvals().getFirst().id());
            Town.await("in step", () -> engine.status().inStep());
            for (MemoryTable table : town.tables)
                assertThat(in(table, Town.CITY, "Rome")).isEqualTo(PEOPLE);
            assertThat(engine.approvals()).isEmpty();
        }
    }

    private static Set<String> emails(MemoryTable table) {
        Set<String> emails = new TreeSet<>();
        table.contents().values().forEach(row -> emails.add(row.get(Town.EMAIL)));
        return emails;
    }

    @Test
    void theFirstSyncCreatesAndOverwritesWithoutApproval() throws Exception {
        for (int i = 0; i < 300; i++) crm.put("d" + i, "q" + i + "@x.com", "Name", "Bonn");
        for (int i = 0; i < 200; i++) crm.edit("c" + i, Town.CITY, "Turin");
        try (Engine engine = town.engine()) {
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).converged())
                    .isTrue();
            assertThat(engine.approvals()).isEmpty();
            assertThat(shop.size()).isEqualTo(PEOPLE + 300);
        }
    }

    @Test
    void theFirstSyncTellsWhatItWillDoBeforeItWritesAnything() throws Exception {
        for (int i = 0; i < 300; i++) crm.put("d" + i, "q" + i + "@x.com", "Name", "Bonn");
        for (int i = 0; i < 30; i++) shop.put("s" + i, "q" + i + "@x.com", "Name", null);
        for (int i = 0; i < 200; i++) crm.edit("c" + i, Town.CITY, "Turin");
        List<FirstSyncView> told = new CopyOnWriteArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void at(Phase phase, String platform, long done, long total) {}

            @Override
            public void first(List<FirstSyncView> platforms) {
                assertThat(shop.creates + shop.updates + crm.creates + crm.updates)
                        .isZero();
                told.addAll(platforms);
            }
        };
        try (Engine engine = town.engine()) {
            engine.sync(Engine.SyncRequest.ALL, progress);
        }
        assertThat(told)
                .containsExactly(
                        new FirstSyncView("table0", 270, 0, 30, 0, 0), new FirstSyncView("table1", 0, 200, 0, 0, 0));
        assertThat(shop.creates).isEqualTo(270);
        assertThat(crm.updates).isEqualTo(200);
    }

    @Test
    void whatIsHeldWithoutAServerIsLetGoByTheNextSync() throws Exception {
        try (Engine engine = town.engine()) {
            engine.sync(Engine.SyncRequest.ALL, Progress.NONE);
        }
        shop.statement(() -> {
            for (int i = 0; i < 60; i++) shop.edit(Integer.toString(i), Town.CITY, null);
        });
        try (Engine engine = town.engine()) {
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE)
                            .status()
                            .inStep())
                    .isFalse();
            engine.approve(only(engine).id());
        }
        try (Engine engine = town.engine()) {
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE)
                            .status()
                            .inStep())
                    .isTrue();
            assertThat(inCrm(Town.CITY, "Rome")).isEqualTo(PEOPLE - 60);
        }
    }
}
