package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.List;

/** What a run finds: a line for each check as it is made, and whether all held. */
public final class Report {

    private final long began = System.nanoTime();
    private final List<String> failures = new ArrayList<>();
    private int checks;

    /** Something worth knowing that is neither right nor wrong. */
    public void say(String line) {
        System.out.printf("%7.1f s  %s%n", (System.nanoTime() - began) / 1e9, line);
        System.out.flush();
    }

    public void check(boolean holds, String what) {
        check(holds, what, List.of());
    }

    /** @param samples what speaks against it; the first few are printed */
    public void check(boolean holds, String what, List<String> samples) {
        checks++;
        say((holds ? "ok    " : "FAILS ") + what);
        if (!holds) {
            failures.add(what);
            samples.stream().limit(12).forEach(sample -> say("        " + sample));
            if (samples.size() > 12) {
                say("        … and " + (samples.size() - 12) + " more");
            }
        }
    }

    /** Holds when nothing speaks against it. */
    public void none(List<String> samples, String what) {
        check(samples.isEmpty(), what + (samples.isEmpty() ? "" : ": " + samples.size() + " do not"), samples);
    }

    boolean close() {
        say(
                failures.isEmpty()
                        ? "all " + checks + " checks hold"
                        : failures.size() + " of " + checks + " checks fail: " + String.join("; ", failures));
        return failures.isEmpty();
    }
}
