package dev.lockstep.engine.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be written, in figures; the writes themselves are handed out one by one.
 *
 * @param customers customers with a living record
 * @param joined customers of more than one record
 * @param platforms per platform that would be written to, in the order of the workspace
 * @param notes what an operator should know, a sentence each
 */
public record PlanView(long customers, long joined, List<PlatformPlan> platforms, List<String> notes) {

    public long writes() {
        return platforms.stream().mapToLong(PlatformPlan::writes).sum();
    }

    /**
     * One platform's share.
     *
     * @param creates records made
     * @param updates records changed
     * @param deletes records deleted
     * @param columns per column written by an update
     */
    public record PlatformPlan(String platform, long creates, long updates, long deletes, List<ColumnPlan> columns) {
        public long writes() {
            return creates + updates + deletes;
        }
    }

    /**
     * One column's share of the updates.
     *
     * @param field the field it carries; empty for a computed column
     * @param overwritten records in which another value would be replaced
     * @param filled records in which a blank would be filled
     * @param blanked records in which a value would be cleared
     * @param withdrawn of a consent, records in which a grant would be withdrawn
     * @param winners for the overwritten ones: from which platforms the new values come, with counts
     */
    public record ColumnPlan(
            String column,
            String field,
            long overwritten,
            long filled,
            long blanked,
            long withdrawn,
            List<Winner> winners) {}

    /** How often a platform's claim won. */
    public record Winner(String platform, long count) {}

    /**
     * One write.
     *
     * @param kind {@code create}, {@code update} or {@code delete}
     * @param key the record's key; null for a create
     * @param customer the id of the customer it is for
     */
    public record PlannedWrite(
            String platform, String kind, @Nullable String key, String customer, List<PlannedCell> cells) {}

    /**
     * One column of a write, raw.
     *
     * @param winner the name of the record whose claim it carries; empty when none does
     */
    public record PlannedCell(
            String column,
            String field,
            @Nullable String before,
            @Nullable String after,
            String winner) {}
}
