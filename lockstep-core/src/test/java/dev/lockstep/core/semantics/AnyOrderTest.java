package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.machine.Message;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.normalise.Seeds;
import dev.lockstep.core.semantics.World.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Some people on three tables, who edit whatever they like while streams, writes and answers come in any order: in the
 * end each field holds what was said of it last, everywhere, and nothing more is ever written.
 */
class AnyOrderTest {
    private static final int RUNS = 40;
    private static final List<String> PLAIN = List.of("first_name", "city");
    private static final int PEOPLE = 3;

    /** One run: what was said last is kept beside the tables. */
    private static final class Run {
        final World world = Worlds.three();
        final Random random;
        /** By person and column: what was said last. */
        final List<TreeMap<String, @Nullable String>> said = new ArrayList<>();
        /** By person: the key of the row on each table that a person has deleted. */
        final List<TreeMap<Integer, String>> deleted = new ArrayList<>();

        /** By person: where the city was typed last. */
        final List<Integer> typedAt = new ArrayList<>();

        /** What was done so far, for whoever has to find out why. */
        final StringBuilder story = new StringBuilder();

        private int fresh;

        Run(Random random) {
            this.random = random;
            for (int person = 0; person < PEOPLE; person++) {
                said.add(new TreeMap<>());
                deleted.add(new TreeMap<>());
                typedAt.add(-1);
                signUp(person, random.nextInt(3), "k" + person);
            }
            world.rest();
            world.open();
        }

        private static String email(int person) {
            return "p" + person + "@mail.example";
        }

        /** All that a new row holds is somebody's word. */
        private void signUp(int person, int table, String key) {
            tell("person " + person + " signs up at " + table + " as " + key);
            @Nullable String[] row = new String[Worlds.FIELDS.size()];
            row[0] = email(person);
            row[3] = "Ames"; // who has nothing of a name in common is somebody else
            for (String column : PLAIN) {
                row[Worlds.FIELDS.indexOf(column)] = value(column);
                said.get(person).put(column, row[Worlds.FIELDS.indexOf(column)]);
            }
            world.tables.get(table).insert(table == 2 ? email(person) : key, row);
        }

        private String value(String column) {
            int number = ++fresh;
            String letters = "" + (char) ('a' + number % 26) + (char) ('a' + number / 26 % 26);
            return column.equals("city") ? "Town " + number : "Ada" + letters;
        }

        void live() {
            for (int deeds = 10 + random.nextInt(30); deeds > 0; deeds--) {
                if (random.nextInt(3) == 0) act();
                else move();
            }
            world.rest();
        }

        private void act() {
            int person = random.nextInt(PEOPLE);
            Table table = world.tables.get(random.nextInt(3));
            String key = key(table, person);
            String gone = deleted.get(person).get(table.number);
            if (key == null && gone != null && random.nextInt(3) == 0) {
                deleted.get(person).remove(table.number);
                signUp(person, table.number, gone);
            }
            if (key == null) return;
            switch (random.nextInt(8)) {
                case 0 -> consent(person, table, key);
                case 1 -> tags(person, table, key);
                case 2 -> delete(person, table, key);
                default -> edit(person, table, key);
            }
        }

        private void edit(int person, Table table, String key) {
            String column = PLAIN.get(random.nextInt(PLAIN.size()));
            // Who clears what we have just filled is taken for the platform going back on it.
            String now = table.get(key, column);
            boolean own = typedAt.get(person) == table.number
                    && Objects.equals(now, said.get(person).get(column));
            boolean clears = column.equals("city") && own && now != null && random.nextInt(2) == 0;
            if (column.equals("city")) typedAt.set(person, table.number);
            String value = clears ? null : value(column);
            type(person, table, key, column, value);
            said.get(person).put(column, value);
        }

        /** Later than all before it by more than the clocks may be off. */
        private void consent(int person, Table table, String key) {
            world.pass(1);
            String value = "granted".equals(table.get(key, "opt_in")) ? "withdrawn" : "granted";
            type(person, table, key, "opt_in", value);
            said.get(person).put("opt_in", value);
        }

