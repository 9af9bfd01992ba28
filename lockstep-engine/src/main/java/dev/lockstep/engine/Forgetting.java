package dev.lockstep.engine;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.engine.loop.Leaving;
import dev.lockstep.engine.loop.Meta;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.ForgetView;
import dev.lockstep.spi.Leaves;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves a platform, on an engine that does not work. */
final class Forgetting {
    private Forgetting() {}

    static ForgetView forget(Run run, Store store, PlatformModel platform, @Nullable PlatformLink link) {
        int number = platform.number();
        if (run.ask(turn -> Leaving.busy(turn, number))) {
            throw new EngineException(
                    "Writes have gone out whose outcome is not known yet.", "lockstep sync, and then forget again");
        }
        List<String> notes = new ArrayList<>();
        if (link == null) {
            notes.add("What Lockstep made there is still there, since the workspace does not say where it is: on"
                    + " PostgreSQL a replication slot, which keeps the server's log; see pg_replication_slots.");
        } else if (link.platform() instanceof Leaves leaves) {
            notes.addAll(leaves.leave());
        }
        run.ask(turn -> {
            Leaving.begin(turn, number);
            return true;
        });
        long records = finish(run, store, number);
        if (link != null) {
            notes.add("Take " + platform.name() + " out of lockstep.yaml: else it is read as a new platform.");
        }
        return new ForgetView(platform.name(), records, notes);
    }

    /** Goes on with what a crash has left half forgotten. */
    static void resume(Run run, Store store, Model model) {
        for (PlatformModel platform : model.platforms()) {
            if (Meta.get(store, Meta.leaving(platform.number())) != null) finish(run, store, platform.number());
        }
    }

    private static long finish(Run run, Store store, int number) {
        long records = 0;
        int step = 1;
        while (step > 0) {
            step = run.ask(turn -> Leaving.step(turn, number));
            records += step;
        }
        run.ask(turn -> {
            Leaving.end(turn, number);
            return true;
        });
        store.registry().forgetPlatform(number);
        return records;
    }
}
