package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.view.DriftView;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.FoundColumn;
import dev.lockstep.spi.Description.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a platform, as it was found last, fits what the workspace maps.
 *
 * @param model as it can be worked with now
 * @param drifts what cannot be
 */
record Fit(PlatformModel model, List<Drift> drifts) {

    /** @param column its number; -1: the platform as a whole */
    record Drift(int column, String sentence, String remedy) {}

    /** As the workspace has it, and as was known when the last process ended. */
    static Fit of(PlatformModel model, List<Drift> drifts, Map<Integer, Long> back) {
        List<Column> columns = new ArrayList<>();
        for (Column column : model.columns()) columns.add(as(column, column.required(), drifts, back));
        return new Fit(model.withColumns(columns), List.copyOf(drifts));
    }

    /**
     * As it was found now.
     *
     * @param mappedAs what the columns were when the model was made; empty when that is not known
     */
    static Fit of(PlatformModel model, List<@Nullable FoundColumn> mappedAs, Description now, Map<Integer, Long> back) {
        List<Drift> drifts = new ArrayList<>();
        for (Problem problem : now.problems()) {
            if (problem.fatal() && problem.column() < 0) {
                drifts.add(new Drift(-1, problem.sentence(), problem.remedy()));
            }
        }
        for (Column column : drifts.isEmpty() ? model.columns() : List.<Column>of()) {
            boolean told = column.number() < now.columns().size();
            if (!told || column.retired() || !column.heard() && !column.written()) continue;
            FoundColumn found = now.columns().get(column.number());
            FoundColumn was = column.number() < mappedAs.size() ? mappedAs.get(column.number()) : null;
            Drift drift = found == null ? gone(model, column, now) : changed(model, column, was, found);
            if (drift != null) drifts.add(drift);
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : model.columns()) {
            FoundColumn found =
                    column.number() < now.columns().size() ? now.columns().get(column.number()) : null;
            columns.add(as(column, found == null ? column.required() : found.required(), drifts, back));
        }
        return new Fit(model.withColumns(columns), List.copyOf(drifts));
    }

    private static Column as(Column column, boolean required, List<Drift> drifts, Map<Integer, Long> back) {
        boolean away = drifts.stream().anyMatch(drift -> drift.column() == column.number());
        return column.as(required, away, back.getOrDefault(column.number(), 0L));
    }

    private static Drift gone(PlatformModel model, Column column, Description now) {
        for (Problem problem : now.problems()) {
            if (problem.column() == column.number()) {
                return new Drift(column.number(), problem.sentence(), problem.remedy());
            }
        }
        return new Drift(
                column.number(),
                "Platform `" + model.name() + "`: its column `" + column.path() + "` is gone.",
                "Put it back, or correct `columns` in the workspace.");
    }

    private static @Nullable Drift changed(
            PlatformModel model, Column column, @Nullable FoundColumn was, FoundColumn found) {
        if (was == null || was.kind() == found.kind()) return null;
        return new Drift(
                column.number(),
                "Platform `" + model.name() + "`: its column `" + column.path() + "` was of type " + was.type()
                        + " and is now of type " + found.type() + ".",
                "Put the type back; or, if it is meant, run `lockstep check` and start Lockstep again.");
    }

    boolean stopped() {
        return lacks(-1);
    }

    boolean lacks(int column) {
        return drifts.stream().anyMatch(drift -> drift.column() == column);
    }

    /** Everything that this cannot be worked with, the other can: then something has come back. */
    List<Drift> mendedIn(Fit later) {
        return drifts.stream().filter(drift -> !later.lacks(drift.column())).toList();
    }

    /** Writes that were planned for the one may be wrong for the other. */
    boolean plansAs(Fit other) {
        return model.columns().stream()
                .map(Column::required)
                .toList()
                .equals(other.model.columns().stream().map(Column::required).toList());
    }

    List<DriftView> view() {
        return drifts.stream()
                .map(drift -> new DriftView(
                        drift.column() < 0
                                ? null
                                : model.columns().get(drift.column()).path(),
                        drift.sentence(),
                        drift.remedy()))
                .toList();
    }
}
