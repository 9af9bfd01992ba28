package dev.lockstep.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code --people 1000 --short}: each has a default, and one that nobody asks for is a mistake. */
public final class Options {

    private final Map<String, String> given = new HashMap<>();
    private final TreeSet<String> unused = new TreeSet<>();

    Options(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).startsWith("--")) {
                throw new IllegalArgumentException("options are --name value, or --name alone: " + words);
            }
            var name = words.get(i).substring(2);
            boolean alone = i + 1 == words.size() || words.get(i + 1).startsWith("--");
            given.put(name, alone ? "yes" : words.get(++i));
            unused.add(name);
        }
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    /** Whether {@code --name} is there, alone. */
    public boolean flag(String name) {
        return text(name, "no").equals("yes");
    }

    public String text(String name, String otherwise) {
        unused.remove(name);
        return given.getOrDefault(name, otherwise);
    }

    /** Where a run keeps its databases and workspace: a new folder, left behind when a run fails. */
    public Path folder(String program) {
        var path = text("folder", "");
        return path.isEmpty()
                ? Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "lockstep-bench",
                        program + "-" + ProcessHandle.current().pid())
                : Path.of(path).toAbsolutePath();
    }

    void refuseUnused() {
        if (!unused.isEmpty()) {
            System.err.println("Not used by this program: " + unused);
        }
    }
}
