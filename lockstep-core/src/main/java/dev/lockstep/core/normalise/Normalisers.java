package dev.lockstep.core.normalise;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The normaliser of every field type. */
public final class Normalisers {

    public static final List<Normaliser> ALL = List.of(
            new TextNormaliser(),
            new NameNormaliser(),
            new EmailNormaliser(),
            new PhoneNormaliser(),
            new DateNormaliser(),
            new DatetimeNormaliser(),
            new NumberNormaliser(),
            new MoneyNormaliser(),
            new BooleanNormaliser(),
            new ConsentNormaliser(),
            new CountryNormaliser(),
            new LanguageNormaliser(),
            new UrlNormaliser(),
            new SetNormaliser(),
            new JsonNormaliser());

    private static final Map<FieldType, Normaliser> BY_TYPE = byType();

    private Normalisers() {}

    public static Normaliser of(FieldType type) {
        return Objects.requireNonNull(BY_TYPE.get(type));
    }

    private static Map<FieldType, Normaliser> byType() {
        Map<FieldType, Normaliser> byType = new EnumMap<>(FieldType.class);
        for (Normaliser normaliser : ALL) {
            byType.put(normaliser.type(), normaliser);
        }
        return byType;
    }
}
