package dev.lockstep.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Decides who may ask what. */
final class Gate {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final boolean loopback;

    /** @param loopback the server listens to this machine only */
    Gate(Tokens tokens, boolean loopback) {
        this.tokens = tokens;
        this.loopback = loopback;
    }

    /** A page elsewhere may make its name lead here (DNS rebinding): then the Host header tells. */
    void checkHost(ServerRequest request) {
        if (!loopback) return;
        String host = request.headers().first(HeaderNames.HOST).orElse("");
        if (!LOOPBACK_NAMES.contains(name(host))) {
            throw new Problem(
                    Status.create(421, "Misdirected Request"),
                    "This server answers on this machine only, as localhost or 127.0.0.1.",
                    "");
        }
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon >= 0 && host.indexOf(']', colon) < 0;
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    /** Refuses what the bearer's role may not do. */
    void checkRole(ServerRequest request, Tokens.Role least) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        Tokens.Role role = header.startsWith(BEARER)
                ? tokens.role(header.substring(BEARER.length()).strip())
                : null;
        if (role == null) {
            throw new Problem(
                    Status.UNAUTHORIZED_401,
                    "A bearer token is needed.",
                    "Use the link that `lockstep up` printed, or a token of the file `tokens` in the data folder.");
        }
        if (role.compareTo(least) < 0) {
            throw new Problem(
                    Status.FORBIDDEN_403, "This needs the role " + least.name().toLowerCase(Locale.ROOT) + ".", "");
        }
    }

    /** Whether this address is of this machine only. */
    static boolean isLoopback(String host) {
        String name = host.startsWith("[") ? host : host.contains(":") ? "[" + host + "]" : host;
        return LOOPBACK_NAMES.contains(name.toLowerCase(Locale.ROOT)) || host.startsWith("127.");
    }

    /** {@code http://127.0.0.1:8080}. */
    static String url(String host, int port) {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return URI.create("http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port)
                .toString();
    }
}
