package dev.lockstep.app.workspace;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.expression.ExpressionException;
import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles the workspace's expressions, checked against its customer model. */
final class Formulas {
    private final Map<String, FieldType> types = new TreeMap<>();
    private final Set<String> computed = new TreeSet<>();
    private final Collection<String> allFields;
    private final Collection<String> audiences;
    private final Mistakes mistakes;

    /**
     * @param allFields names, those among them too that were not understood: nobody is told twice
     * @param audiences names
     */
    Formulas(Collection<String> allFields, Collection<String> audiences, Mistakes mistakes) {
        this.allFields = allFields;
        this.audiences = audiences;
        this.mistakes = mistakes;
    }

    /**
     * The same fields, computed ones with their expressions compiled and, where no type was given, the expression's.
     *
     * @param untyped computed fields that say no type
     */
    List<FieldDefinition> compiled(List<FieldDefinition> fields, Set<String> untyped) {
        for (FieldDefinition field : fields) {
            if (field.value() != null) computed.add(field.name());
            if (field.value() == null && nameable(field.name())) types.put(field.name(), field.type());
        }
        List<FieldDefinition> compiled = new ArrayList<>();
        for (FieldDefinition field : fields) {
            Expression expression =
                    field.value() == null ? null : compile(field.value(), "Field `" + field.name() + "`");
            FieldType type = expression != null && untyped.contains(field.name()) ? expression.type() : field.type();
            compiled.add(field.compiled(type, expression));
        }
        for (FieldDefinition field : compiled) {
            if (nameable(field.name())) types.put(field.name(), field.type());
        }
        return List.copyOf(compiled);
    }

    /** A name that expressions cannot say was told already; here it would spoil every expression. */
    private static boolean nameable(String name) {
        return FieldReader.nameable(name);
    }

    /** Null, and told, when it cannot be compiled. */
    @Nullable
    Expression compile(Written text, String of) {
        try {
            return Expression.compile(text.text(), types, audiences);
        } catch (ExpressionException e) {
            for (String name : allFields) {
                if (types.containsKey(name) || !text.text().matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*"))
                    continue;
                if (computed.contains(name)) {
                    mistakes.add(
                            text.at(),
                            of + " is computed from `" + name + "`, which is computed itself:" + " write that out.");
                }
                return null;
            }
            String where = e.line() == 1 && e.column() == 1
                    ? ""
                    : " (character " + e.column() + (e.line() == 1 ? "" : " of line " + e.line())
                            + " of the expression)";
            mistakes.add(text.at(), of + ": " + e.getMessage() + where);
            return null;
        }
    }

    /** The same of a condition, which is true or false. Null for null. */
    @Nullable
    Expression condition(@Nullable Written text, String of) {
        Expression expression = text == null ? null : compile(text, of);
        if (text != null && expression != null && expression.type() != FieldType.BOOLEAN) {
            mistakes.add(
                    text.at(),
                    of + " must be true or false of a customer, and this is a "
                            + expression.type().spelling() + ".");
        }
        return expression;
    }
}
