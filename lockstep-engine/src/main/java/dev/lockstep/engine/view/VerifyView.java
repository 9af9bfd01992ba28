package dev.lockstep.engine.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a full comparison found. */
public record VerifyView(List<PlatformCheck> platforms, boolean repaired, List<String> notes) {

    public boolean clean() {
        return platforms.stream()
                .allMatch(one -> one.error() == null
                        && one.missing() + one.extra() + one.different() + one.duplicate() + one.failed() == 0);
    }

    /**
     * One platform's findings.
     *
     * @param checked records read
     * @param missing records that should be there and are not
     * @param extra records there that were not known
     * @param different records whose mapped columns are not as known, or as desired
     * @param duplicate records beyond the first of one customer that Lockstep made
     * @param failed records set aside because their write was refused
     * @param warnings records in which a value is contested, taken or does not parse
     * @param samples the first few of each
     * @param error why it could not be read; null when it was
     */
    public record PlatformCheck(
            String platform,
            long checked,
            long missing,
            long extra,
            long different,
            long duplicate,
            long failed,
            long warnings,
            List<Finding> samples,
            @Nullable String error) {}

    /**
     * One finding.
     *
     * @param kind {@code missing}, {@code extra}, {@code different}, {@code duplicate}, {@code failed} or {@code
     *     warning}
     * @param column the column that differs; null where none is meant
     * @param expected what it should hold
     * @param found what it holds
     */
    public record Finding(
            String kind,
            String key,
            @Nullable String customer,
            @Nullable String column,
            @Nullable String expected,
            @Nullable String found,
            String detail) {}
}
