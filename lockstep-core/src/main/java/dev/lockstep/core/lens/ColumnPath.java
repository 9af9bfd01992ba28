package dev.lockstep.core.lens;

import java.util.ArrayList;
import java.util.List;

/**
 * A column's name in the workspace: {@code attrs.name.first} reaches into JSON and REST bodies; a dot or backslash that
 * belongs to a name is escaped, {@code E\.Mail}.
 *
 * @param segments one at least, none empty; unescaped
 */
public record ColumnPath(List<String> segments) {

    public ColumnPath {
        segments = List.copyOf(segments);
        if (segments.isEmpty() || segments.contains("")) {
            throw new LensException("A column's name is not empty, nor is a part of it between dots.");
        }
    }

    /** @throws LensException when it is empty or has an empty part, or its last backslash escapes nothing */
    public static ColumnPath parse(String written) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\'
                    && i + 1 < written.length()
                    && (written.charAt(i + 1) == '.' || written.charAt(i + 1) == '\\')) {
                i++;
                segment.append(written.charAt(i));
            } else if (c == '\\') {
                throw new LensException("`" + written + "` has a lone backslash: write `\\.` for a dot that belongs to"
                        + " the name, `\\\\` for a backslash.");
            } else if (c == '.') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(segment.toString());
        if (segments.contains("")) {
            throw new LensException(
                    "`" + written + "` has an empty part: write `\\.` for a dot that belongs to the name.");
        }
        return new ColumnPath(segments);
    }

    /** The path of one segment, whatever it holds. */
    public static ColumnPath ofName(String name) {
        return new ColumnPath(List.of(name));
    }

    public String first() {
        return segments.getFirst();
    }

    /** It reaches into the column of its first segment. */
    public boolean isNested() {
        return segments.size() > 1;
    }

    /** As in the workspace: {@link #parse} of it is this. */
    @Override
    public String toString() {
        StringBuilder written = new StringBuilder();
        for (String segment : segments) {
            if (!written.isEmpty()) {
                written.append('.');
            }
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                if (c == '.' || c == '\\') {
                    written.append('\\');
                }
                written.append(c);
            }
        }
        return written.toString();
    }
}
