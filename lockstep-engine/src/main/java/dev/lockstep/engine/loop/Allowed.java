package dev.lockstep.engine.loop;

import dev.lockstep.core.model.RecordName;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which customers may be written in this run. */
public interface Allowed {

    /** Called on the loop's thread. */
    boolean test(Turn turn, Errand errand);

    Allowed ALL = (turn, errand) -> true;

    /** Only this customer; or only the first so many. */
    static Allowed only(@Nullable RecordName customer, int limit) {
        if (customer != null)
            return (turn, errand) -> turn.customerOf(errand.record()).equals(customer);
        if (limit <= 0) return ALL;
        Set<RecordName> chosen = new LinkedHashSet<>();
        return (turn, errand) -> {
            RecordName of = turn.customerOf(errand.record());
            if (chosen.contains(of)) return true;
            return chosen.size() < limit && chosen.add(of);
        };
    }
}
