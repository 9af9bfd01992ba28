package dev.lockstep.core.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.IsoTime;
import dev.lockstep.core.normalise.Json;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Between field types and CEL's. */
final class Types {

    static final CelType CONSENT = OpaqueType.create("consent");
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private Types() {}

    static CelType celType(FieldType type) {
        return switch (type) {
            case NUMBER -> SimpleType.DOUBLE;
            case DATE, DATETIME -> SimpleType.TIMESTAMP;
            case BOOLEAN -> SimpleType.BOOL;
            case CONSENT -> CONSENT;
            case SET -> TEXTS;
            case TEXT, NAME, EMAIL, PHONE, MONEY, COUNTRY, LANGUAGE, URL, JSON -> SimpleType.STRING;
        };
    }

    /** The nearest field type of a result. */
    static FieldType resultType(CelType type) {
        if (type.equals(CONSENT)) {
            return FieldType.CONSENT;
        }
        return switch (type.kind()) {
            case BOOL -> FieldType.BOOLEAN;
            case INT, UINT, DOUBLE -> FieldType.NUMBER;
            case TIMESTAMP -> FieldType.DATETIME;
            case LIST -> type.parameters().getFirst().kind() == CelKind.STRING ? FieldType.SET : FieldType.JSON;
            case MAP -> FieldType.JSON;
            default -> FieldType.TEXT;
        };
    }

    static Object cel(FieldType type, Value value) {
        return switch (type) {
            case NUMBER -> Double.valueOf(value.text());
            case DATE -> LocalDate.parse(value.text()).atStartOfDay().toInstant(ZoneOffset.UTC);
            case DATETIME -> Instant.parse(value.text());
            case BOOLEAN -> value.text().equals("true");
            case SET -> SetValue.elements(value);
            default -> value.text();
        };
    }

    /** What a field without a value reads as; empty is unknown. */
    static Optional<Object> absent(FieldType type) {
        return switch (type) {
            case NUMBER, DATE, DATETIME, BOOLEAN -> Optional.empty();
            case SET -> Optional.of(List.of());
            case CONSENT -> Optional.of("unset");
            default -> Optional.of("");
        };
    }

    /** The text of a result, as a column would write it. */
    static String text(Object result) {
        if (result instanceof String text) {
            return text;
        }
        if (result instanceof Instant instant) {
            String text = IsoTime.text(instant);
            return text == null ? instant.toString() : text;
        }
        if (result instanceof Double number) {
            return Double.isFinite(number)
                    ? new BigDecimal(Double.toString(number)).toPlainString()
                    : number.toString();
        }
        return result instanceof List<?> || result instanceof Map<?, ?>
                ? json(result).canonical()
                : result.toString();
    }

    /** Without outer space, runs of space single. */
    static String withoutGaps(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' || (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ')) {
                kept.append(c);
            }
        }
        int end = kept.length();
        return kept.substring(0, end > 0 && kept.charAt(end - 1) == ' ' ? end - 1 : end);
    }

    private static Json json(Object result) {
        return switch (result) {
            case Boolean flag -> new Json.Bool(flag);
            case List<?> list -> {
                List<Json> elements = new ArrayList<>();
                for (Object element : list) {
                    elements.add(json(element));
                }
                yield new Json.Array(elements);
            }
            case Map<?, ?> map -> {
                TreeMap<String, Json> members = new TreeMap<>();
                map.forEach((key, value) -> members.put(String.valueOf(key), json(value)));
                yield new Json.Members(members);
            }
            case Number number -> {
                Json parsed = Json.parse(text(number));
                yield parsed == null ? new Json.Null() : parsed;
            }
            default -> new Json.Text(text(result));
        };
    }
}
