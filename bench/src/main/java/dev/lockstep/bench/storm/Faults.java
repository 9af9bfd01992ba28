package dev.lockstep.bench.storm;

import dev.lockstep.bench.Proxy;
import dev.lockstep.bench.Report;
import dev.lockstep.bench.Server;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What goes wrong beside the kills, one at a time, on one server after the other. */
final class Faults implements Runnable {
    private static final int CALM_MS = 45_000;

    enum Kind {
        /** The server is stopped and started as an administrator does it. */
        RESTART,
        /** It ends as in a crash, and recovers from its log. */
        CRASH,
        /** It ends every session of Lockstep. */
        DISCONNECT,
        /** Everything between Lockstep and it is late. */
        SLOW,
        /** Nothing passes, and no connection ends. */
        STUCK,
        /** Connections are reset in the middle of an answer. */
        CUT
    }

    private record Span(long fromNanos, long toNanos) {}

    private final List<Server> servers;
    private final List<Proxy> proxies;
    private final Report report;
    private final Random random;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<Span> spans = new ArrayList<>();
    private long since = Long.MAX_VALUE;
    private volatile boolean over;

    Faults(List<Server> servers, List<Proxy> proxies, Report report, long seed) {
        this.servers = servers;
        this.proxies = proxies;
        this.report = report;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            // Each kind once, in any order, before one comes again.
            var next = new ArrayList<Kind>();
            while (!over) {
                if (next.isEmpty()) {
                    // Without that no kill would ever be the only thing that goes wrong.
                    rest(CALM_MS);
                    next.addAll(List.of(Kind.values()));
                }
                rest(1000 + random.nextInt(9000));
                if (!over) {
                    one(next.remove(random.nextInt(next.size())));
                }
            }
        } catch (Exception e) {
            report.check(false, "the servers come back after each fault", List.of(String.valueOf(e)));
        }
    }

    private void rest(int millis) throws InterruptedException {
        for (int left = millis; left > 0 && !over; left -= 100) {
            Thread.sleep(100);
        }
    }

    private void one(Kind kind) throws Exception {
        int at = random.nextInt(servers.size());
        int millis = 100 + random.nextInt(3900);
        begin(kind);
        try {
            switch (kind) {
                case RESTART -> servers.get(at).restart(millis / 4);
                case CRASH -> servers.get(at).crash(millis / 4);
                case DISCONNECT -> servers.get(at).disconnect();
                case SLOW -> {
                    proxies.get(at).delay(5 + random.nextInt(200));
                    Thread.sleep(millis);
                }
                case STUCK -> {
                    proxies.get(at).stick(true);
                    Thread.sleep(millis);
                }
                case CUT -> proxies.get(at).cutAfter(1 + random.nextInt(5000));
            }
        } finally {
            proxies.get(at).delay(0);
            proxies.get(at).stick(false);
            end();
        }
    }

    private synchronized void begin(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
        since = System.nanoTime();
    }

    private synchronized void end() {
        spans.add(new Span(since, System.nanoTime()));
        since = Long.MAX_VALUE;
    }

    /** Whether anything went wrong between then and then. */
    synchronized boolean between(long fromNanos, long toNanos) {
        return since < toNanos
                || spans.stream().anyMatch(span -> span.fromNanos() < toNanos && span.toNanos() > fromNanos);
    }

    /** No more of them; the one under way comes to its end. */
    void stop(Thread thread) throws InterruptedException {
        over = true;
        thread.join();
    }

    @Override
    public synchronized String toString() {
        return counts.toString();
    }
}
