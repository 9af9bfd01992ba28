package dev.lockstep.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between Lockstep and a server, on loopback. Passes everything on, until it is told to be a bad network. */
public final class Proxy implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final int to;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private volatile long delayMs;
    private volatile boolean stuck;

    /** @param answerBytes so many bytes of answers still pass */
    private record Pair(Socket client, Socket server, AtomicLong answerBytes) {

        /** Both ends learn of it as of a connection that was reset, not one that was ended. */
        void reset() {
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException gone) {
                    // It was closed already.
                }
            }
            close();
        }

        void close() {
            for (var socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException gone) {
                    // It was closed already.
                }
            }
        }
    }

    public Proxy(int to) throws IOException {
        this.to = to;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Every piece is so late from now on, either way. */
    public void delay(long millis) {
        delayMs = millis;
    }

    /** Nothing passes while it is so, and no connection ends. */
    public void stick(boolean now) {
        stuck = now;
    }

    /** Each connection that is open now is reset once so many more bytes of answers have passed. */
    public void cutAfter(long answerBytes) {
        pairs.forEach(pair -> pair.answerBytes().set(answerBytes));
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                try {
                    var pair = new Pair(
                            client, new Socket(InetAddress.getByName("127.0.0.1"), to), new AtomicLong(Long.MAX_VALUE));
                    pairs.add(pair);
                    Thread.ofVirtual().start(() -> carry(pair, pair.client(), pair.server(), false));
                    Thread.ofVirtual().start(() -> carry(pair, pair.server(), pair.client(), true));
                } catch (IOException down) {
                    client.close();
                }
            } catch (IOException closed) {
                // By us, at the end; or by a client that did not wait.
            }
        }
    }

    private void carry(Pair pair, Socket from, Socket into, boolean answers) {
        var buffer = new byte[CHUNK_BYTES];
        try {
            var in = from.getInputStream();
            var out = into.getOutputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                hold();
                long left = answers ? pair.answerBytes().addAndGet(-count) : 0;
                if (left < 0) {
                    out.write(buffer, 0, (int) Math.max(0, count + left));
                    pair.reset();
                    break;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException gone) {
            // One end has gone: so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pair.close();
            pairs.remove(pair);
        }
    }

    private void hold() throws InterruptedException {
        Thread.sleep(delayMs);
        while (stuck) {
            Thread.sleep(10);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        pairs.forEach(Pair::close);
    }
}
