package dev.lockstep.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of the house that a formatter cannot keep; STYLE.md says why. Reads every module's sources, as text and as
 * javac parses them; each message says what to do instead.
 */
class TidyTest {

    private static final int FILE_LINES = 500;
    private static final int METHOD_LINES = 60;
    private static final int COLUMNS = 120;

    /** What may break a rule, and why. The list only shrinks: an entry that is no longer needed fails the test too. */
    private static final List<Exempt> EXCEPTIONS = List.of();

    /** Lower it whenever an exception goes. */
    private static final int EXCEPTIONS_AT_MOST = 0;

    /** {@code file} may break {@code rule}, in the whole file. */
    record Exempt(Rule rule, String file, String reason) {}

    enum Rule {
        FILE_LENGTH,
        METHOD_LENGTH,
        COLUMNS,
        TYPE_NAME,
        LEFTOVER,
        BANNED_EVERYWHERE,
        BANNED_IN_CORE
    }

    /** Code that is banned, as javac prints it, and what to use instead. */
    record Ban(Pattern code, String instead) {
        static Ban of(String code, String instead) {
            return new Ban(Pattern.compile(code), instead);
        }
    }

    /** Names that say a role, where the thing should be named. */
    private static final Pattern ROLE_NAMES =
            Pattern.compile("^(Abstract|Base|Manager|Utils?|Helper|Handler|Service|Impl)([A-Z].*)?$"
                    + "|.*(Manager|Utils?|Helper|Handler|Service|Impl)$");

    private static final Pattern LEFTOVERS = Pattern.compile("\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b");

    private static final List<Ban> BANNED_EVERYWHERE = List.of(
            Ban.of(
                    "org\\.(mockito|easymock|powermock)\\..*",
                    "no mocks: test against the real thing, assert the state of the world"),
            Ban.of(".*\\.printStackTrace", "log the exception, or tell the user in a sentence what to do"),
            Ban.of(
                    "java\\.util\\.(Vector|Hashtable|Stack|Date|Calendar|Timer)",
                    "use List, Map, Deque, java.time, a virtual thread"));

    private static final List<Ban> BANNED_IN_CORE = List.of(
            Ban.of(
                    "(.*\\.)?(System\\.(currentTimeMillis|nanoTime)"
                            + "|(Instant|LocalDate|LocalDateTime|LocalTime|OffsetDateTime|ZonedDateTime|Year)\\.now"
                            + "|Clock\\.system\\w*)",
                    "the core has no clock: take `Instant now` as an argument"),
            Ban.of(
                    "(.*\\.)?(UUID\\.randomUUID|Math\\.random|(ThreadLocal|Secure)?Random|Collections\\.shuffle)",
                    "the core has no randomness: take ids as arguments, or derive them from the record"),
            Ban.of(
                    "(.*\\.)?(System\\.(getenv|getProperty|out|err|in)|Locale\\.getDefault|ZoneId\\.systemDefault)",
                    "the core does not know its machine: take it as an argument, or Locale.ROOT, ZoneOffset.UTC"),
            Ban.of(
                    "(.*\\.)?(Thread|ThreadLocal|CompletableFuture|Executors?)|java\\.util\\.concurrent\\..*",
                    "the core has no threads: answer with messages, and let the host run them"),
            Ban.of(".*\\.(parallelStream|parallel)", "the core has no threads: use a plain stream"),
            Ban.of(
                    "(.*\\.)?(HashMap|HashSet|IdentityHashMap|WeakHashMap)",
                    "its order differs between runs: use TreeMap, TreeSet, LinkedHashMap or LinkedHashSet"),
            Ban.of(
                    "(.*\\.)?Collectors\\.(toSet|toUnmodifiableSet|groupingByConcurrent|toConcurrentMap)",
                    "its order differs between runs: use Collectors.toCollection(TreeSet::new)"),
            Ban.of(
                    "javax?\\.(io|nio\\.file|nio\\.channels|sql)(\\..*)?"
                            + "|javax?\\.net\\.(?!(URI|URISyntaxException|IDN)$).*",
                    "the core does no input or output: take the value as an argument, answer with a message"),
            Ban.of(
                    "org\\.slf4j\\..*|java\\.util\\.logging\\..*",
                    "the core does not log: answer with a Fact for the history"));

    /** Sets and maps whose order differs with every start of the JVM. Fine in a constant only asked `contains`. */
    private static final Ban UNORDERED_IN_CORE = Ban.of(
            "(.*\\.)?(Set|Map)\\.(of|ofEntries|copyOf)",
            "its order differs between runs: use List.of, or Collections.unmodifiableSet of a TreeSet or LinkedHashSet"
                    + " (fine in a private static final field that is only asked contains or get)");

    record Violation(Rule rule, String file, long line, String message) {
        @Override
        public String toString() {
            return file + ":" + line + ": " + message;
        }
    }

    private static List<Violation> found;

    @BeforeAll
    static void readEverySource() throws IOException {
        Path root = root();
        List<Path> sources = sources(root);
        assertThat(sources).as("sources under " + root).hasSizeGreaterThan(5);
        found = new ArrayList<>();
        for (Path source : sources) {
            checkText(root, source);
        }
        checkTrees(root, sources);
    }

    @Test
    void theHouseIsTidy() {
        List<Violation> violations = found.stream()
                .filter(violation -> EXCEPTIONS.stream().noneMatch(exempt -> covers(exempt, violation)))
                .toList();
        assertThat(violations).as("what breaks the rules of the house").isEmpty();
    }

