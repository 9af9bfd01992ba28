package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that is no answer, as RFC 9457 has it. */
final class Problem extends RuntimeException {
    private final Status status;
    private final String remedy;

    Problem(Status status, String detail, String remedy) {
        super(detail);
        this.status = status;
        this.remedy = remedy;
    }

    static Problem notFound(String detail) {
        return new Problem(Status.NOT_FOUND_404, detail, "");
    }

    static Problem badRequest(String detail) {
        return new Problem(Status.BAD_REQUEST_400, detail, "");
    }

    void send(ServerResponse response) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", status.reasonPhrase());
        body.put("status", status.code());
        body.put("detail", String.valueOf(getMessage()));
        if (!remedy.isEmpty()) body.put("remedy", remedy);
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
        if (status.code() == 401) response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        response.send(Json.write(body));
    }
}
