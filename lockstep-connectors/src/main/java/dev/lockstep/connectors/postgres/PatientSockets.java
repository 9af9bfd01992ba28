package dev.lockstep.connectors.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets of replication sessions. The driver looks for a message by waiting a millisecond on the socket; how long it
 * really waits there is the session's to say, since a thread that looks every few milliseconds is never idle. It wakes
 * at once when something comes.
 *
 * <p>Public, with a constructor that takes a text, since the driver makes it by its name.
 */
public final class PatientSockets extends SocketFactory {
    private static final int LOOK_MILLIS = 1;
    private static final String UNCONNECTED = "only sockets that are not connected yet are made here";
    private static final Map<String, Patience> ALL = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Patience patience;

    /** How long a look may wait; one for each session, which closes it. */
    static final class Patience implements AutoCloseable {
        private final String name = Long.toString(NUMBERS.incrementAndGet());
        private volatile int millis = LOOK_MILLIS;

        Patience() {
            ALL.put(name, this);
        }

        /** What the driver's property {@code socketFactoryArg} has to be. */
        String name() {
            return name;
        }

        void millis(int now) {
            millis = now;
        }

        void none() {
            millis = LOOK_MILLIS;
        }

        @Override
        public void close() {
            ALL.remove(name);
        }
    }

    public PatientSockets(String name) {
        Patience known = ALL.get(name);
        if (known == null) throw new IllegalArgumentException("no session waits for this socket");
        patience = known;
    }

    private static final class PatientSocket extends Socket {
        private final Patience patience;

        PatientSocket(Patience patience) {
            this.patience = patience;
        }

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            super.setSoTimeout(millis == LOOK_MILLIS ? patience.millis : millis);
        }
    }

    @Override
    public Socket createSocket() {
        return new PatientSocket(patience);
    }

    // The driver asks for sockets that are not connected yet.

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new IOException(UNCONNECTED);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw new IOException(UNCONNECTED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new IOException(UNCONNECTED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        throw new IOException(UNCONNECTED);
    }
}
