package dev.lockstep.simulator.host;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import java.util.List;
import java.util.TreeSet;

/** The workspace as the host is started with it: platforms may be taken out of it for a while. */
final class Workspace {
    private final Model whole;
    private final TreeSet<Integer> out = new TreeSet<>();
    private Model now;

    Workspace(Model whole) {
        this.whole = whole;
        this.now = whole;
    }

    Model model() {
        return now;
    }

    boolean lacks(int platform) {
        return out.contains(platform);
    }

    TreeSet<Integer> out() {
        return new TreeSet<>(out);
    }

    /** Takes a platform out, or puts it back. */
    void change(int platform, boolean isOut) {
        if (isOut) out.add(platform);
        else out.remove(platform);
        now = isOut ? now.with(retired(whole.platform(platform))) : now.with(whole.platform(platform));
    }

    private static PlatformModel retired(PlatformModel was) {
        return was.withColumns(was.columns().stream().map(Workspace::unmapped).toList())
                .asRetired();
    }

    /** Of what the file does not name, only the numbers are known. */
    private static Column unmapped(Column was) {
        return new Column(
                was.number(),
                was.path(),
                -1,
                was.lens(),
                null,
                List.of(),
                false,
                false,
                false,
                false,
                false,
                null,
                true);
    }
}
