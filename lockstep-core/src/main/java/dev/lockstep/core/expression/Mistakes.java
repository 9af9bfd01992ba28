package dev.lockstep.core.expression;

import java.util.Collection;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** CEL's messages in the words of the workspace's author, with a remedy where one is known. */
final class Mistakes {

    private static final String UNDECLARED = "undeclared reference to '";
    private static final String NO_OVERLOAD = "found no matching overload for '";
    private static final int FAR = 3;

    private Mistakes() {}

    static String explained(String message, Collection<String> known, Collection<String> audiences) {
        if (message.startsWith(UNDECLARED)) {
            String name = message.substring(UNDECLARED.length(), message.indexOf('\'', UNDECLARED.length()));
            if (name.startsWith(Environment.AUDIENCE)) {
                String audience = name.substring(Environment.AUDIENCE.length());
                return "There is no audience `" + audience + "`" + didYouMean(audience, audiences);
            }
            return "There is no field `" + name + "`" + didYouMean(name, known);
        }
        if (message.startsWith(NO_OVERLOAD)) {
            int candidates = message.indexOf(" (candidates:");
            return overload(candidates < 0 ? message : message.substring(0, candidates));
        }
        return message;
    }

    /** The end of a sentence: {@code ": did you mean `vip`?"}, or the names there are. */
    static String didYouMean(String name, Collection<String> known) {
        String nearest = nearest(name, known);
        if (nearest != null) {
            return ": did you mean `" + nearest + "`?";
        }
        return known.isEmpty() ? "; there are none." : "; there are " + String.join(", ", known) + ".";
    }

    private static @Nullable String nearest(String name, Collection<String> known) {
        LevenshteinDistance distance = new LevenshteinDistance(FAR);
        String nearest = null;
        int least = Math.min(FAR, (name.length() + 1) / 2) + 1;
        for (String other : known) {
            int apart = distance.apply(name, other);
            if (apart >= 0 && apart < least) {
                least = apart;
                nearest = other;
            }
        }
        return nearest;
    }

    /** {@code found no matching overload for '_*_' applied to '(double, int)'} */
    private static String overload(String message) {
        String operator = message.substring(NO_OVERLOAD.length(), message.indexOf('\'', NO_OVERLOAD.length()));
        int from = message.indexOf("'(");
        String types = from < 0 ? "" : message.substring(from + 2, message.lastIndexOf(')'));
        String spelled = operator.replace("_", " ").strip();
        String remedy = "";
        if (types.contains("consent")) {
            remedy = ": compare a consent with granted, withdrawn or unset, without quotes";
        } else if (types.equals("double, int") || types.equals("int, double")) {
            remedy = ": write whole numbers with a point, as in 2.0";
        } else if (types.contains("double") && types.contains("string")) {
            remedy = ": make a text of the number with string()";
        }
        return "`" + spelled + "` does not take " + types + remedy + ".";
    }
}
