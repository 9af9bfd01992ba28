package dev.lockstep.app.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as it was written, read and found sound in itself; platforms were not asked yet.
 *
 * @param folder where it lies
 * @param name short and stable, for names made on platforms
 * @param fields in the order of the file
 * @param identity which records are one customer
 * @param audiences in the order of the file
 * @param platforms in the order of the file
 * @param guard null: the default
 * @param history how long history is kept
 * @param warnings what is sound but worth knowing
 */
public record Workspace(
        Path folder,
        String name,
        List<FieldDefinition> fields,
        IdentityDefinition identity,
        List<AudienceDefinition> audiences,
        List<PlatformDefinition> platforms,
        @Nullable GuardDefinition guard,
        Duration history,
        List<Mistake> warnings) {

    /** The file's name in a workspace folder. */
    public static final String FILE = "lockstep.yaml";

    public @Nullable FieldDefinition field(String wanted) {
        return fields.stream()
                .filter(field -> field.name().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    public @Nullable PlatformDefinition platform(String wanted) {
        return platforms.stream()
                .filter(one -> one.name().equals(wanted))
                .findFirst()
                .orElse(null);
    }

    /** A named condition over customers. */
    public record AudienceDefinition(String name, Written condition) {}

    /**
     * @param sharedLimit null: 3, and 1 for phones
     * @param neverJoinIfDifferent names of fields
     */
    public record IdentityDefinition(@Nullable Integer sharedLimit, List<String> neverJoinIfDifferent) {}

    /**
     * How much one cause may overwrite or create.
     *
     * @param on false for {@code off}; then the rest means nothing
     * @param percent of the platform's records
     * @param least never fewer than this
     * @param per the sliding window
     */
    public record GuardDefinition(boolean on, double percent, int least, Duration per) {}
}
