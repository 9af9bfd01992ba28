package dev.lockstep.app.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${NAME}} stands for: the process's environment, then {@code .env} beside the workspace.
 * {@code ${NAME:-default}} takes the default where the name is unset or empty; {@code $${NAME}} stays {@code ${NAME}}.
 */
final class Environment {
    private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([^}]*)(}?)");
    private static final Pattern INSIDE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");

    private final Map<String, String> process;
    private final Map<String, String> file = new HashMap<>();

    private Environment(Map<String, String> process) {
        this.process = process;
    }

    /** Of the process and of the {@code .env} in that folder, where there is one. */
    static Environment of(Path folder, Map<String, String> process, Mistakes mistakes) {
        Environment environment = new Environment(process);
        Path dotEnv = folder.resolve(".env");
        if (Files.isRegularFile(dotEnv)) {
            try {
                environment.readLines(Files.readAllLines(dotEnv), mistakes);
            } catch (IOException e) {
                mistakes.add(new Place(".env", 1, 1), "The file cannot be read as UTF-8 text: " + e.getMessage() + ".");
            }
        }
        return environment;
    }

    private void readLines(List<String> lines, Mistakes mistakes) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.strip().startsWith("#")) continue;
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                file.put(matcher.group(1), unquoted(matcher.group(2).strip()));
            } else {
                mistakes.add(new Place(".env", i + 1, 1), "A line here is `NAME=value`, a comment or blank.");
            }
        }
    }

    private static String unquoted(String value) {
        int last = value.length() - 1;
        if (last >= 1 && value.charAt(0) == value.charAt(last) && (value.charAt(0) == '"' || value.charAt(0) == '\'')) {
            return value.substring(1, last);
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }

    /** The text with its references replaced; those that cannot be are mistakes. */
    String replace(String text, Place at, Mistakes mistakes) {
        if (!text.contains("${")) return text;
        return REFERENCE.matcher(text).replaceAll(match -> {
            if (!match.group(1).isEmpty())
                return Matcher.quoteReplacement(match.group().substring(1));
            return Matcher.quoteReplacement(
                    replacement(match.group(2), !match.group(3).isEmpty(), at, mistakes));
        });
    }

    private String replacement(String inside, boolean closed, Place at, Mistakes mistakes) {
        Matcher matcher = INSIDE.matcher(inside);
        if (!closed || !matcher.matches()) {
            mistakes.add(
                    at,
                    "`${" + inside + (closed ? "}" : "") + "` is not understood: write `${NAME}` or"
                            + " `${NAME:-default}`, and `$${` for the characters themselves.");
            return "";
        }
        String name = matcher.group(1);
        String value = value(name);
        boolean hasDefault = matcher.group(2) != null;
        if (hasDefault && (value == null || value.isEmpty())) return matcher.group(3);
        if (value == null) {
            mistakes.add(
                    at,
                    "The environment variable `" + name + "` is not set: set it, or write it in `.env` beside"
                            + " this file." + Nearest.hint(name, file.keySet()));
            return "";
        }
        return value;
    }

    private @Nullable String value(String name) {
        String value = process.get(name);
        return value != null ? value : file.get(name);
    }
}
