package dev.lockstep.app.workspace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of the file as it is written, with its place. Nothing is converted: {@code 12e5} stays a text. */
sealed interface Yaml {

    Place at();

    /** How many nodes it stands for, aliases followed. */
    long size();

    /**
     * A scalar.
     *
     * @param text with {@code ${ENV}} replaced
     * @param written as it stands in the file: the one to show, since the text may hold a secret
     */
    record Text(String text, String written, Place at) implements Yaml {
        @Override
        public long size() {
            return 1;
        }
    }

    /** {@code null}, {@code ~}, or nothing at all after the colon. */
    record Nothing(Place at) implements Yaml {
        @Override
        public long size() {
            return 1;
        }
    }

    record Mapping(List<Entry> entries, Place at, long size) implements Yaml {
        @Nullable
        Entry entry(String name) {
            for (Entry entry : entries) {
                if (entry.key.written.equals(name)) return entry;
            }
            return null;
        }
    }

    record Entry(Text key, Yaml value) {}

    record Sequence(List<Yaml> items, Place at, long size) implements Yaml {}

    /** What it is, for messages. */
    default String kind() {
        return switch (this) {
            case Text text -> "a single value";
            case Nothing nothing -> "nothing";
            case Mapping mapping -> "a mapping";
            case Sequence sequence -> "a list";
        };
    }
}
