package dev.lockstep.app.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the options of one mapping, each by its kind; what is wrong goes to the mistakes, and reads as not given. */
final class Options {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|w)");
    private static final Pattern RATE = Pattern.compile("[1-9]\\d{0,8}\\s*/\\s*[smh]");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%");

    private final Yaml.Mapping mapping;
    private final String of;
    private final Mistakes mistakes;

    private Options(Yaml.Mapping mapping, String of, Mistakes mistakes) {
        this.mapping = mapping;
        this.of = of;
        this.mistakes = mistakes;
    }

    /** The options of this node, unknown names told; null (and told) when it is no mapping. */
    static @Nullable Options of(Yaml node, String of, List<OptionRule> rules, Mistakes mistakes) {
        Options options = open(node, of, mistakes);
        if (options != null)
            options.refuseUnknown(rules.stream().map(OptionRule::name).toList());
        return options;
    }

    /** The same, without judging names. */
    static @Nullable Options open(Yaml node, String of, Mistakes mistakes) {
        if (node instanceof Yaml.Mapping mapping) return new Options(mapping, of, mistakes);
        mistakes.add(node.at(), of + " must be a mapping of names to values, and this is " + node.kind() + ".");
        return null;
    }

    void refuseUnknown(List<String> names) {
        for (Yaml.Entry entry : mapping.entries()) {
            String name = entry.key().written();
            if (!names.contains(name)) {
                String nearest = Nearest.hint(name, names);
                String all = nearest.isEmpty() ? " It has " + quoted(names) + "." : nearest;
                mistakes.add(entry.key().at(), of + " has no option `" + name + "`." + all);
            }
        }
    }

    static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    Place at() {
        return mapping.at();
    }

    List<Yaml.Entry> entries() {
        return mapping.entries();
    }

    /** Where this option stands; where the mapping begins when it is not given. */
    Place at(String name) {
        Yaml.Entry entry = mapping.entry(name);
        return entry == null ? mapping.at() : entry.key().at();
    }

    boolean has(String name) {
        return mapping.entry(name) != null;
    }

    /** The option's value; null when it is not given. */
    @Nullable
    Yaml get(String name) {
        Yaml.Entry entry = mapping.entry(name);
        return entry == null ? null : entry.value();
    }

    /** The text as written; null when not given. Nothing after the colon is a mistake. */
    @Nullable
    String text(String name) {
        Yaml.Text node = node(name);
        return node == null ? null : node.text();
    }

    @Nullable
    Written written(String name) {
        Yaml.Text node = node(name);
        return node == null ? null : new Written(node.text(), node.at());
    }

    private Yaml.@Nullable Text node(String name) {
        Yaml value = get(name);
        if (value == null) return null;
        if (value instanceof Yaml.Text text) return text;
        if (value instanceof Yaml.Nothing) {
            mistakes.add(at(name), "`" + name + "` has no value: write one, or take the line out.");
        } else {
            mistakes.add(value.at(), "`" + name + "` takes a single value, and this is " + value.kind() + ".");
        }
        return null;
    }

    @Nullable
    Boolean flag(String name) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        if (node.text().equals("true")) return true;
        if (node.text().equals("false")) return false;
        wrong(node, "`" + name + "` is `true` or `false`");
        return null;
    }

    @Nullable
    Integer count(String name, int least) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        if (node.text().matches("\\d{1,9}") && Integer.parseInt(node.text()) >= least) {
            return Integer.parseInt(node.text());
        }
        wrong(node, "`" + name + "` is a whole number, at least " + least);
        return null;
    }

    @Nullable
    Double share(String name) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        if (node.text().matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?")) return Double.valueOf(node.text());
        wrong(node, "`" + name + "` is a number between 0 and 1");
        return null;
    }

    @Nullable
    Double percent(String name) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        Matcher matcher = PERCENT.matcher(node.text());
        if (matcher.matches() && Double.parseDouble(matcher.group(1)) <= 100) return Double.valueOf(matcher.group(1));
        wrong(node, "`" + name + "` is a share such as `20%`");
        return null;
    }

    @Nullable
    Duration duration(String name) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        Duration duration = span(node.text());
        if (duration == null) wrong(node, "`" + name + "` is a span of time such as `10s`, `5m`, `1h` or `400d`");
        return duration;
    }

    private static @Nullable Duration span(String text) {
        if (text.equals("0")) return Duration.ZERO;
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) return null;
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }

    @Nullable
    String rate(String name) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        if (RATE.matcher(node.text()).matches()) return node.text().replace(" ", "");
        wrong(node, "`" + name + "` is a number of writes in a span of time, such as `10/s`, `600/m` or `1000/h`");
        return null;
    }

    /** How long it is from one read to the next, by a sound schedule; zero for {@code realtime}. */
    static Duration gap(String schedule) {
        if (schedule.equals("realtime")) return Duration.ZERO;
        if (!schedule.startsWith("every ")) return Cron.gap(schedule);
        Duration every = span(schedule.substring(6).strip());
        return every == null ? Duration.ZERO : every;
    }

    /** {@code realtime}, {@code every 15m} or a cron expression. */
    @Nullable
    String schedule(String name) {
        Yaml.Text node = node(name);
        if (node == null || node.text().equals("realtime")) return node == null ? null : node.text();
        if (node.text().startsWith("every ")) {
            Duration every = span(node.text().substring(6).strip());
            if (every != null && every.compareTo(Duration.ofSeconds(1)) >= 0) return node.text();
        } else if (Cron.valid(node.text())) {
            return node.text();
        }
        wrong(
                node,
                "`" + name + "` is `realtime`, `every 15m` (at least a second) or five cron fields such as"
                        + " `0 3 * * *`");
        return null;
    }

    @Nullable
    String choice(String name, List<String> choices) {
        Yaml.Text node = node(name);
        if (node == null) return null;
        if (choices.contains(node.text())) return node.text();
        wrong(node, "`" + name + "` is one of " + quoted(choices), Nearest.hint(node.written(), choices));
        return null;
    }

    /** A list of texts; one text alone is a list of one; empty when not given. */
    List<Written> texts(String name) {
        Yaml value = get(name);
        if (value == null) return List.of();
        if (!(value instanceof Yaml.Sequence sequence)) {
            Yaml.Text node = node(name);
            return node == null ? List.of() : List.of(new Written(node.text(), node.at()));
        }
        List<Written> texts = new ArrayList<>();
        for (Yaml item : sequence.items()) {
            if (item instanceof Yaml.Text text) {
                texts.add(new Written(text.text(), text.at()));
            } else {
                mistakes.add(item.at(), "`" + name + "` is a list of names, and this is " + item.kind() + ".");
            }
        }
        return texts;
    }

    /** A mapping of texts to texts; empty when not given. Nothing after the colon is the empty text. */
    Map<String, Written> table(String name) {
        Yaml value = get(name);
        if (value == null) return Map.of();
        Options inner = open(value, "`" + name + "`", mistakes);
        Map<String, Written> table = new LinkedHashMap<>();
        for (Yaml.Entry entry : inner == null ? List.<Yaml.Entry>of() : inner.entries()) {
            switch (entry.value()) {
                case Yaml.Text text -> table.put(entry.key().written(), new Written(text.text(), text.at()));
                case Yaml.Nothing nothing -> table.put(entry.key().written(), new Written("", nothing.at()));
                default ->
                    mistakes.add(
                            entry.value().at(),
                            "`" + entry.key().written() + "` of `" + name + "` takes a single value, and this is "
                                    + entry.value().kind() + ".");
            }
        }
        return table;
    }

    private void wrong(Yaml.Text node, String right) {
        wrong(node, right, "");
    }

    private void wrong(Yaml.Text node, String right, String hint) {
        mistakes.add(node.at(), right + ", not `" + shortened(node.written()) + "`." + hint);
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
