package dev.lockstep.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.core.normalise.Seeds;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A map as any other, sorted, beside one that the JDK brings. */
class FieldMapTest {
    private static final int DEEDS = 3_000;
    private static final int FIELDS = 12;

    private final FieldMap<String> map = new FieldMap<>();
    private final TreeMap<Integer, String> plain = new TreeMap<>();

    @Test
    void itHoldsWhatAnyMapWouldHold() {
        Seeds.run(FieldMapTest.class, random -> {
            for (int i = 0; i < DEEDS; i++) {
                deed(random);
                assertThat(map).isEqualTo(plain).hasSize(plain.size());
                assertThat(map.toString()).isEqualTo(plain.toString());
                TreeMap<Integer, String> met = new TreeMap<>();
                map.forEach(met::put);
                assertThat(met).isEqualTo(plain);
                assertThat(map.containsKey(3)).isEqualTo(plain.containsKey(3));
                assertThat(map.get(FIELDS + 5)).isNull();
            }
        });
    }

    private void deed(Random random) {
        int field = random.nextInt(FIELDS);
        int changes = map.changes();
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                assertThat(map.put(field, "v" + random.nextInt(5))).isEqualTo(plain.get(field));
                plain.put(field, map.getOrDefault(field, "nothing"));
                assertThat(map.changes()).isEqualTo(changes + 1);
            }
            case 2 -> {
                boolean there = plain.containsKey(field);
                assertThat(map.remove(field)).isEqualTo(plain.remove(field));
                assertThat(map.changes()).isEqualTo(there ? changes + 1 : changes);
            }
            default -> byItsEntries(random);
        }
    }

    private void byItsEntries(Random random) {
        Iterator<Map.Entry<Integer, String>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Integer, String> entry = entries.next();
            int what = random.nextInt(6);
            if (what == 0) {
                entries.remove();
                plain.remove(entry.getKey());
            } else if (what == 1) {
                assertThat(entry.setValue("changed")).isEqualTo(plain.get(entry.getKey()));
                assertThat(entry.getValue()).isEqualTo("changed");
                plain.put(entry.getKey(), "changed");
            }
        }
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }
}
