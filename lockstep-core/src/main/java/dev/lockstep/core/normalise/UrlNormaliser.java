package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/** See {@link Url}. */
final class UrlNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.URL;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String text = Texts.trimMarks(raw);
        String fault = Texts.fault(text);
        if (fault != null) {
            return Reading.unparsed(fault);
        }
        String url = Url.normalised(Texts.nfc(text));
        return url == null ? Reading.unparsed("It is not a URL such as https://example.com/path") : Reading.of(url);
    }
}
