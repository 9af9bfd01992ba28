package dev.lockstep.core.normalise;

import org.jspecify.annotations.Nullable;

/**
 * {@code " ada  LOVELACE " -> text "ada LOVELACE", key "ada lovelace"}: NFC, trimmed, inner spaces single, spelling
 * kept; equal by full case folding without locale.
 */
final class NameNormaliser implements Normaliser {

    @Override
    public FieldType type() {
        return FieldType.NAME;
    }

    @Override
    public Reading read(@Nullable String raw, Settings settings) {
        if (raw == null || Texts.isBlank(raw)) {
            return Reading.BLANK;
        }
        String fault = Texts.fault(raw);
        if (fault != null) {
            return Reading.unparsed(fault);
        }
        String text = Texts.nfc(Texts.singleSpaced(raw));
        String key = Texts.fold(text);
        return key.isEmpty() ? Reading.BLANK : Reading.of(new Value(text, key));
    }
}