        private void tags(int person, Table table, String key) {
            TreeSet<String> shown = elements(table.get(key, "tags"));
            TreeSet<String> all = elements(said.get(person).get("tags"));
            String out = shown.isEmpty() || random.nextBoolean() ? null : shown.first();
            shown.add("t" + ++fresh);
            all.add("t" + fresh);
            if (out != null) shown.remove(out);
            if (out != null) all.remove(out);
            type(person, table, key, "tags", "[\"" + String.join("\",\"", shown) + "\"]");
            said.get(person).put("tags", String.join(",", all));
        }

        private static TreeSet<String> elements(@Nullable String text) {
            TreeSet<String> elements = new TreeSet<>();
            if (text == null) return elements;
            for (String one : text.split("[^a-z0-9]+")) if (!one.isEmpty()) elements.add(one);
            return elements;
        }

        private void type(int person, Table table, String key, String column, @Nullable String value) {
            tell("person " + person + " types " + value + " over " + table.get(key, column) + " at " + table.number);
            table.edit(key, column, value);
        }

        private void tell(String what) {
            story.append(what).append('\n');
        }

        private void delete(int person, Table table, String key) {
            int there = 0;
            for (Table one : world.tables) if (key(one, person) != null) there++;
            // Who is deleted before they are everywhere is not made where they lack.
            if (there < 2 || there + deleted.get(person).size() < world.tables.size()) return;
            tell("person " + person + " goes from " + table.number);
            table.delete(key);
            deleted.get(person).put(table.number, key);
        }

        private @Nullable String key(Table table, int person) {
            String found = null;
            for (String key : table.rows.keySet()) {
                if (!email(person).equals(table.get(key, "email"))) continue;
                assertThat(found)
                        .as("rows of person %d on table %d", person, table.number)
                        .isNull();
                found = key;
            }
            return found;
        }

        /** One thing that is under way goes on. */
        private void move() {
            Table table = world.tables.get(random.nextInt(3));
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    if (table.stream.isEmpty()) return;
                    tell("heard: " + table.number + " own write "
                            + table.stream.getFirst().ownWrite());
                    world.deliver(table);
                }
                case 2 -> world.permit();
                case 3 -> {
                    if (world.sent.isEmpty()) return;
                    tell("applied: " + world.sent.getFirst());
                    world.apply();
                }
                default -> answer();
            }
        }

        private void answer() {
            if (world.receipts.isEmpty()) return;
            var landed = world.receipts.getFirst();
            tell("answered: " + landed.receipt().write() + " "
                    + landed.receipt().outcome());
            if (random.nextInt(3) == 0) {
                Receipt known = landed.receipt();
                Receipt unclear = new Receipt(
                        known.write(), Receipt.Outcome.UNCLEAR, null, new String[0], "No answer.", -1, world.now);
                world.run(landed.record(), new Message.Landed(landed.record(), unclear));
            } else {
                world.receive();
            }
        }

        void holdsEverywhereWhatWasSaidLast() {
            for (int person = 0; person < PEOPLE; person++) {
                for (Table table : world.tables) {
                    String key = key(table, person);
                    boolean goneForGood = deleted.get(person).containsKey(table.number);
                    assertThat(key == null)
                            .as("person %d is not on %d", person, table.number)
                            .isEqualTo(goneForGood);
                    if (key != null) holds(person, table, key);
                }
            }
        }

        private void holds(int person, Table table, String key) {
            for (String column : PLAIN) {
                assertThat(table.get(key, column))
                        .as("%s of person %d on table %d after%n%s", column, person, table.number, story)
                        .isEqualTo(said.get(person).get(column));
            }
            String consent = said.get(person).get("opt_in");
            if (consent != null) assertThat(table.get(key, "opt_in")).isEqualTo(consent);
            TreeSet<String> tags = elements(said.get(person).get("tags"));
            assertThat(elements(table.get(key, "tags")))
                    .as("tags of %d", person)
                    .isEqualTo(tags);
        }

        void restsForEver() {
            int writes = world.writes();
            world.pass(3_600);
            world.rest();
            for (Table table : world.tables) world.list(table);
            world.rest();
            assertThat(world.writes()).isEqualTo(writes);
            assertThat(world.sent).isEmpty();
        }
    }

    @Test
    void whatWasSaidLastIsHeldEverywhereAndNothingIsWrittenAfter() {
        Seeds.run(AnyOrderTest.class, random -> {
            for (int i = 0; i < RUNS; i++) {
                Run run = new Run(random);
                run.live();
                run.holdsEverywhereWhatWasSaidLast();
                run.restsForEver();
            }
        });
    }
}
