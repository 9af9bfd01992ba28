package dev.lockstep.core.normalise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL array of one dimension in its text form: {@code {a,"b c",NULL}}. */
public final class ArrayLiteral {

    private ArrayLiteral() {}

    /**
     * The elements without the nulls.
     *
     * @return null when it is no array literal of one dimension
     */
    public static @Nullable List<String> elements(String literal) {
        int from = literal.startsWith("[") ? literal.indexOf("={") + 1 : 0; // [2:3]={a,b}: bounds other than 1
        int end = literal.length() - 1;
        if (end <= from || literal.charAt(from) != '{' || literal.charAt(end) != '}') {
            return null;
        }
        List<String> elements = new ArrayList<>();
        int at = afterSpace(literal, from + 1);
        if (at == end) {
            return elements;
        }
        StringBuilder element = new StringBuilder();
        while (true) {
            element.setLength(0);
            at = afterSpace(literal, at);
            boolean quoted = literal.charAt(at) == '"';
            at = quoted ? readQuoted(literal, at + 1, end, element) : readBare(literal, at, end, element);
            if (at < 0) {
                return null;
            }
            if (quoted || !element.toString().equalsIgnoreCase("NULL")) {
                elements.add(element.toString());
            }
            if (at == end) {
                return elements;
            }
            at++; // the comma
        }
    }

    /** The literal of these elements, every one in quotes that needs them. */
    public static String of(Collection<String> elements) {
        StringBuilder literal = new StringBuilder("{");
        for (String element : elements) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            append(literal, element);
        }
        return literal.append('}').toString();
    }

    private static void append(StringBuilder literal, String element) {
        if (!needsQuotes(element)) {
            literal.append(element);
            return;
        }
        literal.append('"');
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\');
            }
            literal.append(c);
        }
        literal.append('"');
    }

    private static boolean needsQuotes(String element) {
        if (element.isEmpty() || element.equalsIgnoreCase("NULL")) {
            return true;
        }
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c <= ' ' || c == ',' || c == '{' || c == '}' || c == '"' || c == '\\') {
                return true;
            }
        }
        return false;
    }

    /** To the comma or brace after the element; -1 when the quotes do not close. */
    private static int readQuoted(String literal, int from, int end, StringBuilder element) {
        for (int at = from; at < end; at++) {
            char c = literal.charAt(at);
            if (c == '"') {
                int next = afterSpace(literal, at + 1);
                return next == end || literal.charAt(next) == ',' ? next : -1;
            }
            if (c == '\\') {
                at++;
            }
            element.append(literal.charAt(at));
        }
        return -1;
    }

    /** To the comma or brace after the element; -1 when it is empty or another array. */
    private static int readBare(String literal, int from, int end, StringBuilder element) {
        int at = from;
        for (; at < end && literal.charAt(at) != ','; at++) {
            char c = literal.charAt(at);
            if (c == '{' || c == '}' || c == '"') {
                return -1;
            }
            if (c == '\\' && at + 1 < end) {
                at++;
            }
            element.append(literal.charAt(at));
        }
        while (!element.isEmpty() && isSpace(element.charAt(element.length() - 1))) {
            element.setLength(element.length() - 1);
        }
        return element.isEmpty() ? -1 : at;
    }

    private static int afterSpace(String literal, int from) {
        int at = from;
        while (at < literal.length() - 1 && isSpace(literal.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= 0x9 && c <= 0xD);
    }
}
