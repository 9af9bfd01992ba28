package dev.lockstep.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time and memory of processes, as Linux tells it; zeros elsewhere. */
final class Usage implements AutoCloseable {

    private static final double TICKS_PER_SECOND = 100;

    private final Pipeline pipeline;
    private final Thread sampler;
    private volatile boolean over;
    private volatile long peakKb;

    /** Looks at the pipeline's memory ten times a second from now on. */
    Usage(Pipeline pipeline) {
        this.pipeline = pipeline;
        sampler = Thread.ofPlatform().name("memory").start(this::sample);
    }

    private void sample() {
        while (!over) {
            long kb = 0;
            try {
                for (var process : pipeline.processes()) {
                    kb += ownKb(process.pid());
                }
                Thread.sleep(100);
            } catch (Exception starting) {
                // It is just starting or stopping: the next look tells.
            }
            peakKb = Math.max(peakKb, kb);
        }
    }

    /** The most that all its processes held at once, without what servers share between theirs. */
    double peakMb() {
        return peakKb / 1024.0;
    }

    /** Seconds of processor time so far of its processes that are there now, but for those that are a server's. */
    double ownSeconds(List<ProcessHandle> servers) throws Exception {
        double sum = 0;
        for (var process : pipeline.processes()) {
            boolean ofServer = process.parent().filter(servers::contains).isPresent();
            sum += ofServer ? 0 : seconds(process.pid(), false);
        }
        return sum;
    }

    /** The same of servers: all their processes, also those that have ended. */
    static double seconds(List<ProcessHandle> servers) {
        double sum = 0;
        for (var server : servers) {
            sum += seconds(server.pid(), true);
            for (var child : server.children().toList()) {
                sum += seconds(child.pid(), false);
            }
        }
        return sum;
    }

    private static double seconds(long pid, boolean withEnded) {
        try {
            var text = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field < (withEnded ? 15 : 13); field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks / TICKS_PER_SECOND;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long ownKb(long pid) throws IOException {
        long kb = 0;
        for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("RssAnon:") || line.startsWith("RssFile:")) {
                kb += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kb;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        sampler.join();
    }
}
