package dev.lockstep.app.init;

import dev.lockstep.app.init.CustomerModel.FieldDraft;
import dev.lockstep.connectors.postgres.SurveyedTable;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The workspace as text, each guess with the evidence for it. */
final class WorkspaceText {
    private static final int WORDS_SHOWN = 4;
    private static final int COMMENT_AT_MOST = 60;
    private static final int LINE_AT_MOST = 110;

    private final List<PlatformDraft> platforms;
    private final CustomerModel model;
    private final StringBuilder text = new StringBuilder();

    private WorkspaceText(List<PlatformDraft> platforms, CustomerModel model) {
        this.platforms = platforms;
        this.model = model;
    }

    static String of(List<PlatformDraft> platforms, CustomerModel model) {
        return new WorkspaceText(platforms, model).write();
    }

    /** A line with a remark behind it. */
    private record Line(String written, @Nullable String remark) {}

    private String write() {
        text.append("""
                # yaml-language-server: $schema=./lockstep.schema.json
                #
                # Written by `lockstep init`, from what it found in the databases. Read the lines that say GUESS: they
                # may be wrong. Then: lockstep check, lockstep plan, lockstep sync. Until you sync nothing is written.

                customer:
                """);
        put("  ", model.fields().stream().map(this::field).toList());
        text.append("\nplatforms:\n");
        for (PlatformDraft platform : platforms) platform(platform);
        return text.toString();
    }

    private Line field(FieldDraft field) {
        List<String> options = new ArrayList<>();
        options.add("type: " + field.type().spelling());
        if (field.identifies()) options.add("identifies: true");
        if (field.type() == FieldType.PHONE && field.region() != null) options.add("region: " + field.region());
        String remark = field.doubt() == null ? null : "GUESS: " + field.doubt();
        boolean main =
                field.name().equals(Meaning.PHONE.field()) || field.name().equals(Meaning.MOBILE.field());
        if (remark == null && main && !field.identifies()) {
            remark = "identifies: true would join people by their phone too";
        }
        return new Line(field.name() + ": { " + String.join(", ", options) + " }", remark);
    }

    private void platform(PlatformDraft platform) {
        SurveyedTable table = platform.table();
        text.append("  ").append(platform.name()).append(":\n");
        List<Line> head = new ArrayList<>();
        head.add(new Line("type: postgres", null));
        head.add(new Line("url: ${" + platform.variable() + "}", null));
        head.add(new Line("table: " + scalar(table.name()), count(table.rows()) + " rows"));
        if (!table.hasPrimaryKey()) {
            String key = table.key().stream().map(WorkspaceText::scalar).collect(Collectors.joining(", "));
            head.add(new Line("key: [" + key + "]", "it has no primary key"));
        }
        if (platform.modified() != null) head.add(new Line("modified: " + scalar(platform.modified()), null));
        if (!table.updatable()) head.add(new Line("access: read", "your role may not update it"));
        head.add(new Line("create: false", creates(platform)));
        put("    ", head);
        text.append("    columns:\n");
        put("      ", platform.guesses().stream().map(this::column).toList());
        if (!platform.leftOut().isEmpty()) text.append("      # Not mapped:\n");
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        platform.leftOut()
                .forEach((path, reason) -> byReason.computeIfAbsent(reason, any -> new ArrayList<>())
                        .add(path));
        byReason.forEach((reason, paths) -> remark("#   ", reason + ": " + String.join(", ", paths)));
        platform.remarks().forEach(sentence -> remark("# ", sentence));
        text.append('\n');
    }

    /** A remark of many words, on lines that are not too long. */
    private void remark(String mark, String words) {
        String line = "      " + mark;
        for (String word : words.split(" ")) {
            if (line.length() + word.length() > LINE_AT_MOST) {
                text.append(line.stripTrailing()).append('\n');
                line = "      " + mark + "  ";
            }
            line += word + " ";
        }
        text.append(line.stripTrailing()).append('\n');
    }

    private static String creates(PlatformDraft platform) {
        if (platform.wouldCreate() < 0) return "true: makes a record of every customer it lacks";
        return "true would make " + count(platform.wouldCreate()) + " records, of customers that only others have";
    }

    private Line column(Guess guess) {
        List<String> options = options(guess);
        String name = scalar(guess.column().path().toString());
        String written =
                options.isEmpty() ? name + ": " + guess.field() : name + ": { " + String.join(", ", options) + " }";
        String evidence = evidence(guess);
        return new Line(written, guess.doubt() == null ? evidence : "GUESS: " + guess.doubt() + "; " + evidence);
    }

