package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.view.ChangeEvent;
import dev.lockstep.engine.view.PlanView;
import dev.lockstep.engine.view.SyncView;
import dev.lockstep.engine.view.VerifyView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineTest {
    @TempDir
    Path folder;

    private Town town;

    @BeforeEach
    void twoTables() {
        town = new Town(folder.resolve("data"), 2);
        town.table(0).put("1", "ada@x.com", "Ada", null);
        town.table(0).put("2", "bob@x.com", "Bob", "Paris");
        town.table(1).put("a", "ADA@x.com", "Ada", "London");
        town.table(1).put("b", "cyd@x.com", "Cyd", "Rome");
    }

    @Test
    void oneSyncBringsAllRecordsInStepAndTheNextWritesNothing() throws InterruptedException {
        try (Engine engine = town.engine()) {
            SyncView first = engine.sync(Engine.SyncRequest.ALL, Progress.NONE);
            assertThat(first.converged()).isTrue();
            assertThat(first.written()).isEqualTo(3);
            assertThat(first.status().customers()).isEqualTo(3);
            assertThat(first.status().consistency()).isEqualTo(1.0);
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).written())
                    .isZero();
        }
        assertThat(town.table(0).cell("1", Town.CITY)).isEqualTo("London");
        assertThat(town.table(0).size()).isEqualTo(3);
        assertThat(town.table(1).size()).isEqualTo(3);
        try (Engine engine = town.engine()) {
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).written())
                    .isZero();
        }
    }

    @Test
    void aPlanNamesTheWritesThatASyncThenMakesAndWritesNothing() throws InterruptedException {
        List<PlanView.PlannedWrite> planned = new ArrayList<>();
        try (Engine engine = town.engine()) {
            PlanView plan = engine.plan(Engine.SyncRequest.ALL, planned::add, Progress.NONE);
            assertThat(plan.writes()).isEqualTo(3);
            assertThat(plan.customers()).isEqualTo(3);
            assertThat(planned).hasSize(3);
            assertThat(town.table(0).updates + town.table(0).creates).isZero();
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).written())
                    .isEqualTo(3);
        }
    }

    @Test
    void nothingIsWrittenBeforeAllHasBeenRead() throws InterruptedException {
        town.table(1).down = true;
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await(
                    "table 0 is read", () -> engine.status().platforms().get(0).records() == 2);
            Thread.sleep(300);
            assertThat(engine.status().ready()).isFalse();
            assertThat(town.table(0).updates + town.table(0).creates).isZero();
            town.table(1).down = false;
            Town.await("in step", () -> engine.status().inStep());
            assertThat(town.table(0).size()).isEqualTo(3);
        }
    }

    @Test
    void anEditSpreadsAndIsTold() throws InterruptedException {
        List<ChangeEvent> events = new CopyOnWriteArrayList<>();
        try (Engine engine = town.engine();
                Engine.Following following = engine.follow(events::add)) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            town.table(0).edit("1", Town.CITY, "Berlin");
            Town.await("Berlin spreads", () -> "Berlin".equals(town.table(1).cell("a", Town.CITY)));
            Town.await(
                    "it is told",
                    () -> events.stream()
                            .anyMatch(event -> event.kind().equals("wrote") && "Berlin".equals(event.after())));
            Town.await("confirmed", () -> town.table(0).confirmed > 0);
            assertThat(engine.customer("ada@x.com", 20)).isNotNull();
        }
    }

    @Test
    void aTableThatIsDownHoldsUpNobodyElse() throws InterruptedException {
        town = new Town(folder.resolve("three"), 3);
        town.table(0).put("1", "ada@x.com", "Ada", "Paris");
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            town.table(2).down = true;
            for (int i = 0; i < 20; i++) {
                String city = "City " + i;
                town.table(0).edit("1", Town.CITY, city);
                String key = town.table(1).contents().keySet().iterator().next();
                Town.await(city, () -> city.equals(town.table(1).cell(key, Town.CITY)));
            }
            town.table(2).down = false;
            String key = town.table(2).contents().keySet().iterator().next();
            Town.await("it catches up", () -> "City 19".equals(town.table(2).cell(key, Town.CITY)));
            Town.await("in step", () -> engine.status().inStep());
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundOutAndNotRepeated() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            town.table(1).losesAnswers = true;
            town.table(0).put("9", "new@x.com", "New", "Oslo");
            Town.await("created", () -> town.table(1).creates > 1);
            town.table(1).losesAnswers = false;
            Town.await(
                    "in step", () -> engine.status().inStep() && engine.status().customers() == 4);
            assertThat(town.table(1).contents().values().stream().filter(row -> "new@x.com".equals(row.get(0))))
                    .hasSize(1);
        }
    }

    @Test
    void aRefusedWriteIsSetAsideAndRetriedOnDemand() throws InterruptedException {
        town.table(1).refuses = "Paris";
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("refused", () -> !engine.failed(null, 10).isEmpty());
            Town.await("others go on", () -> town.table(0).size() == 3);
            assertThat(engine.failed("table1", 10).get(0).reason()).contains("constraint");
            assertThat(engine.status().platforms().get(1).failed()).isEqualTo(1);
            town.table(1).refuses = null;
            assertThat(engine.retryFailed(List.of(), null)).isEqualTo(1);
            Town.await("in step", () -> engine.status().inStep());
            assertThat(engine.failed(null, 10)).isEmpty();
            assertThat(town.table(1).size()).isEqualTo(3);
        }
    }

    @Test
    void whatVanishedUnseenIsFoundByReadingAgain() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            town.table(0).vanish("2");
            engine.resync("table0");
            Town.await("gone", () -> engine.status().platforms().get(0).records() == 2);
            Town.await("in step", () -> engine.status().inStep());
            assertThat(town.table(0).size()).isEqualTo(2);
        }
    }

    @Test
    void aFullReadDoesNotMakeAnEditNewerThanItsStreamSays() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            town.table(0).stalls = true;
            town.table(0).edit("1", Town.CITY, "Oslo");
            Thread.sleep(5);
            town.table(1).edit("a", Town.CITY, "Bergen");
            engine.resync("table0");
            Thread.sleep(300);
            town.table(0).stalls = false;
            Town.await("read again", () -> town.table(0).lists == 2);
            Town.await(
                    "in step",
                    () -> engine.status().inStep()
                            && "Bergen".equals(town.table(0).cell("1", Town.CITY)));
            assertThat(town.table(1).cell("a", Town.CITY)).isEqualTo("Bergen");
        }
    }

    @Test
    void aDeletionSpreadsWhereThePolicySaysSoAlsoWhenTheAnswerIsLost() throws InterruptedException {
        town.onDelete = PlatformModel.OnDelete.DELETE;
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            town.table(0).delete("1");
            Town.await("deleted", () -> town.table(1).cell("a", Town.EMAIL) == null);
            town.table(1).losesAnswers = true;
            town.table(0).delete("2");
            Town.await("deleted", () -> town.table(1).deletes == 2);
            town.table(1).losesAnswers = false;
            Town.await(
                    "in step", () -> engine.status().inStep() && engine.status().customers() == 1);
            assertThat(town.table(0).size()).isEqualTo(1);
            assertThat(town.table(1).contents()).containsOnlyKeys("b");
        }
        try (Engine engine = town.engine()) {
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).written())
                    .isZero();
        }
    }

    @Test
    void aPausedPlatformIsReadAndNotWritten() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.pause("table1");
            engine.start(Set.of(), Progress.NONE);
            Town.await("the other is written", () -> town.table(0).size() == 3);
            Thread.sleep(100);
            assertThat(town.table(1).creates).isZero();
            engine.resume("table1");
            Town.await("in step", () -> engine.status().inStep());
            assertThat(town.table(1).size()).isEqualTo(3);
        }
    }

    @Test
    void verifyFindsNothingWhereNothingIsWrong() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.sync(Engine.SyncRequest.ALL, Progress.NONE);
            VerifyView view = engine.verify(false, Progress.NONE);
            assertThat(view.clean()).isTrue();
            assertThat(view.platforms().get(0).checked()).isEqualTo(3);
        }
    }

    @Test
    void verifyFindsWhatChangedBehindTheStreamAndRepairs() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.sync(Engine.SyncRequest.ALL, Progress.NONE);
            town.table(0).vanish("2");
            town.table(1).slip("a", Town.CITY, "Atlantis");
            town.table(1).slip("z", Town.EMAIL, "zoe@x.com");
            VerifyView view = engine.verify(false, Progress.NONE);
            assertThat(view.platforms().get(0).missing()).isEqualTo(1);
            assertThat(view.platforms().get(1).different()).isEqualTo(1);
            assertThat(view.platforms().get(1).extra()).isEqualTo(1);
            engine.verify(true, Progress.NONE);
            assertThat(engine.verify(false, Progress.NONE).clean()).isTrue();
            assertThat(town.table(0).cell("1", Town.CITY)).isEqualTo("Atlantis");
            assertThat(town.table(0).contents().values().stream().anyMatch(row -> "zoe@x.com".equals(row.get(0))))
                    .isTrue();
        }
    }

    @Test
    void oneCustomerCanBeSyncedBeforeAllOthers() throws InterruptedException {
        try (Engine engine = town.engine()) {
            SyncView first = engine.sync(new Engine.SyncRequest(Set.of(), null, 1), Progress.NONE);
            assertThat(first.written()).isEqualTo(1);
            engine.sync(new Engine.SyncRequest(Set.of(), "cyd@x.com", 0), Progress.NONE);
            assertThat(town.table(0).contents().values().stream().anyMatch(row -> "cyd@x.com".equals(row.get(0))))
                    .isTrue();
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).converged())
                    .isTrue();
            assertThat(town.table(1).size()).isEqualTo(3);
        }
    }

    @Test
    void aPlatformAddedLaterCausesNoWriteBeforeItHasBeenRead() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.sync(Engine.SyncRequest.ALL, Progress.NONE);
        }
        MemoryTable third = town.add();
        third.put("x", "ada@x.com", "Ada", "Oslo");
        third.down = true;
        town.digest = "two";
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Thread.sleep(500);
            assertThat(engine.status().ready()).isFalse();
            assertThat(third.creates).isZero();
            third.down = false;
            Town.await("in step", () -> engine.status().inStep());
            assertThat(third.size()).isEqualTo(3);
        }
    }

    @Test
    void aPlatformLeftOutIsNotTouchedAndHoldsUpNobody() throws InterruptedException {
        MemoryTable third = town.add();
        third.down = true;
        try (Engine engine = town.engine()) {
            SyncView view = engine.sync(new Engine.SyncRequest(Set.of("table2"), null, 0), Progress.NONE);
            assertThat(view.converged()).isTrue();
            assertThat(town.table(0).size()).isEqualTo(3);
            third.down = false;
            assertThat(engine.sync(Engine.SyncRequest.ALL, Progress.NONE).converged())
                    .isTrue();
            assertThat(third.size()).isEqualTo(3);
        }
    }

    @Test
    void twoCustomersAreMergedAndSplitByAPersonsWord() throws InterruptedException {
        try (Engine engine = town.engine()) {
            engine.start(Set.of(), Progress.NONE);
            Town.await("in step", () -> engine.status().inStep());
            engine.merge("bob@x.com", "cyd@x.com");
            Town.await("one fewer", () -> engine.status().customers() == 2);
            Town.await("in step", () -> engine.status().inStep());
            engine.split("bob@x.com", "table1:b");
            Town.await("one more", () -> engine.status().customers() == 3);
            Town.await("in step", () -> engine.status().inStep());
            assertThat(town.table(1).cell("b", Town.CITY)).isEqualTo("Rome");
        }
    }
}
