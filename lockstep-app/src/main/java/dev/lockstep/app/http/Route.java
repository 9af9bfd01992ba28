package dev.lockstep.app.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of the server: read by the routing and by {@code /openapi.json} alike.
 *
 * @param method {@code GET} or {@code POST}
 * @param path with {@code {name}} for its parameters
 * @param role the least that may ask; null: anybody
 * @param summary one sentence
 * @param query names of query parameters
 * @param body names of the body's properties; empty: no body
 * @param answer gives it
 */
record Route(
        String method,
        String path,
        Tokens.@Nullable Role role,
        String summary,
        List<String> query,
        List<String> body,
        Answer answer) {

    /** Answers a request: with a value that becomes JSON, or null when it has sent an answer of its own. */
    interface Answer {
        @Nullable
        Object of(ServerRequest request, ServerResponse response) throws Exception;
    }

    static Route get(String path, Tokens.@Nullable Role role, String summary, List<String> query, Answer answer) {
        return new Route("GET", path, role, summary, query, List.of(), answer);
    }

    static Route post(String path, Tokens.Role role, String summary, List<String> body, Answer answer) {
        return new Route("POST", path, role, summary, List.of(), body, answer);
    }
}
