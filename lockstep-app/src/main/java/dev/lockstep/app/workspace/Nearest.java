package dev.lockstep.app.workspace;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the right name that a wrong one most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** {@code " Did you mean `columns`?"}, or nothing when no name is near. */
    public static String hint(String wrong, Collection<String> names) {
        String nearest = to(wrong, names);
        return nearest == null ? "" : " Did you mean `" + nearest + "`?";
    }

    /** The same; and where no name is near, all of them. */
    static String hintOrAll(String wrong, Collection<String> names) {
        String hint = hint(wrong, names);
        if (!hint.isEmpty() || names.isEmpty()) return hint;
        return " It is one of " + Options.quoted(List.copyOf(names)) + ".";
    }

    static @Nullable String to(String wrong, Collection<String> names) {
        String lower = wrong.toLowerCase(Locale.ROOT).replace('-', '_');
        String nearest = null;
        int least = (wrong.length() + 2) / 3 + 1;
        for (String name : names) {
            int distance = distance(lower, name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    /** Letters added, dropped, replaced, or swapped with their neighbour: {@code tabel} is 1 from {@code table}. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.length()][b.length()];
    }
}
