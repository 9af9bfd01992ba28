package dev.lockstep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were taken on. */
public final class Machine {

    private Machine() {}

    public static String words() throws IOException {
        var cpu = field("/proc/cpuinfo", "model name");
        long memoryMb = Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024;
        return "%d cores of %s, %d GB, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        cpu,
                        Math.round(memoryMb / 1024.0),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    private static String field(String file, String name) throws IOException {
        for (var line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return "0 unknown";
    }

    /** How much waits for the processor, over the last minute. */
    public static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    /** Of the checkout; with a plus when it has changes of its own. */
    public static String commit(Path home) throws IOException, InterruptedException {
        return git(home, "rev-parse", "--short", "HEAD")
                + (git(home, "status", "--porcelain", "--", "lockstep", "lockstep-*")
                                .isEmpty()
                        ? ""
                        : "+");
    }

    private static String git(Path home, String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(java.util.List.of("git", "-C", home.toString()));
        command.addAll(java.util.List.of(words));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return out;
    }
}
