package dev.lockstep.core.expression;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.lockstep.core.normalise.FieldType;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an expression may name, and what its mistakes mean. */
final class Environment {

    static final String NOW = "now";

    /** Names of audiences as CEL's checker sees them; no author can write a name with @. */
    static final String AUDIENCE = "@audience:";

    private static final List<String> CONSENTS = List.of("granted", "withdrawn", "unset");
    private static final Set<String> OURS =
            new TreeSet<>(List.of(NOW, "days", "in_audience", "granted", "withdrawn", "unset"));

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true) // spent > 1000
            .comprehensionMaxIterations(10_000)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(60)
            .build();

    private final SortedSet<String> audiences;
    private final Map<String, FieldType> fields;
    private final Cel cel;

    /** @throws ExpressionException when a field has the name of something of ours */
    Environment(Map<String, FieldType> fields, Collection<String> audiences) {
        this.fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        this.audiences = Collections.unmodifiableSortedSet(new TreeSet<>(audiences));
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(CelMacro.newGlobalMacro("in_audience", 1, Environment::audience))
                .addVar(NOW, SimpleType.TIMESTAMP)
                .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        "days", CelOverloadDecl.newGlobalOverload("days_int", SimpleType.DURATION, SimpleType.INT)))
                .addFunctionBindings(CelFunctionBinding.from("days_int", Long.class, Duration::ofDays));
        for (String consent : CONSENTS) {
            builder.addVar(consent, Types.CONSENT);
        }
        for (String audience : this.audiences) {
            builder.addVar(AUDIENCE + audience, SimpleType.BOOL);
        }
        for (Map.Entry<String, FieldType> field : this.fields.entrySet()) {
            if (OURS.contains(field.getKey())) {
                throw new ExpressionException(
                        "A field cannot be called `" + field.getKey()
                                + "`, which means something else in expressions: rename it.",
                        1,
                        1);
            }
            builder.addVar(field.getKey(), Types.celType(field.getValue()));
        }
        this.cel = builder.build();
    }

    Cel cel() {
        return cel;
    }

    Map<String, FieldType> fields() {
        return fields;
    }

    Set<String> fieldsIn(CelAbstractSyntaxTree tree) {
        Set<String> named = new TreeSet<>(namesIn(tree));
        named.retainAll(fields.keySet());
        return Collections.unmodifiableSet(named);
    }

    Set<String> audiencesIn(CelAbstractSyntaxTree tree) {
        Set<String> named = new TreeSet<>();
        for (String name : namesIn(tree)) {
            if (name.startsWith(AUDIENCE)) {
                named.add(name.substring(AUDIENCE.length()));
            }
        }
        return Collections.unmodifiableSet(named);
    }

    static boolean asksForNow(CelAbstractSyntaxTree tree) {
        return namesIn(tree).contains(NOW);
    }

    /** It has a {@code ?:}. */
    static boolean decides(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .anyMatch(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL
                        && node.expr().call().function().equals("_?_:_"));
    }

    /** The first mistake, in the words of the workspace's author. */
    ExpressionException explained(CelValidationResult result) {
        CelIssue issue = result.getErrors().getFirst();
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        return new ExpressionException(Mistakes.explained(issue.getMessage(), known(), audiences), line, column);
    }

    private Collection<String> known() {
        Set<String> known = new TreeSet<>(fields.keySet());
        known.addAll(OURS);
        return known;
    }

    /**
     * {@code in_audience("vip")} becomes the name of a variable, so that what an expression depends on can be seen in
     * it.
     */
    private static Optional<CelExpr> audience(CelMacroExprFactory tree, CelExpr target, List<CelExpr> arguments) {
        CelExpr argument = arguments.getFirst();
        boolean text = argument.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        if (!text) {
            String message = "in_audience takes the name of an audience in quotes, as in in_audience(\"vip\").";
            return Optional.of(tree.reportError(CelIssue.formatError(0L, tree.getSourceLocation(argument), message)));
        }
        return Optional.of(tree.newIdentifier(AUDIENCE + argument.constant().stringValue()));
    }

    private static Set<String> namesIn(CelAbstractSyntaxTree tree) {
        Set<String> names = new TreeSet<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
                .forEach(node -> names.add(node.expr().ident().name()));
        return names;
    }
}
