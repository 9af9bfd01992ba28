package dev.lockstep.app.workspace;

import dev.lockstep.core.expression.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can only be judged when the whole file is known: names that clash, fields nobody carries, what is not built yet.
 */
final class Soundness {
    private final List<FieldDefinition> fields;
    private final List<PlatformDefinition> platforms;
    private final Mistakes mistakes;

    private Soundness(List<FieldDefinition> fields, List<PlatformDefinition> platforms, Mistakes mistakes) {
        this.fields = fields;
        this.platforms = platforms;
        this.mistakes = mistakes;
    }

    static void check(List<FieldDefinition> fields, List<PlatformDefinition> platforms, Mistakes mistakes) {
        Soundness soundness = new Soundness(fields, platforms, mistakes);
        soundness.renames("field", fields, FieldDefinition::name, FieldDefinition::was, FieldDefinition::at);
        soundness.renames(
                "platform", platforms, PlatformDefinition::name, PlatformDefinition::was, PlatformDefinition::at);
        for (PlatformDefinition platform : platforms) {
            soundness.refuseNotAvailable(platform);
            soundness.warnOfNotAvailable(platform);
        }
        soundness.warnOfStrangers();
    }

    /** A former name belongs to one successor, and to nobody that still bears it. */
    private <T> void renames(
            String what,
            List<T> all,
            Function<T, String> name,
            Function<T, @Nullable String> was,
            Function<T, Place> at) {
        Map<String, String> successors = new HashMap<>();
        for (T one : all) {
            String former = was.apply(one);
            if (former == null) continue;
            String before = successors.putIfAbsent(former, name.apply(one));
            if (before != null) {
                mistakes.add(
                        at.apply(one),
                        "Both `" + before + "` and `" + name.apply(one) + "` say `was: " + former
                                + "`: only one can be that " + what + ".");
            } else if (all.stream().anyMatch(other -> name.apply(other).equals(former))) {
                mistakes.add(
                        at.apply(one),
                        "`was: " + former + "`, but a " + what
                                + " of that name is still there: take one of the two out.");
            }
        }
    }

    /** What would be written wrongly, or not at all, without a part that is not built yet. */
    private void refuseNotAvailable(PlatformDefinition platform) {
        refuseNotAvailable(platform.where(), platform.at());
        refuseNotAvailable(platform.createIf(), platform.at());
        for (ColumnDefinition column : platform.columns()) {
            refuseNotAvailable(column.value(), column.at());
            FieldDefinition field = column.field() == null ? null : field(column.field());
            if (field != null) refuseNotAvailable(field.expression(), column.at());
            if (field != null && field.trait()) {
                mistakes.add(
                        column.at(),
                        "Not available yet: traits such as `" + field.name() + "`. Take column `" + column.path()
                                + "` out.");
            }
        }
    }

    private void refuseNotAvailable(@Nullable Expression expression, Place at) {
        if (expression == null) return;
        if (!expression.audiences().isEmpty()) {
            mistakes.add(at, "Not available yet: audiences, which this needs. Take it out.");
        }
        for (FieldDefinition field : fields) {
            if (field.trait() && expression.fields().contains(field.name())) {
                mistakes.add(
                        at,
                        "Not available yet: traits such as `" + field.name() + "`, which this needs."
                                + " Take it out.");
            }
        }
        if (expression.asksForNow()) {
            mistakes.add(at, "Not available yet: `now`, which this needs. Take it out.");
        }
    }

    /** What is not built yet, and where doing without it destroys nothing. */
    private void warnOfNotAvailable(PlatformDefinition platform) {
        for (ColumnDefinition column : platform.columns()) {
            if (column.standardize() != null && column.standardize() != platform.standardize()) {
                mistakes.warn(column.at(), "`standardize` of one column is not available yet: the platform's holds.");
            }
        }
    }

    private void warnOfStrangers() {
        if (platforms.isEmpty() || fields.isEmpty()) return;
        List<String> identifying = fields.stream()
                .filter(FieldDefinition::identifies)
                .map(FieldDefinition::name)
                .toList();
        if (identifying.isEmpty()) {
            mistakes.warn(
                    fields.getFirst().at(),
                    "No field has `identifies: true`: no two records will ever be one"
                            + " customer, and nobody is created anywhere.");
            return;
        }
        for (PlatformDefinition platform : platforms) {
            boolean known = platform.columns().stream()
                    .map(ColumnDefinition::field)
                    .filter(Objects::nonNull)
                    .anyMatch(identifying::contains);
            if (!known && !platform.columns().isEmpty()) {
                mistakes.warn(
                        platform.at(),
                        "Platform `" + platform.name() + "` maps no field that identifies: its"
                                + " records join no others, and none is created there.");
            }
        }
    }

    private @Nullable FieldDefinition field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
