package dev.lockstep.bench.limits;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code customer by identifier} over HTTP at an even rate, on connections that stay open. Each question has its time,
 * whatever became of the one before: it is late from that moment, also while it waits for its connection.
 */
final class Questions {

    private static final int CONNECTIONS = 32;

    private final Town town;
    private final byte[] head;
    private final int perSecond;
    private final AtomicInteger wrong = new AtomicInteger();

    Questions(Town town, int perSecond) throws IOException {
        this.town = town;
        this.perSecond = perSecond;
        this.head = (" HTTP/1.1\r\nHost: 127.0.0.1:" + town.port() + "\r\nAuthorization: Bearer " + town.token()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Answers that were none. */
    int wrong() {
        return wrong.get();
    }

    /** Asks for so long. */
    Times ask(int seconds) throws InterruptedException {
        var took = new long[seconds * perSecond];
        Arrays.fill(took, -1);
        var threads = new ArrayList<Thread>();
        long began = System.nanoTime() + 50_000_000;
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().name("asks-" + i).start(() -> ask(number, began, took)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return new Times(took);
    }

    private void ask(int number, long began, long[] took) {
        var random = new Random(number);
        try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), town.port())) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            for (int i = number; i < took.length; i += CONNECTIONS) {
                long due = began + (long) (i * 1e9 / perSecond);
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                // Those who move are left out: their addresses are sometimes nobody's.
                int person = 1 + random.nextInt(town.people() / 10 * 9);
                var start = "GET /v1/customers/by/email/user" + person + "@customers.example";
                var request = Arrays.copyOf(start.getBytes(StandardCharsets.US_ASCII), start.length() + head.length);
                System.arraycopy(head, 0, request, start.length(), head.length);
                socket.getOutputStream().write(request);
                if (!answer(in, "\"user" + person + "@customers.example\"")) {
                    wrong.incrementAndGet();
                }
                took[i] = System.nanoTime() - due;
            }
        } catch (IOException e) {
            throw new IllegalStateException("nobody answers: " + e.getMessage(), e);
        }
    }

    /** Reads one answer; whether it is a customer with this address. */
    private static boolean answer(InputStream in, String address) throws IOException {
        boolean good = line(in).contains(" 200 ");
        int length = -1;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without its length");
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return good && body.contains(address);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
