package dev.lockstep.core.lens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.normalise.ArrayLiteral;
import dev.lockstep.core.normalise.Decimals;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.IsoTime;
import dev.lockstep.core.normalise.Json;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.RawTexts;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Seeds;
import dev.lockstep.core.normalise.SetValue;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws of the package, over every type, kind, format, table and setting that makes a lens. */
@Timeout(300)
class ColumnLensLawsTest {

    private static final int TEXTS = Integer.getInteger("texts", 8);

    private static final List<Settings> SETTINGS = List.of(
            Settings.NONE,
            new Settings("US", ZoneId.of("America/New_York"), "USD", ";"),
            new Settings("AR", ZoneId.of("Asia/Kolkata"), "ARS", ", "),
            new Settings("MX", ZoneId.of("Africa/Monrovia"), "JPY", null),
            new Settings("DE", ZoneId.of("Europe/Berlin"), "EUR", "|"));

    private static final List<String> TIME_FORMATS = List.of(
            "dd/MM/yyyy",
            "d.M.yyyy HH:mm",
            "MM-dd-yy from 1930",
            "yyMMdd from 1950",
            "d MMM yyyy",
            "EEEE, d MMMM yyyy",
            "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "dd/MM/yyyy hh:mm a",
            "yyyyMMdd",
            "yyyyMMddHHmmss",
            "D/yyyy",
            "yyyy.MM.dd G",
            "dd/MM/yyyy HH",
            "epoch_seconds",
            "epoch_millis",
            "MM/yyyy",
            "dd/MM/yy",
            "YYYY-'W'ww-e",
            "HH:mm",
            "dd/MM/yyyy hh:mm");

    private static final List<String> NUMBER_FORMATS = List.of(
            "0",
            "0.00",
            "#,##0.00",
            "#.##0,00",
            "#,##0",
            "#.##0",
            "0,00",
            "# ##0,##",
            "#'##0.00",
            "#,##,##0.00",
            "$#,##0.00",
            "0.00 ¤",
            "¤#,##0.##",
            "000.000",
            "0.0000 kg",
            "0,000",
            "#",
            ".00");

    private static List<@Nullable String> formats(FieldType type) {
        List<@Nullable String> formats = new ArrayList<>();
        formats.add(null);
        switch (type) {
            case DATE, DATETIME -> formats.addAll(TIME_FORMATS);
            case NUMBER, MONEY -> formats.addAll(NUMBER_FORMATS);
            case PHONE -> formats.addAll(List.of("e164", "national", "international"));
            case COUNTRY -> formats.addAll(List.of("alpha2", "alpha3", "name"));
            default -> formats.add("nonsense");
        }
        return formats;
    }

    private static List<Map<String, String>> tables(FieldType type) {
        List<Map<String, String>> tables = new ArrayList<>();
        tables.add(Map.of());
        switch (type) {
            case BOOLEAN -> tables.addAll(List.of(table("Y", "true", "N", "false"), table("1", "true", "", "false")));
            case CONSENT ->
                tables.addAll(List.of(
                        table("Y", "granted", "N", "unset"),
                        table("true", "granted", "false", "withdrawn"),
                        table("1", "granted", "0", "withdrawn", "2", "unset"),
                        table("in", "granted", "", "unset"),
                        table("Y", "granted", "N", "withdrawn", "X", "withdrawn")));
            case TEXT, SET ->
                tables.addAll(List.of(
                        table("g", "gold", "s", "silver"), table("1", "a", "2", "b"), table("none", "", "g", "gold")));
            case COUNTRY -> tables.add(table("49", "Germany", "1", "US"));
            default -> {}
        }
        return tables;
    }

