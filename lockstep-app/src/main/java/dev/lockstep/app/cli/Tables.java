package dev.lockstep.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Columns that line up, and figures as people read them. */
final class Tables {
    private Tables() {}

    /** Lines of cells padded to their columns' widths; numbers stand to the right. */
    static List<String> lines(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String padding = " ".repeat(widths[i] - cell.length());
                boolean number = i > 0 && rows.size() > 1 && rightAligned(rows, i);
                line.append(number ? padding + cell : cell + padding).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** All below the heading are figures. */
    private static boolean rightAligned(List<List<String>> rows, int column) {
        return rows.stream()
                .skip(1)
                .allMatch(row -> row.size() <= column || row.get(column).matches("[-0-9,. ms%–]*"));
    }

    /** {@code 340 ms}, {@code 12.4 s}, {@code 3 min 20 s}. */
    static String millis(long millis) {
        if (millis < 1000) return millis + " ms";
        if (millis < 120_000) return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        return millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
    }

    /** The sentence, with the platform's name before it unless it says it itself. */
    static String about(String platform, String sentence) {
        return sentence.contains("`" + platform + "`") ? sentence : platform + ": " + sentence;
    }

    /** {@code "Ada"}, or {@code (blank)}. */
    static String quoted(@Nullable String raw) {
        return raw == null || raw.isEmpty() ? "(blank)" : "\"" + raw + "\"";
    }
}
