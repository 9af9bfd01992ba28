package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * {@code {"b": 1.50, "a": []} -> {"a":[],"b":1.5}}: no white space, keys sorted, numbers normalised; {@code null} is
 * blank.
 */
final class JsonNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.JSON;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        Json json = Json.parse(Texts.trimMarks(raw));
        if (json == null) {
            return Reading.unparsed("It is not JSON");
        }
        return json instanceof Json.Null ? Reading.BLANK : Reading.of(json.canonical());
    }
}
