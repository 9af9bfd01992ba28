package dev.lockstep.simulator.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One planted defect of the core, as a file {@code NAME.mutant} says it:
 *
 * <pre>
 * wrong: one sentence of what is wrong
 * promise: which promise it breaks
 * file: edit/Claims.java
 * within: 200
 * options: --streams-only
 * --- before
 * the text as it is
 * --- after
 * the text as it is to be
 * </pre>
 *
 * @param name the file's name
 * @param wrong what is wrong
 * @param promise which promise it breaks
 * @param file the source, under the core's package
 * @param within of so many fresh seeds one has to break; 300 where the file does not say
 * @param options how the seeds are run: see {@link OneSeed}
 * @param survives why no seed breaks, for one that is known to survive; else empty
 * @param before stands in the source exactly once, white space apart
 * @param after stands there instead
 */
record Mutant(
        String name,
        String wrong,
        String promise,
        String file,
        int within,
        String options,
        String survives,
        String before,
        String after) {
    private static final String SUFFIX = ".mutant";
    private static final int WITHIN = 300;
    private static final Pattern PARTS =
            Pattern.compile("(?s)(.*?)^--- before\\n(.*)^--- after\\n(.*)", Pattern.MULTILINE);

    /** Those of a folder, by name. */
    static List<Mutant> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Mutant> all = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) all.add(read(name.replace(SUFFIX, ""), Files.readString(file)));
            }
            return all;
        }
    }

    private static Mutant read(String name, String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException(name + ": no `--- before` and `--- after`");
        TreeMap<String, String> heads = new TreeMap<>();
        for (String line :
                parts.group(1).lines().filter(line -> !line.isBlank()).toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) throw new IllegalArgumentException(name + ": what is `" + line + "`?");
            heads.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Mutant(
                name,
                head(name, heads, "wrong"),
                head(name, heads, "promise"),
                head(name, heads, "file"),
                Integer.parseInt(heads.getOrDefault("within", "" + WITHIN)),
                heads.getOrDefault("options", ""),
                heads.getOrDefault("survives", ""),
                parts.group(2).strip(),
                parts.group(3).strip());
    }

    private static String head(String name, TreeMap<String, String> heads, String key) {
        String value = heads.get(key);
        if (value == null) throw new IllegalArgumentException(name + ": it does not say `" + key + ":`");
        return value;
    }

    /** The source with the defect in it. */
    String plant(String source) {
        String words = Arrays.stream(before.split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+"));
        Matcher found = Pattern.compile(words).matcher(source);
        if (!found.find()) throw new IllegalArgumentException(name + ": " + file + " does not say `" + before + "`");
        String planted = source.substring(0, found.start()) + after + source.substring(found.end());
        if (found.find()) throw new IllegalArgumentException(name + ": " + file + " says it more than once");
        return planted;
    }
}
