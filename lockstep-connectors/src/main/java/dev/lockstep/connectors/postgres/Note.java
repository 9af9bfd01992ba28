package dev.lockstep.connectors.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What we write into the server's log ahead of our own rows, in the same transaction, so that the stream tells them
 * from other people's: which writes of which platform follow. Also serves as a mark: when the stream shows it, the
 * stream has shown everything committed before it.
 *
 * @param workspace only notes of this workspace are ours
 * @param entries what follows
 */
record Note(String workspace, int platform, List<Entry> entries) {
    /** The prefix of our messages in the log. */
    static final String PREFIX = "lockstep";

    /** One write, or a mark. */
    sealed interface Entry {
        /** The row of that key, as it was before, is ours when it changes. */
        record Changes(long write, String key) implements Entry {}

        /** The next new row is ours. */
        record Creates(long write) implements Entry {}

        record Mark(String name) implements Entry {}
    }

    /** One line for whose it is, then one for each entry: {@code u17 key}, {@code c17}, {@code m…}. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(escaped(workspace)).append('\n').append(platform);
        for (Entry entry : entries) {
            text.append('\n');
            switch (entry) {
                case Entry.Changes(long write, String key) ->
                    text.append('u').append(write).append(' ').append(escaped(key));
                case Entry.Creates(long write) -> text.append('c').append(write);
                case Entry.Mark(String name) -> text.append('m').append(escaped(name));
            }
        }
        return text.toString();
    }

    /** Reads what {@link #text} wrote; null when it is none of ours. */
    static @Nullable Note parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 2) return null;
        try {
            List<Entry> entries = new ArrayList<>(lines.length - 2);
            for (int i = 2; i < lines.length; i++) {
                String rest = lines[i].substring(1);
                switch (lines[i].charAt(0)) {
                    case 'u' -> {
                        int space = rest.indexOf(' ');
                        entries.add(new Entry.Changes(
                                Long.parseLong(rest.substring(0, space)), unescaped(rest.substring(space + 1))));
                    }
                    case 'c' -> entries.add(new Entry.Creates(Long.parseLong(rest)));
                    case 'm' -> entries.add(new Entry.Mark(unescaped(rest)));
                    default -> {
                        return null;
                    }
                }
            }
            return new Note(unescaped(lines[0]), Integer.parseInt(lines[1]), entries);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return null;
        }
    }

    private static String escaped(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\\') < 0
                ? text
                : text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) return text;
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') c = text.charAt(++i) == 'n' ? '\n' : '\\';
            plain.append(c);
        }
        return plain.toString();
    }
}
