package dev.lockstep.engine.view;

/**
 * A change that the guard has stopped on its way to a platform.
 *
 * @param id to approve it by
 * @param platform where it would be written
 * @param source the platform that it comes from; empty for a change of the workspace or a command
 * @param cause what set it off: {@code transaction}, {@code poll}, {@code read}, {@code first}, {@code workspace},
 *     {@code command}, or {@code drip} (many small ones in a row)
 * @param sinceMicros when it was stopped
 * @param written records that were written before that
 * @param held records that are held since
 * @param deletes of these, records to be deleted
 * @param losses of these, records in which a consent would be withdrawn or a value blanked
 * @param changes of these, records that would be overwritten or created
 * @param why one sentence
 */
public record ApprovalView(
        String id,
        String platform,
        String source,
        String cause,
        long sinceMicros,
        long written,
        long held,
        long deletes,
        long losses,
        long changes,
        String why) {}
