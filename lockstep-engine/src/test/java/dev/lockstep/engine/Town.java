package dev.lockstep.engine;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.engine.store.Store;
import dev.lockstep.spi.Platform;
import dev.lockstep.spi.SteadyClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A workspace of in-memory tables, each with the columns e-mail, first name, city; and engines upon one folder. */
final class Town {
    static final int EMAIL = 0;
    static final int NAME = 1;
    static final int CITY = 2;
    static final int CONSENT = 3;
    private static final List<String> FIELDS = List.of("email", "first_name", "city", "newsletter");
    private static final List<FieldType> TYPES =
            List.of(FieldType.EMAIL, FieldType.NAME, FieldType.TEXT, FieldType.CONSENT);

    final Path folder;
    final List<MemoryTable> tables = new ArrayList<>();
    String digest = "one";
    SteadyClock clock = SteadyClock.SYSTEM;
    PlatformModel.OnDelete onDelete = PlatformModel.OnDelete.UNLINK;
    /** What stands between the engine and each table. */
    Function<MemoryTable, Platform> links = table -> table;
    /** How the engine's folder is opened. */
    Function<Path, Store> opens = at -> Store.open(at, "a test");

    private final int columns;

    Town(Path folder, int platforms) {
        this.folder = folder;
        this.columns = CONSENT;
        for (int i = 0; i < platforms; i++) tables.add(new MemoryTable(i, columns));
    }

    /** Of tables that have the consent as well. */
    Town(Path folder, List<MemoryTable> tables) {
        this.folder = folder;
        this.columns = FIELDS.size();
        this.tables.addAll(tables);
    }

    MemoryTable table(int number) {
        return tables.get(number);
    }

    /** One more, in the workspace of the next engine. */
    MemoryTable add() {
        tables.add(new MemoryTable(tables.size(), columns));
        return tables.getLast();
    }

    Engine engine() {
        return engine(folder);
    }

    Engine engine(Path at) {
        Store store = opens.apply(at);
        List<PlatformLink> opened = new ArrayList<>();
        for (MemoryTable table : tables) {
            table.clock = clock;
            Platform link = links.apply(table);
            opened.add(new PlatformLink(table.number, "memory", link, MemoryTable.capabilities(), "realtime", null));
        }
        EngineSettings usual = EngineSettings.standard();
        EngineSettings settings =
                new EngineSettings(clock, usual.batchInputs(), usual.batchMillis(), usual.historyDays(), digest);
        return Engine.open(store, model(), opened, settings, new SimpleMeterRegistry());
    }

    Model model() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            Keep keep = i == CONSENT ? Keep.CONSENT : Keep.LATEST;
            fields.add(new Field(
                    i, FIELDS.get(i), TYPES.get(i), Settings.NONE, keep, i == EMAIL, i, 3, false, null, false));
        }
        List<PlatformModel> platforms = new ArrayList<>();
        for (MemoryTable table : tables) platforms.add(platform(table.number));
        return new Model(fields, platforms, Model.GROUP_LIMIT);
    }

    private PlatformModel platform(int number) {
        List<Column> mapped = PlainTables.columns(FIELDS.subList(0, columns), TYPES);
        return PlainTables.platform(number, mapped, onDelete, true);
    }

    /** Waits for something to become true. */
    static void await(String what, BooleanSupplier truth) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!truth.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within 60 s: " + what);
            Thread.sleep(2);
        }
    }
}
