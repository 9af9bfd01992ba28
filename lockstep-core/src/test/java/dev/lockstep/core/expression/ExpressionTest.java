package dev.lockstep.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Seeds;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions by example, over one customer. */
class ExpressionTest {

    private static final long NOW = Instant.parse("2026-11-22T10:00:00Z").getEpochSecond() * 1_000_000;

    private static final Map<String, FieldType> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("email", FieldType.EMAIL),
            Map.entry("first_name", FieldType.NAME),
            Map.entry("middle_name", FieldType.NAME),
            Map.entry("last_name", FieldType.NAME),
            Map.entry("birth_date", FieldType.DATE),
            Map.entry("last_order", FieldType.DATETIME),
            Map.entry("last_visit", FieldType.DATETIME),
            Map.entry("spent", FieldType.NUMBER),
            Map.entry("orders", FieldType.NUMBER),
            Map.entry("member", FieldType.BOOLEAN),
            Map.entry("blocked", FieldType.BOOLEAN),
            Map.entry("email_opt_in", FieldType.CONSENT),
            Map.entry("sms_opt_in", FieldType.CONSENT),
            Map.entry("tags", FieldType.SET),
            Map.entry("no_tags", FieldType.SET),
            Map.entry("nickname", FieldType.TEXT),
            Map.entry("type", FieldType.TEXT)));

    private static final Map<String, String> ADA = Map.ofEntries(
            Map.entry("email", "ada@x.com"),
            Map.entry("first_name", "Ada"),
            Map.entry("last_name", "Lovelace"),
            Map.entry("birth_date", "1815-12-10"),
            Map.entry("last_order", "2026-11-01T00:00:00.5Z"),
            Map.entry("spent", "1200.5"),
            Map.entry("member", "true"),
            Map.entry("email_opt_in", "granted"),
            Map.entry("tags", "[\"gold\",\"vip\"]"),
            Map.entry("type", "person"));

    /** Ada, who is in the audience vip. */
    private static final Lookup LOOKUP = new Lookup() {
        @Override
        public @Nullable Value value(String field) {
            String text = ADA.get(field);
            return text == null
                    ? null
                    : Normalisers.of(FIELDS.get(field))
                            .read(text, Settings.NONE)
                            .valueOrNull();
        }

        @Override
        public boolean inAudience(String name) {
            return name.equals("vip");
        }
    };

    private static Expression compile(String source) {
        return Expression.compile(source, FIELDS, List.of("vip", "lapsed buyers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
                    first_name + " " + last_name                             § TEXT    § Ada Lovelace
                    first_name + " " + middle_name + " " + last_name         § TEXT    § Ada Lovelace
                    middle_name + " " + last_name                            § TEXT    § Lovelace
                    "Hello " + middle_name                                   § TEXT    §
                    middle_name == "" ? "unknown" : middle_name              § TEXT    § unknown
                    in_audience("vip") ? "GOLD20" : "WELCOME5"               § TEXT    § GOLD20
                    in_audience("lapsed buyers") ? "a" : "b"                 § TEXT    § b
                    in_audience("vip")                                       § BOOLEAN § true
                    spent > 1000.0 && email_opt_in == granted                § BOOLEAN § true
                    spent > 1000                                             § BOOLEAN § true
                    spent * 2.0                                              § NUMBER  § 2401
                    orders > 3.0                                             § BOOLEAN §
                    !(orders > 3.0)                                          § BOOLEAN §
                    orders > 3.0 || member                                   § BOOLEAN § true
                    orders > 3.0 && blocked                                  § BOOLEAN §
                    spent < 0.0 && orders > 3.0                              § BOOLEAN § false
                    last_order < now - days(14)                              § BOOLEAN § true
                    last_order < now - days(90)                              § BOOLEAN § false
                    last_visit < now - days(90)                              § BOOLEAN §
                    sms_opt_in == unset                                      § BOOLEAN § true
                    email_opt_in                                             § CONSENT § granted
                    member ? email_opt_in : withdrawn                        § CONSENT § granted
                    "vip" in tags                                            § BOOLEAN § true
                    size(no_tags)                                            § NUMBER  § 0
                    tags.filter(t, t != "vip")                               § SET     § ["gold"]
                    tags + ["new"]                                           § SET     § ["gold","new","vip"]
                    birth_date                                               § DATETIME § 1815-12-10T00:00:00Z
                    now - days(1)                                            § DATETIME § 2026-11-21T10:00:00Z
                    email.endsWith("@x.com")                                 § BOOLEAN § true
                    email.matches("^[a-z]+@")                                § BOOLEAN § true
                    type + nickname                                          § TEXT    § person
                    string(spent)                                            § TEXT    § 1200.5
                    {"a": spent}                                             § JSON    § {"a":1200.5}
                    spent / 0.0                                              § NUMBER  § -
                    10 / (1 - 1)                                             § NUMBER  § -
                    """)
    void results(String source, FieldType type, String text) {
        Expression expression = compile(source);
        assertThat(expression.type()).isEqualTo(type);
        Reading reading = expression.value(type, Settings.NONE, LOOKUP, NOW);
        if (text == null) {
            assertThat(reading).isEqualTo(Reading.BLANK);
            assertThat(expression.evaluate(LOOKUP, NOW)).isNull();
        } else if (text.equals("-")) {
            assertThat(reading).isInstanceOf(Reading.Unparsed.class);
        } else {
            assertThat(reading).isEqualTo(Reading.of(text));
        }
        assertThat(expression.test(LOOKUP, NOW)).isEqualTo("true".equals(text));
    }

    @Test
    void aResultIsReadAsTheFieldsType() {
        assertThat(compile("birth_date").value(FieldType.DATE, Settings.NONE, LOOKUP, NOW))
                .isEqualTo(Reading.of("1815-12-10"));
        assertThat(compile("\" Ada@X.com\"").value(FieldType.EMAIL, Settings.NONE, LOOKUP, NOW))
                .isEqualTo(Reading.of("ada@x.com"));
        assertThat(compile("first_name").value(FieldType.NUMBER, Settings.NONE, LOOKUP, NOW))
                .isInstanceOf(Reading.Unparsed.class);
        assertThat(compile("first_name + last_name").evaluate(LOOKUP, FieldType.NAME))
                .isEqualTo(new Value("AdaLovelace", "adalovelace"));
        assertThat(compile("now > timestamp(\"2020-01-01T00:00:00Z\")").test(LOOKUP))
                .isFalse();
    }

    @Test
    void whatItDependsOnCanBeSeen() {
        Expression expression = compile("in_audience(\"vip\") && last_order < now - days(90) ? first_name : \"x\"");
        assertThat(expression.fields()).containsExactly("first_name", "last_order");
        assertThat(expression.audiences()).containsExactly("vip");
        assertThat(expression.asksForNow()).isTrue();
        assertThat(compile("first_name").asksForNow()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    first_nam + "x"                    | 1 | 1  | did you mean `first_name`
                    spent >                            | 1 | 8  | EOF
                    in_audience("vpi")                 | 1 | 12 | did you mean `vip`
                    in_audience(first_name)            | 1 | 13 | in quotes
                    spent * 2                          | 1 | 7  | 2.0
                    email_opt_in == "granted"          | 1 | 14 | without quotes
                    email_opt_in == "granted" && nope  | 1 | 14 | without quotes
                    first_name + spent                 | 1 | 12 | string()
                    """)
    void mistakesAreToldWithTheirPlace(String source, int line, int column, String remedy) {
        assertThatThrownBy(() -> compile(source))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(remedy)
                .extracting(e -> ((ExpressionException) e).line(), e -> ((ExpressionException) e).column())
                .containsExactly(line, column);
    }

    @Test
    void aMistakeOnTheSecondLineIsThere() {
        assertThatThrownBy(() -> compile("first_name +\n  lst_name"))
                .extracting(e -> ((ExpressionException) e).line(), e -> ((ExpressionException) e).column())
                .containsExactly(2, 3);
    }

    @Test
    void costIsBounded() {
        assertThatThrownBy(() -> compile("(".repeat(500) + "1" + ")".repeat(500)))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> compile("\"" + "x".repeat(20_000) + "\"")).isInstanceOf(ExpressionException.class);
        String many = "[" + "1,".repeat(400) + "1]";
        String nested = "%s.exists(a, %s.exists(b, %s.exists(c, a + b + c == 7)))".formatted(many, many, many);
        assertThat(compile(nested).value(FieldType.BOOLEAN, Settings.NONE, LOOKUP, NOW))
                .isInstanceOf(Reading.Unparsed.class);
        assertThat(compile("\"" + "a".repeat(30) + "!\".matches(\"^(a+)+$\")").test(LOOKUP, NOW))
                .isFalse();
    }

    @Test
    void fieldsMayBearAnyNameButOurs() {
        assertThatThrownBy(() -> Expression.compile("true", Map.of("now", FieldType.TEXT), List.of()))
                .hasMessageContaining("`now`");
        Map<String, FieldType> odd = Map.of("E-Mail", FieldType.TEXT, "in", FieldType.TEXT, "a b", FieldType.TEXT);
        assertThat(Expression.compile("1 + 1", odd, List.of()).type()).isEqualTo(FieldType.NUMBER);
    }

    @Test
    void everyTypeCanBeNamedAndBeAbsent() {
        Seeds.run(ExpressionTest.class, random -> {
            for (FieldType type : FieldType.values()) {
                Expression expression = Expression.compile("f", Map.of("f", type), List.of());
                Value value = switch (type) {
                    case SET -> Value.of("[\"a\"]");
                    case DATE -> Value.of("2024-05-01");
                    case DATETIME -> Value.of("2024-05-01T00:00:00Z");
                    case NUMBER -> Value.of("12.5");
                    case BOOLEAN -> Value.of("false");
                    case CONSENT -> Value.of("withdrawn");
                    case JSON -> Value.of("{\"a\":1}");
                    case MONEY -> Value.of("12.5 EUR");
                    case COUNTRY -> Value.of("DE");
                    case LANGUAGE -> Value.of("de");
                    case URL -> Value.of("https://x.com/");
                    case EMAIL -> Value.of("ada@x.com");
                    case PHONE -> Value.of("+14155552671");
                    case NAME, TEXT -> Value.of("ada");
                };
                assertThat(expression.evaluate(name -> value, type))
                        .as("%s", type)
                        .isEqualTo(value);
                Value absent = expression.evaluate(name -> null, type);
                assertThat(absent == null ? "" : absent.text()).isIn("", "unset", "[]");
            }
        });
    }
}
