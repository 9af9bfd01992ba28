package dev.lockstep.simulator.ledger;

import dev.lockstep.core.model.Write;
import dev.lockstep.simulator.platform.Shape;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records that were found where a create of ours, of unclear outcome, may have made them: by contract it has. */
final class Found {
    private final TreeMap<String, Write> creates = new TreeMap<>();

    void add(Write create, String key) {
        creates.put(create.platform() + ":" + key, create);
    }

    /** A create seems to have made what is under this key, and nobody was shown that yet. */
    boolean at(int platform, String key) {
        return creates.containsKey(platform + ":" + key);
    }

    /** The create that seems to have made the record that is first shown under this key; null when none does. */
    @Nullable
    Write take(int platform, String key) {
        return creates.remove(platform + ":" + key);
    }

    /** What was sent is ours, in whatever spelling, and so are the defaults of what was not. */
    static boolean isOurs(Write create, Shape shape, @Nullable String raw) {
        for (Write.Cell cell : create.cells()) {
            if (cell.column() != shape.number()) continue;
            String kept = shape.read(shape.kept(cell.raw()));
            String is = shape.read(raw);
            if (is == null || kept == null) return Objects.equals(is, kept);
            return is.equals(shape.read(cell.raw())) || is.equalsIgnoreCase(kept);
        }
        return true;
    }

    /** What was sent for it; null for a blank, or where nothing was. */
    static @Nullable String sent(Write create, Shape shape) {
        for (Write.Cell cell : create.cells()) if (cell.column() == shape.number()) return cell.raw();
        return null;
    }
}