    private static Map<String, String> table(String... entries) {
        Map<String, String> table = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            table.put(entries[i], entries[i + 1]);
        }
        return table;
    }

    @ParameterizedTest
    @EnumSource
    void everyMappingIsALens(FieldType type) {
        Seeds.run(ColumnLensLawsTest.class, random -> {
            int lenses = 0;
            for (ColumnOptions options : mappings(type)) {
                ColumnLens lens = lens(options);
                if (lens != null) {
                    lenses++;
                    for (int i = 0; i < TEXTS; i++) {
                        check(lens, random);
                    }
                }
            }
            assertThat(lenses).as("mappings that are lenses").isGreaterThan(20);
        });
    }

    private static List<ColumnOptions> mappings(FieldType type) {
        List<ColumnOptions> mappings = new ArrayList<>();
        for (ColumnKind kind : ColumnKind.values()) {
            for (Access access : Access.values()) {
                for (Settings settings : SETTINGS) {
                    for (String format : formats(type)) {
                        mappings.add(new ColumnOptions(type, settings, kind, access, format, Map.of(), null));
                    }
                    for (Map<String, String> table : tables(type)) {
                        mappings.add(new ColumnOptions(type, settings, kind, access, null, table, 12));
                    }
                }
            }
        }
        return mappings;
    }

    private static @Nullable ColumnLens lens(ColumnOptions options) {
        try {
            return ColumnLens.of(options);
        } catch (LensException e) {
            assertThat(e.getMessage())
                    .as("a remedy, in a sentence")
                    .contains(" ")
                    .endsWith(".");
            return null;
        }
    }

    private static void check(ColumnLens lens, Random random) {
        Value value = value(lens, random);
        String current = random.nextBoolean() ? null : raw(lens, random);
        if (lens.writable()) {
            checkWritten(lens, value, current);
            checkWritten(lens, null, current);
        }
        String raw = random.nextBoolean() ? raw(lens, random) : lens.writable() ? lens.write(value, current) : current;
        if (lens.readable()) {
            checkRead(lens, raw);
        }
    }

    private static void checkWritten(ColumnLens lens, @Nullable Value value, @Nullable String current) {
        String what = "%s to %s of %s".formatted(value, current, lens.options());
        Reading held = lens.roundTrip(value, current);
        if (held instanceof Reading.Unparsed) {
            if (!lens.invertible() || !sameAs(lens.read(current), Reading.ofNullable(value))) {
                assertThat(lens.agrees(current, value))
                        .as("agrees with what it cannot hold: " + what)
                        .isFalse();
            }
            return;
        }
        String written = lens.write(value, current);
        assertThat(written).as("what is blank is null: " + what).isNotEqualTo("");
        assertTaken(lens.options().kind(), written, what);
        assertThat(lens.agrees(written, value))
                .as("agrees: " + what + ", written " + written)
                .isTrue();
        assertThat(lens.write(value, written)).as("written again: " + what).isEqualTo(written);
        if (lens.invertible()) {
            assertThat(lens.read(written)).as("read(write(v)): " + what).isEqualTo(held);
        }
    }

    private static void checkRead(ColumnLens lens, @Nullable String raw) {
        Reading read = lens.read(raw);
        assertThat(lens.read(raw)).isEqualTo(read);
        if (read instanceof Reading.Unparsed || !lens.invertible()) {
            return;
        }
        Value value = read.valueOrNull();
        String what = "%s as %s of %s".formatted(raw, read, lens.options());
        if (lens.options().maxLength() != null && lens.roundTrip(value, raw) instanceof Reading.Unparsed) {
            return;
        }
        assertThat(lens.agrees(raw, value)).as("agrees: " + what).isTrue();
        Reading again = lens.read(lens.write(value, raw));
        assertThat(sameAs(again, read))
                .as("read(write(read(r))) = %s: %s", again, what)
                .isTrue();
        assertThat(sameAs(lens.roundTrip(value, raw), read))
                .as("roundTrip: " + what)
                .isTrue();
    }

    /** A set without elements may be held as a blank. */
    private static boolean sameAs(Reading one, Reading other) {
        return one.sameAs(other) || (isEmpty(one) && isEmpty(other));
    }

    private static boolean isEmpty(Reading reading) {
        return reading.isBlank() || reading.equals(Reading.of(SetValue.EMPTY));
    }

    /** PostgreSQL would take it in a column of this kind. */
    private static void assertTaken(ColumnKind kind, @Nullable String written, String what) {
        if (written == null) {
            return;
        }
        IsoTime time = IsoTime.parse(written);
        boolean taken = switch (kind) {
            case TEXT, OTHER -> true;
            case NUMBER -> written.equals(Decimals.canonical(written));
            case BOOLEAN -> written.equals("true") || written.equals("false");
            case DATE -> time != null && time.time() == null;
            case TIMESTAMP -> time != null && time.time() != null && time.offset() == null;
            case TIMESTAMPTZ -> time != null && time.offset() != null;
            case ARRAY -> ArrayLiteral.elements(written) != null;
            case JSON -> Json.parse(written) != null;
        };
        assertThat(taken).as("%s, written %s", what, written).isTrue();
    }

    private static Value value(ColumnLens lens, Random random) {
        if (!lens.options().values().isEmpty() && random.nextBoolean()) {
            List<String> canonical = List.copyOf(lens.options().values().values());
            String text = canonical.get(random.nextInt(canonical.size()));
            Value value = Normalisers.of(lens.type())
                    .read(text, lens.options().settings())
                    .valueOrNull();
            if (value != null) {
                return value;
            }
        }
        while (true) {
            String text = RawTexts.next(random, lens.type());
            Value value = Normalisers.of(lens.type())
                    .read(text, lens.options().settings())
                    .valueOrNull();
            if (value != null) {
                return value;
            }
        }
    }

    private static @Nullable String raw(ColumnLens lens, Random random) {
        List<String> columns = List.copyOf(lens.options().values().keySet());
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> Json.quoted("a" + random.nextInt(3));
            case 2 -> ArrayLiteral.of(List.of(RawTexts.sample(random, lens.type())));
            case 3 -> columns.isEmpty() ? "t" : columns.get(random.nextInt(columns.size()));
            case 4 -> RawTexts.sample(random, FieldType.DATETIME);
            case 5 -> "1,234.50".substring(random.nextInt(8));
            default -> RawTexts.next(random, lens.type());
        };
    }
}
