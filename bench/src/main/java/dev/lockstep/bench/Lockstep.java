package dev.lockstep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./lockstep}, as a user starts it: one process, whose words are kept in files. */
public final class Lockstep {

    private static final Path PROGRAM = Path.of(System.getProperty("lockstep.home"), "lockstep");
    private static final double TICKS_PER_SECOND = 100;

    private final Path workspace;
    private int runs;

    public Lockstep(Path workspace) {
        this.workspace = workspace;
    }

    /** Writes the workspace file. */
    public static Lockstep in(Path workspace, String yaml) throws IOException {
        Files.createDirectories(workspace);
        Files.writeString(workspace.resolve("lockstep.yaml"), yaml);
        return new Lockstep(workspace);
    }

    /** What a command came to. {@code peakKb}: the most memory that its process held at once. */
    public record Result(int exit, String out, String err, long millis, long peakKb) {
        @Override
        public String toString() {
            return "exit " + exit + " after " + millis + " ms, at most " + peakKb / 1024 + " MB; "
                    + (err.isBlank() ? tail(out) : tail(err));
        }

        private static String tail(String text) {
            var stripped = text.strip();
            return stripped.length() < 600 ? stripped : "…" + stripped.substring(stripped.length() - 600);
        }
    }

    /** A process of Lockstep that goes on. */
    public final class Running {
        private final Process process;
        private final Path out;
        private final Path err;
        private final long began = System.nanoTime();
        private long peakKb;

        private Running(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        public boolean alive() {
            return process.isAlive();
        }

        public ProcessHandle handle() {
            return process.toHandle();
        }

        public String err() throws IOException {
            return Files.readString(err);
        }

        public String out() throws IOException {
            return Files.readString(out);
        }

        /** As {@code kill -9} does, and waits until it is gone. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** As Ctrl-C and {@code kill} do. */
        public boolean stop(long waitMs) throws InterruptedException {
            process.destroy();
            return process.waitFor(waitMs, TimeUnit.MILLISECONDS);
        }

        /** The resident memory now, in kB; 0 when it has ended. */
        public long residentKb() {
            try {
                for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                    if (line.startsWith("VmRSS:")) {
                        return Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            } catch (IOException gone) {
                // Ended since.
            }
            return 0;
        }

        /** Seconds of processor time so far; 0 when it has ended. */
        public double processorSeconds() {
            try {
                var text = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
                var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
                return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
            } catch (IOException gone) {
                return 0;
            }
        }

        /** Peak of the resident memory so far, in kB. */
        public long peakKb() {
            try {
                for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                    if (line.startsWith("VmHWM:")) {
                        peakKb = Math.max(peakKb, Long.parseLong(line.replaceAll("\\D", "")));
                    }
                }
            } catch (IOException gone) {
                // Ended since: what was seen last counts.
            }
            return peakKb;
        }

        /** Waits for its end; after {@code limitMs} it is killed, and its exit code is 137. */
        public Result await(long limitMs) throws IOException, InterruptedException {
            long until = System.nanoTime() + limitMs * 1_000_000;
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                peakKb();
                if (System.nanoTime() > until) {
                    kill();
                }
            }
            return new Result(process.exitValue(), out(), err(), (System.nanoTime() - began) / 1_000_000, peakKb);
        }
    }

    public Running start(String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        runs++;
        var out = workspace.resolve("run-" + runs + "-" + arguments[0] + ".out");
        var err = workspace.resolve("run-" + runs + "-" + arguments[0] + ".err");
        var process = new ProcessBuilder(command)
                .directory(workspace.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err);
    }

    /** Runs a command to its end, at most an hour. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await(3_600_000);
    }

    /** Has the program built and the JVM taught it, so that no run is charged for either. */
    public static void build() throws IOException, InterruptedException {
        int exit = ended(PROGRAM, "--help");
        if (exit != 0) {
            throw new IOException("./lockstep --help ended with " + exit);
        }
        // What it says when it cannot is enough: the program runs without.
        ended(PROGRAM.resolveSibling("packaging").resolve("aot-cache"));
    }

    private static int ended(Path program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
