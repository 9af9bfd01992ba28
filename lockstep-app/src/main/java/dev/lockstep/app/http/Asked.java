package dev.lockstep.app.http;

import dev.lockstep.app.json.Json;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a request says: its path's and query's parameters, and the properties of its body. */
final class Asked {
    private final ServerRequest request;
    private @Nullable JsonNode body;

    Asked(ServerRequest request) {
        this.request = request;
    }

    String path(String name) {
        return request.path().pathParameters().get(name);
    }

    @Nullable
    String query(String name) {
        return request.query().first(name).filter(text -> !text.isEmpty()).orElse(null);
    }

    /** A whole number of the query, bounded. */
    int count(String name, int otherwise, int most) {
        String text = query(name);
        if (text == null) return otherwise;
        if (!text.matches("\\d{1,9}")) throw Problem.badRequest("`" + name + "` is a whole number.");
        return Math.min(most, Integer.parseInt(text));
    }

    private JsonNode body() {
        if (body == null) {
            String text = request.content().hasEntity() ? request.content().as(String.class) : "";
            try {
                body = Json.tree(text.isBlank() ? "{}" : text);
            } catch (JacksonException e) {
                throw Problem.badRequest("The body is no JSON.");
            }
            if (!body.isObject()) throw Problem.badRequest("The body is a JSON object.");
        }
        return body;
    }

    /** A text of the body; null when it is not given. */
    @Nullable
    String text(String name) {
        JsonNode node = body().get(name);
        if (node == null || node.isNull()) return null;
        if (!node.isString()) throw Problem.badRequest("`" + name + "` is a text.");
        return node.stringValue();
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isEmpty()) throw Problem.badRequest("`" + name + "` is missing.");
        return text;
    }

    boolean flag(String name) {
        JsonNode node = body().get(name);
        if (node == null || node.isNull()) return false;
        if (!node.isBoolean()) throw Problem.badRequest("`" + name + "` is true or false.");
        return node.booleanValue();
    }

    int number(String name) {
        JsonNode node = body().get(name);
        if (node == null || node.isNull()) return 0;
        if (!node.canConvertToInt() || node.intValue() < 0)
            throw Problem.badRequest("`" + name + "` is a whole number.");
        return node.intValue();
    }

    List<String> texts(String name) {
        JsonNode node = body().get(name);
        List<String> texts = new ArrayList<>();
        if (node == null || node.isNull()) return texts;
        if (!node.isArray()) throw Problem.badRequest("`" + name + "` is a list of texts.");
        for (JsonNode one : node) {
            if (!one.isString()) throw Problem.badRequest("`" + name + "` is a list of texts.");
            texts.add(one.stringValue());
        }
        return texts;
    }
}
