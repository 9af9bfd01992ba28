package dev.lockstep.app.init;

import dev.lockstep.connectors.postgres.Survey;
import dev.lockstep.connectors.postgres.SurveyedTable;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.engine.EngineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** A round through the databases: their tables that look like people, as platforms. */
final class Round {
    private static final int SAMPLE = 2000;
    private static final double PEOPLE = 5;
    private static final double PERHAPS = 3.5;
    private static final long COUNTED_MOST = 2_000_000;
    private static final Set<String> NO_NAMES =
            Set.of("postgres", "db", "database", "app", "main", "prod", "production", "public", "test", "dev");

    private final Map<String, String> environment;
    private final Consumer<String> remark;
    private final List<PlatformDraft> platforms = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<PlatformDraft, String> urls = new LinkedHashMap<>();

    /** @param environment variables that hold one of the URLs lend it their names */
    Round(Map<String, String> environment, Consumer<String> remark) {
        this.environment = environment;
        this.remark = remark;
    }

    List<PlatformDraft> platforms() {
        return platforms;
    }

    /** By variable, the URLs that the environment does not hold yet. */
    Map<String, String> variables() {
        return variables;
    }

    /** Looks at one database. */
    void look(String url) {
        String database = Survey.databaseOf(url);
        remark.accept("Looking at " + database + " …");
        List<TableLook> looks = new ArrayList<>();
        List<TableLook> chosen;
        try (Survey survey = Survey.of(database, url)) {
            List<SurveyedTable> tables = survey.tables();
            tables.stream().filter(TableLook::promises).forEach(table -> looks.add(look(survey, table)));
            chosen = people(looks);
            if (chosen.isEmpty()) {
                tables.stream()
                        .filter(table -> !TableLook.promises(table))
                        .forEach(table -> looks.add(look(survey, table)));
                chosen = people(looks);
            }
        }
        List<String> keyless = looks.stream()
                .filter(one -> one.table().key().isEmpty() && one.likenessWithKey() >= PEOPLE)
                .map(one -> one.table().name())
                .toList();
        if (chosen.isEmpty() && !keyless.isEmpty()) {
            throw new EngineException(
                    "In database `" + database + "` " + String.join(" and ", keyless)
                            + " holds people, but nothing tells its rows apart.",
                    "Give it a primary key, or a unique index over columns that are NOT NULL.");
        }
        keyless.forEach(table -> remark.accept("Left out " + table + ": it has no key."));
        if (chosen.isEmpty()) {
            throw new EngineException(
                    "No table of database `" + database + "` looks like people: none has e-mail addresses or phone"
                            + " numbers that differ from row to row, and a key.",
                    "Leave the database out, give your role the right to read the table, or write the workspace by"
                            + " hand: docs/workspace.md.");
        }
        String variable = variable(database, url);
        Nearby nearby = new Nearby(looks, chosen);
        for (TableLook look : nearby.platforms()) {
            boolean several = nearby.platforms().size() > 1;
            PlatformDraft draft =
                    new PlatformDraft(name(database, look, several), variable, look, nearby.remarks(look));
            platforms.add(draft);
            urls.put(draft, url);
        }
    }

    private static TableLook look(Survey survey, SurveyedTable table) {
        return new TableLook(table, survey.sample(table, SAMPLE));
    }

    /** What looks like people, the likest first; where nothing does, what looks most like it. */
    private static List<TableLook> people(List<TableLook> looks) {
        List<TableLook> sorted = looks.stream()
                .sorted(Comparator.comparingDouble(TableLook::likeness).reversed())
                .toList();
        List<TableLook> people =
                sorted.stream().filter(one -> one.likeness() >= PEOPLE).toList();
        if (!people.isEmpty()) return people;
        return sorted.stream().filter(one -> one.likeness() >= PERHAPS).limit(1).toList();
    }

    private String name(String database, TableLook look, boolean several) {
        String base = plain(database);
        String table = plain(look.table().plainName());
        String name = NO_NAMES.contains(base) ? table : several ? base + "_" + table : base;
        String free = name;
        for (int i = 2; taken(free); i++) free = name + "_" + i;
        return free;
    }

    private boolean taken(String name) {
        return platforms.stream().anyMatch(one -> one.name().equals(name));
    }

    /** {@code "Müller-Shop 2" -> mueller_shop_2}. */
    private static String plain(String name) {
        String plain = String.join("_", ColumnName.of(name).words());
        String begun = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "db_" + plain : plain;
        return begun.substring(0, Math.min(40, begun.length()));
    }

    private String variable(String database, String url) {
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            if (entry.getValue().equals(url) && entry.getKey().matches("[A-Za-z]\\w*")) return entry.getKey();
        }
        String base = plain(database).toUpperCase(Locale.ROOT) + "_URL";
        String free = base;
        for (int i = 2; variables.containsKey(free) || environment.containsKey(free); i++) free = base + "_" + i;
        variables.put(free, url);
        return free;
    }

    /** Counts the customers that each platform lacks, by their e-mail address where all have one. */
    void count() {
        Meaning by =
                platforms.stream().allMatch(one -> one.find(Meaning.EMAIL) != null) ? Meaning.EMAIL : Meaning.PHONE;
        boolean countable = platforms.stream()
                .allMatch(one -> one.find(by) != null && one.table().rows() <= COUNTED_MOST);
        if (!countable) return;
        Map<PlatformDraft, Set<Long>> held = new LinkedHashMap<>();
        for (PlatformDraft platform : platforms) held.put(platform, identifiers(platform, by));
        for (PlatformDraft platform : platforms) {
            Set<Long> lacking = new HashSet<>();
            held.values().forEach(lacking::addAll);
            lacking.removeAll(held.get(platform));
            platform.wouldCreate(lacking.size());
        }
    }

    private Set<Long> identifiers(PlatformDraft platform, Meaning by) {
        Set<Long> found = new HashSet<>();
        Guess guess = platform.find(by);
        if (guess == null) return found;
        FieldType type = guess.fit().type();
        Settings settings = guess.fit().settings();
        try (Survey survey = Survey.of(platform.name(), Objects.requireNonNull(urls.get(platform)))) {
            survey.values(platform.table(), guess.column().path().segments(), value -> {
                if (Normalisers.of(type).read(value, settings) instanceof Reading.Parsed parsed) {
                    found.add(hash(parsed.value().key()));
                }
            });
        }
        return found;
    }

    /** 64 bits: among millions, two that are different hardly ever share one. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        return hash;
    }
}
