package dev.lockstep.connectors;

import dev.lockstep.spi.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The connectors there are: ours, named here, and those that others put on the class path. */
public final class Connectors {
    private Connectors() {}

    /** New instances, to be closed by the caller. */
    public static List<Connector> all() {
        List<Connector> all = new ArrayList<>();
        ServiceLoader.load(Connector.class).forEach(all::add);
        return List.copyOf(all);
    }
}
