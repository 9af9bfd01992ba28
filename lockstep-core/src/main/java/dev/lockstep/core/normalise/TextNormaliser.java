package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/** Any text: NFC, outer space trimmed; inner space, case and punctuation count. */
final class TextNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.TEXT;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String fault = Texts.fault(raw);
        return fault != null ? Reading.unparsed(fault) : Reading.of(Texts.nfc(Texts.trim(raw)));
    }
}
