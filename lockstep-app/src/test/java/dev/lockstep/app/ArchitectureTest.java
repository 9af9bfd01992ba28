package dev.lockstep.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Who may import whom. Dependencies point one way: {@code core <- spi <- { connectors, engine, simulator } <- app};
 * siblings never import each other.
 *
 * <p>A failure here is a question about the design, not about the table: a decision that needs a clock belongs in a
 * host, and what two siblings share belongs in {@code spi}.
 */
class ArchitectureTest {

    /** A module, the modules it may import, and the libraries it may import beyond {@link #EVERYWHERE}. */
    record Layer(String module, List<String> modules, List<String> libraries) {}

    private static final List<String> ANY = List.of("*..");

    static final List<Layer> LAYERS = List.of(
            new Layer(
                    "core",
                    List.of(),
                    List.of(
                            "com.google.i18n.phonenumbers..",
                            "com.google.common.collect..", // in CEL's signatures
                            "dev.cel..",
                            "org.apache.commons.text..",
                            "org.apache.commons.validator..",
                            "tools.jackson..",
                            "com.fasterxml.jackson.annotation..")),
            new Layer("spi", List.of("core"), List.of("java..", "javax..", "org.slf4j..")),
            new Layer("connectors", List.of("core", "spi"), ANY),
            new Layer("engine", List.of("core", "spi"), ANY),
            new Layer("simulator", List.of("core", "spi"), List.of("java..")),
            new Layer("app", List.of("core", "spi", "connectors", "engine", "simulator"), ANY));

    /** What only computes: no input or output, no clock of its own to speak of, no threads. */
    private static final List<String> EVERYWHERE = List.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.text",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.random",
            "java.util.regex",
            "java.util.stream",
            "java.util.zip",
            "org.jspecify..");

    /** What only computes, though its neighbours do not; and primitives, which have no package. */
    private static final DescribedPredicate<JavaClass> HARMLESS = DescribedPredicate.describe(
            "harmless",
            type -> type.getBaseComponentType().isPrimitive()
                    || List.of("java.net.URI", "java.net.URISyntaxException", "java.net.IDN")
                            .contains(type.getBaseComponentType().getName()));

    private static final JavaClasses LOCKSTEP = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lockstep");

    @ParameterizedTest
    @FieldSource("LAYERS")
    void modulesImportOnlyTheModulesBelowThem(Layer layer) {
        String[] allowed = Stream.concat(Stream.of(layer.module()), layer.modules().stream())
                .map(ArchitectureTest::packagesOf)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAnyPackage(packagesOf(layer.module())))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.lockstep..").and(resideOutsideOfPackages(allowed)))
                .because("dependencies point one way; what siblings share belongs in spi")
                .allowEmptyShould(true)
                .check(LOCKSTEP);
    }

    @ParameterizedTest
    @FieldSource("LAYERS")
    void modulesImportOnlyTheLibrariesTheyAreGranted(Layer layer) {
        String[] allowed = Stream.of(List.of("dev.lockstep.."), EVERYWHERE, layer.libraries())
                .flatMap(List::stream)
                .toArray(String[]::new);
        classes()
                .that(resideInAnyPackage(packagesOf(layer.module())))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(HARMLESS))
                .because("a library is granted to a module in this table, and core is granted only those that compute")
                .allowEmptyShould(true)
                .check(LOCKSTEP);
    }

    private static String packagesOf(String module) {
        return "dev.lockstep." + module + "..";
    }
}
