package dev.lockstep.connectors.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record's key as one text. A key of one column is that column's text as it stands. A key of several is their texts
 * joined by {@code |}, a {@code |} or {@code \} within one preceded by {@code \}: {@code ("de", "a|b") -> de|a\|b}.
 */
final class KeyText {
    private KeyText() {}

    static String join(List<@Nullable String> parts) {
        if (parts.size() == 1) return String.valueOf(parts.getFirst());
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) joined.append('|');
            String part = String.valueOf(parts.get(i));
            for (int c = 0; c < part.length(); c++) {
                char at = part.charAt(c);
                if (at == '|' || at == '\\') joined.append('\\');
                joined.append(at);
            }
        }
        return joined.toString();
    }

    /** @return as many parts as the key has columns; missing ones empty */
    static List<String> split(String key, int columns) {
        if (columns == 1) return List.of(key);
        List<String> parts = new ArrayList<>(columns);
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char at = key.charAt(i);
            if (at == '\\' && i + 1 < key.length()) {
                part.append(key.charAt(++i));
            } else if (at == '|' && parts.size() < columns - 1) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(at);
            }
        }
        parts.add(part.toString());
        while (parts.size() < columns) parts.add("");
        return parts;
    }
}
