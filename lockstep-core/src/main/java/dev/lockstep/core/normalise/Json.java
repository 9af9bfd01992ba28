package dev.lockstep.core.normalise;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A JSON value; of an object's equal keys the last counts, as in PostgreSQL's jsonb. */
public sealed interface Json {

    /** JSON's null. */
    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /** @param canonical plain where short, else with an exponent: {@code 1.5}, {@code 1E+400} */
    record Num(String canonical) implements Json {}

    record Text(String value) implements Json {}

    record Array(List<Json> elements) implements Json {}

    record Members(SortedMap<String, Json> members) implements Json {}

    /** The value without white space, keys sorted by UTF-16 code unit. */
    default String canonical() {
        StringBuilder text = new StringBuilder();
        Writer.append(text, this);
        return text.toString();
    }

    /**
     * Reads a whole text as one JSON value.
     *
     * @return null when it is no JSON, is nested deeper than 200, or holds text that no platform could store
     */
    static @Nullable Json parse(String text) {
        try (JsonParser parser = Reader.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Json json = parser.nextToken() == null ? null : Reader.value(parser);
            return json == null || parser.nextToken() != null ? null : json;
        } catch (JacksonException | NumberFormatException e) {
            return null;
        }
    }

    /** The text as a JSON string, in quotes. */
    static String quoted(String text) {
        return new Text(text).canonical();
    }

    /** Appends the text as a JSON string, in quotes. */
    static void quote(StringBuilder to, String text) {
        Writer.appendQuoted(to, text);
    }

    /** From Jackson's tokens. */
    final class Reader {

        private static final int DEPTH_MAX = 200;

        private static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxNumberLength(Decimals.DIGITS_MAX)
                        .build())
                .build();

        private Reader() {}

        private static @Nullable Json value(JsonParser parser) {
            JsonToken token = parser.currentToken();
            return switch (token) {
                case VALUE_NULL -> new Null();
                case VALUE_TRUE -> new Bool(true);
                case VALUE_FALSE -> new Bool(false);
                case VALUE_STRING -> text(parser.getString());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(number(parser.getString()));
                case START_ARRAY -> array(parser);
                case START_OBJECT -> members(parser);
                default -> null;
            };
        }

        private static @Nullable Json text(String value) {
            return Texts.fault(value) == null ? new Text(value) : null;
        }

        private static @Nullable Json array(JsonParser parser) {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Json element = value(parser);
                if (element == null) {
                    return null;
                }
                elements.add(element);
            }
            return new Array(elements);
        }

        private static @Nullable Json members(JsonParser parser) {
            SortedMap<String, Json> members = new TreeMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                Json member = value(parser);
                if (member == null || Texts.fault(key) != null) {
                    return null;
                }
                members.put(key, member);
            }
            return new Members(members);
        }

        private static String number(String written) {
            String plain = written.length() <= 32 ? Decimals.canonical(written) : null;
            if (plain != null && plain.length() <= 32) {
                return plain;
            }
            BigDecimal number = new BigDecimal(written);
            if (number.signum() == 0) {
                return "0";
            }
            BigDecimal stripped = number.stripTrailingZeros();
            boolean brief = Math.abs((long) stripped.scale()) <= 32;
            return brief ? stripped.toPlainString() : stripped.unscaledValue() + "E" + -(long) stripped.scale();
        }
    }

    /** To the canonical text. */
    final class Writer {

        private Writer() {}

        private static void append(StringBuilder text, Json json) {
            switch (json) {
                case Null none -> text.append("null");
                case Bool(boolean value) -> text.append(value);
                case Num(String canonical) -> text.append(canonical);
                case Text(String value) -> appendQuoted(text, value);
                case Array(List<Json> elements) -> {
                    text.append('[');
                    for (int i = 0; i < elements.size(); i++) {
                        text.append(i == 0 ? "" : ",");
                        append(text, elements.get(i));
                    }
                    text.append(']');
                }
                case Members(SortedMap<String, Json> members) -> {
                    text.append('{');
                    String comma = "";
                    for (Map.Entry<String, Json> member : members.entrySet()) {
                        appendQuoted(text.append(comma), member.getKey());
                        append(text.append(':'), member.getValue());
                        comma = ",";
                    }
                    text.append('}');
                }
            }
        }

        private static void appendQuoted(StringBuilder text, String value) {
            text.append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '"' -> text.append("\\\"");
                    case '\\' -> text.append("\\\\");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\t' -> text.append("\\t");
                    default -> {
                        if (c < ' ') {
                            text.append("\\u00").append(c < 16 ? "0" : "1").append(Character.forDigit(c & 15, 16));
                        } else {
                            text.append(c);
                        }
                    }
                }
            }
            text.append('"');
        }
    }
}
