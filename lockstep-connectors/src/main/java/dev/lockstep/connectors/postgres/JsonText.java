package dev.lockstep.connectors.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes a value out of JSON text as PostgreSQL's {@code #>>} does: scalars as plain text, arrays and objects as the
 * very text they have there, JSON null and what is missing as null. So a path read from the stream compares with one
 * read by a statement.
 */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    static @Nullable String at(String json, List<String> path) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            for (String segment : path) {
                if (!enter(parser, segment)) return null;
            }
            return here(json, parser);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Moves to the value of that name (or place, in an array); false when there is none. */
    private static boolean enter(JsonParser parser, String segment) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = parser.currentName().equals(segment);
                parser.nextToken();
                if (found) return true;
                parser.skipChildren();
            }
            return false;
        }
        if (token != JsonToken.START_ARRAY || !segment.matches("[0-9]{1,9}")) return false;
        int place = Integer.parseInt(segment);
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == place) return true;
            parser.skipChildren();
        }
        return false;
    }

    private static @Nullable String here(String json, JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) return null;
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int to = (int) parser.currentTokenLocation().getCharOffset() + 1;
            return json.substring(from, to);
        }
        return parser.getString();
    }
}