    @Test
    void everyExceptionIsStillNeeded() {
        List<Exempt> stale = EXCEPTIONS.stream()
                .filter(exempt -> found.stream().noneMatch(violation -> covers(exempt, violation)))
                .toList();
        assertThat(stale)
                .as("exceptions nobody needs any more: take them off the list")
                .isEmpty();
        assertThat(EXCEPTIONS).as("the list of exceptions only shrinks").hasSize(EXCEPTIONS_AT_MOST);
        assertThat(EXCEPTIONS)
                .as("each exception has a reason")
                .noneMatch(exempt -> exempt.reason().isBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "ConnectionManager, true",
        "StringUtils, true",
        "AbstractConnector, true",
        "BaseConnector, true",
        "RecordImpl, true",
        "ServiceRegistry, true",
        "Baseline, false",
        "Database, false",
        "Utility, false",
        "Implication, false",
        "Handle, false"
    })
    void namesOfRolesAreTold(String name, boolean banned) {
        assertThat(ROLE_NAMES.matcher(name).matches()).isEqualTo(banned);
    }

    private static boolean covers(Exempt exempt, Violation violation) {
        return exempt.rule() == violation.rule() && exempt.file().equals(violation.file());
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.filter(module -> module.getFileName().toString().startsWith("lockstep-"))
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(TidyTest::files)
                    .filter(file -> file.toString().matches(".*\\.(java|js|css|html|sql)"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkText(Path root, Path source) throws IOException {
        String file = root.relativize(source).toString();
        List<String> lines = Files.readAllLines(source);
        if (lines.size() >= FILE_LINES) {
            found.add(new Violation(
                    Rule.FILE_LENGTH,
                    file,
                    lines.size(),
                    lines.size() + " lines, " + FILE_LINES
                            + " is too many: find the second thing in this file, and name it"));
        }
        // What a text block holds is content, such as a table of examples, and as wide as it is.
        boolean inTextBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains("\"\"\"")) inTextBlock = !inTextBlock;
            if (line.length() > COLUMNS && file.endsWith(".java") && !inTextBlock && !line.contains("://")) {
                found.add(new Violation(
                        Rule.COLUMNS,
                        file,
                        i + 1,
                        line.length() + " columns, more than " + COLUMNS + ": break the line"));
            }
            if (LEFTOVERS.matcher(line).find()) {
                found.add(new Violation(
                        Rule.LEFTOVER, file, i + 1, "a leftover: do it now, or open an issue and take the note out"));
            }
        }
    }

    private static void checkTrees(Path root, List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java = sources.stream()
                    .filter(source -> source.toString().endsWith(".java"))
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
                new Reader(file, unit, positions).scan(unit, null);
            }
        }
    }

    /** Walks one file's tree and notes what breaks a rule. */
    private static final class Reader extends TreeScanner<Void, Void> {
        private final String file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final boolean core;
        private final Set<String> told = new LinkedHashSet<>();
        private boolean inConstant;

        Reader(String file, CompilationUnitTree unit, SourcePositions positions) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.core = file.startsWith("lockstep-core/src/main/");
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            String name = type.getSimpleName().toString();
            if (ROLE_NAMES.matcher(name).matches()) {
                tell(Rule.TYPE_NAME, type, name + " names a role: name the thing, by a noun you can say in a sentence");
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long lines = line(positions.getEndPosition(unit, method.getBody()))
                        - line(positions.getStartPosition(unit, method.getBody()))
                        + 1;
                if (lines >= METHOD_LINES) {
                    String what = method.getName() + " has " + lines + " lines, " + METHOD_LINES + " is too many";
                    tell(
                            Rule.METHOD_LENGTH,
                            method.getBody(),
                            what + ": let it tell the story, and move the details below it");
                }
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            boolean outer = inConstant;
            inConstant |= variable.getModifiers()
                    .getFlags()
                    .containsAll(Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL));
            super.visitVariable(variable, nothing);
            inConstant = outer;
            return null;
        }

        @Override
        public Void visitImport(ImportTree imported, Void nothing) {
            String name = imported.getQualifiedIdentifier().toString();
            if (name.endsWith(".*")) {
                tell(
                        Rule.BANNED_EVERYWHERE,
                        imported,
                        name + ": import each name, so that a reader sees where it comes from");
            }
            return super.visitImport(imported, nothing);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
            return null;
        }

        @Override
        public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
            checkCode(identifier);
            return super.visitIdentifier(identifier, nothing);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
            checkCode(select);
            return super.visitMemberSelect(select, nothing);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            String code = call.getMethodSelect().toString();
            // Of one element, or of none, there is only one order.
            int few = code.endsWith("Set.of") ? 1 : code.endsWith("Map.of") ? 2 : 0;
            if (core && !inConstant && (few == 0 || call.getArguments().size() > few)) {
                checkBans(Rule.BANNED_IN_CORE, List.of(UNORDERED_IN_CORE), call, code);
            }
            return super.visitMethodInvocation(call, nothing);
        }

        private void checkCode(Tree tree) {
            String code = tree.toString();
            checkBans(Rule.BANNED_EVERYWHERE, BANNED_EVERYWHERE, tree, code);
            if (core) {
                checkBans(Rule.BANNED_IN_CORE, BANNED_IN_CORE, tree, code);
            }
        }

        private void checkBans(Rule rule, List<Ban> bans, Tree tree, String code) {
            for (Ban ban : bans) {
                if (ban.code().matcher(code).matches()) {
                    tell(rule, tree, code + ": " + ban.instead());
                }
            }
        }

        /** Once for each line and rule: `java.util.HashMap` is both a name and the name at its end. */
        private void tell(Rule rule, Tree tree, String message) {
            long line = line(positions.getStartPosition(unit, tree));
            if (told.add(rule + ":" + line)) {
                found.add(new Violation(rule, file, line, message));
            }
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
