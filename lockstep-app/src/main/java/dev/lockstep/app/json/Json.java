package dev.lockstep.app.json;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Records as JSON: names in snake_case; a time {@code sinceMicros} is {@code "since": "2026-11-22T21:00:00.123456Z"}.
 */
public final class Json {
    private static final String MICROS = "Micros";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(16L << 30)
                            .maxNestingDepth(64)
                            .build())
                    .build())
            .propertyNamingStrategy(new Names())
            .annotationIntrospector(new Times())
            .build();

    private static final JsonMapper PRETTY =
            MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** On one line. */
    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** On one line, in UTF-8. */
    public static byte[] bytes(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** For people to read too. */
    public static String pretty(@Nullable Object value) {
        return PRETTY.writeValueAsString(value);
    }

    /** @throws JacksonException when the text is not such a value */
    public static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }

    /** @throws JacksonException when the node is not such a value */
    public static <T> T read(JsonNode node, Class<T> type) {
        return MAPPER.treeToValue(node, type);
    }

    /** @throws JacksonException when the text is no JSON */
    public static JsonNode tree(String text) {
        return MAPPER.readTree(text);
    }

    /** Writes a long answer piece by piece. */
    public static JsonGenerator generator(Writer writer) {
        return MAPPER.createGenerator(writer);
    }

    /** Writes a long answer piece by piece. */
    public static JsonGenerator generator(OutputStream stream) {
        return MAPPER.createGenerator(stream);
    }

    /** Reads a long answer piece by piece. */
    public static JsonParser parser(InputStream stream) {
        return MAPPER.createParser(stream);
    }

    /** Reads the value that the parser stands before. */
    public static <T> T read(JsonParser parser, Class<T> type) {
        return MAPPER.readValue(parser, type);
    }

    private static final class Names extends PropertyNamingStrategies.SnakeCaseStrategy {
        @Override
        protected String translate(String name) {
            boolean time = name.endsWith(MICROS) && name.length() > MICROS.length();
            return super.translate(time ? name.substring(0, name.length() - MICROS.length()) : name);
        }
    }

    private static final class Times extends JacksonAnnotationIntrospector {
        @Override
        public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
            return isTime(annotated) ? new TimeWriter() : super.findSerializer(config, annotated);
        }

        @Override
        public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
            return isTime(annotated) ? new TimeReader() : super.findDeserializer(config, annotated);
        }

        private static boolean isTime(Annotated annotated) {
            return name(annotated).endsWith(MICROS)
                    && (annotated.getRawType() == long.class || annotated.getRawType() == Long.class);
        }

        /** Parameters have no name of their own: a record's are its components. */
        private static String name(Annotated annotated) {
            if (!(annotated instanceof AnnotatedParameter parameter)) return annotated.getName();
            RecordComponent[] components =
                    parameter.getOwner().getDeclaringClass().getRecordComponents();
            return components == null || parameter.getIndex() >= components.length
                    ? ""
                    : components[parameter.getIndex()].getName();
        }
    }

    private static final class TimeWriter extends StdSerializer<Long> {
        TimeWriter() {
            super(Long.class);
        }

        @Override
        public void serialize(Long micros, JsonGenerator json, SerializationContext context) {
            json.writeString(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString());
        }
    }

    private static final class TimeReader extends StdDeserializer<Long> {
        TimeReader() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(json.getString()));
        }
    }
}
