package dev.lockstep.engine;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.engine.loop.Allowed;
import dev.lockstep.engine.loop.Books;
import dev.lockstep.engine.loop.Lane;
import dev.lockstep.engine.loop.Rehearsal;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.PlanView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would be written, worked out on a copy of the data folder that is thrown away. */
final class Planning {
    private final Store store;
    private final Model model;
    private final EngineSettings settings;
    private final Set<String> without;
    private final Map<Integer, Tally> tallies = new TreeMap<>();

    Planning(Store store, Model model, EngineSettings settings, Set<String> without) {
        this.store = store;
        this.model = model;
        this.settings = settings;
        this.without = without;
    }

    /** One platform's counts. */
    private static final class Tally {
        long creates;
        long updates;
        long deletes;
        final Map<Integer, ColumnTally> columns = new TreeMap<>();
    }

    private static final class ColumnTally {
        long overwritten;
        long filled;
        long blanked;
        long withdrawn;
        final Map<String, Long> winners = new TreeMap<>();
    }

    PlanView plan(Allowed allowed, Consumer<PlanView.PlannedWrite> each, Progress progress) {
        Path folder = store.folder().resolve("plan");
        delete(folder);
        store.copyTo(folder);
        try (Store copy = Store.openCopy(folder, "lockstep plan")) {
            List<Lane> lanes = new ArrayList<>();
            for (PlatformModel platform : model.platforms()) {
                boolean active = !platform.retired() && !without.contains(platform.name());
                lanes.add(Rehearsal.lane(platform.number(), platform, active));
            }
            Books books = Rehearsal.books(copy, model, lanes, settings.clock().micros());
            long groups = books.totals().groups();
            new Rehearsal(books, () -> settings.clock().micros())
                    .run(
                            allowed,
                            (write, customer, winners) -> {
                                count(write, winners);
                                each.accept(planned(write, customer, winners));
                            },
                            () -> progress.at(Progress.Phase.PLANNING, "", books.swept(), groups));
            return view(books);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EngineException(
                    "The plan's working copy " + folder + " cannot be removed.", "Remove it by hand and try again.");
        }
    }

    // ---- one write

    private PlanView.PlannedWrite planned(Write write, RecordName customer, List<@Nullable RecordName> winners) {
        PlatformModel platform = model.platform(write.platform());
        List<PlanView.PlannedCell> cells = new ArrayList<>();
        boolean update = write.kind() == Write.Kind.UPDATE;
        for (int i = 0; i < write.cells().size() && write.kind() != Write.Kind.DELETE; i++) {
            Write.Cell cell = write.cells().get(i);
            Column column = platform.columns().get(cell.column());
            cells.add(new PlanView.PlannedCell(
                    column.path(),
                    field(column),
                    update ? cell.expected() : null,
                    cell.raw(),
                    text(i < winners.size() ? winners.get(i) : null)));
        }
        return new PlanView.PlannedWrite(
                platform.name(),
                write.kind().name().toLowerCase(java.util.Locale.ROOT),
                write.key(),
                customer.toString(),
                cells);
    }

    private String field(Column column) {
        return column.field() < 0 ? "" : model.field(column.field()).name();
    }

    private void count(Write write, List<@Nullable RecordName> winners) {
        Tally tally = tallies.computeIfAbsent(write.platform(), unused -> new Tally());
        switch (write.kind()) {
            case CREATE -> tally.creates++;
            case DELETE -> tally.deletes++;
            case UPDATE -> {
                tally.updates++;
                PlatformModel platform = model.platform(write.platform());
                for (int i = 0; i < write.cells().size(); i++) {
                    Write.Cell cell = write.cells().get(i);
                    ColumnTally column = tally.columns.computeIfAbsent(cell.column(), unused -> new ColumnTally());
                    if (blank(platform, cell, cell.expected())) column.filled++;
                    else if (withdraws(platform, cell)) column.withdrawn++;
                    else if (blank(platform, cell, cell.raw())) column.blanked++;
                    else overwritten(column, i < winners.size() ? winners.get(i) : null);
                }
            }
        }
    }

    private static String text(@Nullable RecordName name) {
        return name == null ? "" : name.toString();
    }

    private void overwritten(ColumnTally column, @Nullable RecordName by) {
        column.overwritten++;
        if (by != null) column.winners.merge(model.platform(by.platform()).name(), 1L, Long::sum);
    }

    private boolean withdraws(PlatformModel platform, Write.Cell cell) {
        Column column = platform.columns().get(cell.column());
        if (!model.isConsent(column)) return false;
        return granted(column, cell.expected()) && !granted(column, cell.raw());
    }

    private static boolean granted(Column column, @Nullable String raw) {
        Value value = column.lens().read(raw).valueOrNull();
        return value != null && value.key().equals("granted");
    }

    private static boolean blank(PlatformModel platform, Write.Cell cell, @Nullable String raw) {
        return platform.columns().get(cell.column()).lens().read(raw).isBlank();
    }

    // ---- all of them

    private PlanView view(Books books) {
        List<PlanView.PlatformPlan> platforms = new ArrayList<>();
        model.platforms().stream()
                .sorted(Comparator.comparingInt(PlatformModel::order))
                .forEach(platform -> {
                    Tally tally = tallies.get(platform.number());
                    if (tally != null) platforms.add(view(platform, tally));
                });
        long records = model.platforms().stream()
                .mapToLong(platform -> books.totals().records(platform.number()))
                .sum();
        long customers = books.totals().customers();
        return new PlanView(customers, Math.max(0, records - customers), platforms, List.of());
    }

    private PlanView.PlatformPlan view(PlatformModel platform, Tally tally) {
        List<PlanView.ColumnPlan> columns = new ArrayList<>();
        tally.columns.forEach((number, one) -> columns.add(new PlanView.ColumnPlan(
                platform.columns().get(number).path(),
                field(platform.columns().get(number)),
                one.overwritten,
                one.filled,
                one.blanked,
                one.withdrawn,
                one.winners.entrySet().stream()
                        .map(entry -> new PlanView.Winner(entry.getKey(), entry.getValue()))
                        .toList())));
        return new PlanView.PlatformPlan(platform.name(), tally.creates, tally.updates, tally.deletes, columns);
    }
}