    /** None: the field's name alone says it. */
    private List<String> options(Guess guess) {
        List<String> options = new ArrayList<>();
        Fit fit = guess.fit();
        if (!guess.split().isEmpty()) {
            options.add("split: [" + String.join(", ", guess.split()) + "]");
            return options;
        }
        if (fit.format() != null) options.add("format: " + scalar(fit.format()));
        if (!fit.values().isEmpty()) {
            options.add(fit.values().entrySet().stream()
                    .map(entry -> scalar(entry.getKey()) + ": " + scalar(entry.getValue()))
                    .collect(Collectors.joining(", ", "values: { ", " }")));
        }
        Settings settings = fit.settings();
        if (settings.region() != null && !settings.region().equals(region(guess.field()))) {
            options.add("region: " + settings.region());
        }
        if (settings.separator() != null) options.add("separator: " + scalar(settings.separator()));
        if (settings.currency() != null) options.add("currency: " + settings.currency());
        if (!fit.writable(guess.column())) options.add("access: read");
        if (!options.isEmpty()) options.addFirst("field: " + guess.field());
        return options;
    }

    private @Nullable String region(String field) {
        return model.fields().stream()
                .filter(one -> one.name().equals(field))
                .findFirst()
                .map(FieldDraft::region)
                .orElse(null);
    }

    private static String evidence(Guess guess) {
        Fit fit = guess.fit();
        if (fit.of() == 0) return "no values yet";
        if (fit.type() == FieldType.CONSENT || fit.type() == FieldType.BOOLEAN) return words(guess.column());
        String share = fit.parsed() == fit.of()
                ? "all " + count(fit.of()) + " values"
                : count(fit.parsed()) + " of " + count(fit.of()) + " values";
        return switch (fit.type()) {
            case EMAIL -> share + " are e-mail addresses";
            case PHONE -> share + " are phone numbers";
            case DATE, DATETIME -> share + " are dates";
            case COUNTRY -> share + " are countries";
            case LANGUAGE -> share + " are languages";
            case URL -> share + " are addresses of pages";
            case NUMBER -> share + " are numbers";
            case MONEY -> share + " are amounts of money";
            case SET -> share + " are lists";
            case NAME -> "by its name; " + count(fit.of()) + " values";
            default ->
                guess.column().counts().size() <= WORDS_SHOWN
                        ? words(guess.column())
                        : "by its name; " + count(fit.of()) + " values";
        };
    }

    /** {@code "Y 1,204, N 796 (the default)"}. */
    private static String words(Sampled column) {
        return column.counts().entrySet().stream()
                .limit(WORDS_SHOWN)
                .map(entry -> shown(entry.getKey()) + " " + count(entry.getValue())
                        + (entry.getKey().equals(column.defaultText()) ? " (the default)" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String shown(String word) {
        return word.length() <= 20
                ? word.replaceAll("\\s+", " ")
                : word.substring(0, 17).replaceAll("\\s+", " ") + "...";
    }

    /** Remarks stand below each other, where the lines are not too long. */
    private void put(String indent, List<Line> lines) {
        int width = lines.stream()
                .filter(line -> line.remark() != null)
                .mapToInt(line -> line.written().length())
                .filter(length -> length <= COMMENT_AT_MOST)
                .max()
                .orElse(0);
        for (Line line : lines) {
            text.append(indent).append(line.written());
            if (line.remark() != null) {
                text.append(" ".repeat(Math.max(0, width - line.written().length())))
                        .append("  # ")
                        .append(line.remark());
            }
            text.append('\n');
        }
    }

    /** A plain scalar where YAML takes it as it is; else in double quotes. References to the environment are none. */
    static String scalar(String value) {
        boolean plain = value.matches("[\\p{L}0-9_/+][\\p{L}0-9_./+ -]*")
                && !value.endsWith(" ")
                && !value.toLowerCase(Locale.ROOT).matches("null|~");
        if (plain) return value;
        String escaped = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return '"' + escaped.replace("${", "$${") + '"';
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What was mapped: column paths to fields, of each platform. */
    static Map<String, String> mapping(PlatformDraft platform) {
        return platform.guesses().stream()
                .collect(Collectors.toMap(
                        guess -> guess.column().path().toString(),
                        guess -> guess.split().isEmpty() ? guess.field() : String.join("+", guess.split()),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
