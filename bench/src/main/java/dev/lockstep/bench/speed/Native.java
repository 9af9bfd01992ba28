package dev.lockstep.bench.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL's own logical replication: a publication on the first server, a subscription on the second. */
final class Native implements Pipeline {

    private final Places places;
    private boolean subscribed;

    Native(Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public String what() {
        return "PostgreSQL's logical replication, one way";
    }

    @Override
    public Places.Shape shape() {
        return Places.ONE_WAY;
    }

    @Override
    public void prepare() throws Exception {
        places.execute(0, "create publication speed for table customers");
    }

    @Override
    public void start() throws Exception {
        if (subscribed) {
            places.execute(1, "alter subscription speed enable");
        } else {
            subscribed = true;
            places.execute(
                    1,
                    "create subscription speed connection 'host=127.0.0.1 port="
                            + places.server(0).port() + " user=postgres dbname=" + Places.DATABASE
                            + "' publication speed");
        }
    }

    @Override
    public void stop() throws Exception {
        places.execute(1, "alter subscription speed disable");
        for (int i = 0; i < 300 && !processes().isEmpty(); i++) {
            Thread.sleep(100);
        }
    }

    /** What applies, and what copies: both at the target. */
    @Override
    public List<ProcessHandle> processes() throws Exception {
        return places.server(1).process().children().filter(Native::works).toList();
    }

    private static boolean works(ProcessHandle process) {
        try {
            var line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
            return line.contains("logical replication") && !line.contains("launcher");
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        if (subscribed) {
            subscribed = false;
            places.execute(1, "drop subscription speed");
        }
    }
}
