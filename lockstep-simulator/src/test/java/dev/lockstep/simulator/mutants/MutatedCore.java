package dev.lockstep.simulator.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * All of Lockstep's classes once more, with those of one source compiled from another text. Nothing in the product
 * knows of it: what is mutated is the text, and what runs is the same simulator.
 */
final class MutatedCore extends ClassLoader {
    private static final String OURS = "dev.lockstep.";
    private static final String SOURCES = "lockstep-core/src/main/java/dev/lockstep/core/";

    private final Map<String, byte[]> compiled;

    private MutatedCore(Map<String, byte[]> compiled) {
        super(MutatedCore.class.getClassLoader());
        this.compiled = compiled;
    }

    /** Runs seeds by the core as it is, and answers as {@link OneSeed} does. */
    static LongFunction<List<String>> asItIs(String options) {
        return new MutatedCore(Map.of()).seeds(OneSeed.class, options);
    }

    /** As {@link #asItIs}, by the core with this defect. */
    static LongFunction<List<String>> with(Mutant mutant) throws IOException {
        return new MutatedCore(compile(mutant, source(mutant))).seeds(OneSeed.class, mutant.options());
    }

    /** How often consents were changed, stood and were lost, by the core with this defect. */
    static LongFunction<Map<String, Long>> consents(Mutant mutant) throws IOException {
        return new MutatedCore(compile(mutant, source(mutant))).seeds(ConsentSeed.class, mutant.options());
    }

    /** Of a defect in the simulated host the file begins at the top. */
    static Path source(Mutant mutant) {
        boolean ofCore = !mutant.file().startsWith("lockstep-");
        return root().resolve(ofCore ? SOURCES + mutant.file() : mutant.file());
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) folder = folder.getParent();
        return folder;
    }

    @SuppressWarnings("unchecked")
    private <T> LongFunction<T> seeds(Class<? extends LongFunction<T>> runner, String options) {
        try {
            return (LongFunction<T>)
                    loadClass(runner.getName()).getConstructor(String.class).newInstance(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot run seeds: " + e.getCause(), e);
        }
    }

    // ---- loading

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = compiled.get(name);
        if (bytes == null) bytes = asBuilt(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte @Nullable [] asBuilt(String name) {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- compiling

    private static Map<String, byte[]> compile(Mutant mutant, Path source) throws IOException {
        String text = mutant.plant(Files.readString(source));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (Kept kept = new Kept(compiler.getStandardFileManager(said, null, null))) {
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-parameters", "-cp", System.getProperty("java.class.path"));
            JavaFileObject unit = new SimpleJavaFileObject(source.toUri(), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
            if (!compiler.getTask(null, kept, said, options, null, List.of(unit))
                    .call()) {
                throw new IllegalArgumentException(mutant.name() + " does not compile: " + said.getDiagnostics());
            }
            Map<String, byte[]> classes = new TreeMap<>();
            kept.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    /** Keeps what the compiler writes. */
    private static final class Kept extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

        Kept(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("kept:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
