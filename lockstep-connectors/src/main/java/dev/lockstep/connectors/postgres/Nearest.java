package dev.lockstep.connectors.postgres;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** The nearest of these names, or null when none is near. */
    static @Nullable String of(String meant, Collection<String> names) {
        int most = Math.max(2, meant.length() / 3);
        return names.stream()
                .filter(name -> distance(meant, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(meant, name))
                        .thenComparing(name -> name))
                .orElse(null);
    }

    /** {@code "Did you mean `x`?"}, or the names there are. */
    static String hint(String meant, Collection<String> names) {
        String nearest = of(meant, names);
        if (nearest != null) return "Did you mean `" + nearest + "`?";
        if (names.isEmpty()) return "";
        return "There are: " + String.join(", ", names.stream().limit(30).toList()) + ".";
    }

    /** Edits by one letter from one to the other, case apart. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
