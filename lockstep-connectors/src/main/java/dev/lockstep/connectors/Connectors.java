package dev.lockstep.connectors;

import dev.lockstep.connectors.postgres.PostgresConnector;
import dev.lockstep.spi.Connector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The connectors there are: ours, one line each, and those that others put on the class path. */
public final class Connectors {
    private Connectors() {}

    /** New instances, to be closed by the caller. */
    public static List<Connector> all() {
        List<Connector> all = new ArrayList<>();
        all.add(new PostgresConnector());
        ServiceLoader.load(Connector.class).forEach(all::add);
        return List.copyOf(all);
    }

    /** A new instance of the connector whose platforms say {@code type: TYPE}; the caller closes it. */
    public static Optional<Connector> named(String type) {
        return all().stream()
                .filter(connector -> connector.spec().type().equals(type))
                .findFirst();
    }
}
