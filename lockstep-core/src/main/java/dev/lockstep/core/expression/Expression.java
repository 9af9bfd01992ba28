package dev.lockstep.core.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Normalisers;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled CEL expression over a customer's fields, traits and audiences. Immutable; evaluating it is a function of
 * its arguments.
 *
 * <p>In it, fields of type {@code number} are doubles, {@code date} and {@code datetime} timestamps (a date is its
 * midnight in UTC), {@code boolean} bools, {@code set} lists of strings, all others strings. A {@code consent} is a
 * type of its own, compared with {@code granted}, {@code withdrawn} and {@code unset}. Besides CEL's own there are
 * {@code now}, {@code days(n)} and {@code in_audience("name")}.
 *
 * <p>A field without a value reads as {@code ""} (strings), {@code []} (sets), {@code unset} (consents). A number, time
 * or boolean without a value is unknown, and so is what depends on it: {@code spent > 1000.0} is neither true nor
 * false, {@code spent > 1000.0 || vip} is true where {@code vip} is. What is unknown in the end is no value, and not
 * true.
 *
 * <p>A string that was made while a field had no value loses outer and doubled spaces: {@code first_name + " " +
 * last_name} without a first name is {@code Lovelace}. It is no value when none of the fields that it asked for had
 * one, unless the expression decides with {@code ?:} what to do then.
 *
 * <p>Its cost is bounded: at most 10,000 steps of {@code map}, {@code filter}, {@code exists} …, regular expressions in
 * linear time.
 */
public final class Expression {

    private final String source;
    private final FieldType type;
    private final Set<String> fields;
    private final Set<String> audiences;
    private final Map<String, FieldType> types;
    private final boolean asksForNow;
    private final boolean decides;
    private final CelRuntime.Program program;

    private Expression(String source, Environment environment, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        this.source = source;
        this.type = Types.resultType(tree.getResultType());
        this.fields = environment.fieldsIn(tree);
        this.audiences = environment.audiencesIn(tree);
        this.types = environment.fields();
        this.asksForNow = Environment.asksForNow(tree);
        this.decides = Environment.decides(tree);
        this.program = program;
    }

    /**
     * Compiles and type-checks an expression.
     *
     * @param fields the type of every field, trait and computed field it may name
     * @param audiences the names that {@code in_audience} may be asked for
     * @throws ExpressionException at the first mistake in the text
     */
    public static Expression compile(String source, Map<String, FieldType> fields, Collection<String> audiences) {
        Environment environment = new Environment(fields, audiences);
        CelValidationResult result = environment.cel().compile(source);
        if (result.hasError()) {
            throw environment.explained(result);
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new Expression(source, environment, tree, environment.cel().createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()), 1, 1);
        }
    }

    public String source() {
        return source;
    }

    /**
     * What it results in: {@code BOOLEAN}, {@code NUMBER}, {@code DATETIME}, {@code CONSENT}, {@code SET}, {@code TEXT}
     * or {@code JSON}.
     */
    public FieldType type() {
        return type;
    }

    /** The fields it names: its result depends on no others, save through {@link #audiences} and time. */
    public Set<String> fields() {
        return fields;
    }

    public Set<String> audiences() {
        return audiences;
    }

    /** Its result changes by time passing. */
    public boolean asksForNow() {
        return asksForNow;
    }

    /**
     * Evaluates it for one customer.
     *
     * @param nowMicros what {@code now} is, in microseconds since 1970
     * @return a Boolean, Long, Double, String, Instant, Duration, List or Map; null when there is no value, also when
     *     evaluating failed (division by zero)
     */
    public @Nullable Object evaluate(Lookup lookup, long nowMicros) {
        Answers answers = new Answers(types, lookup, nowMicros);
        try {
            return result(answers);
        } catch (CelEvaluationException e) {
            return null;
        }
    }

    /** Whether it is true for one customer; false too when it is unknown, fails, or is no boolean. */
    public boolean test(Lookup lookup, long nowMicros) {
        return Boolean.TRUE.equals(evaluate(lookup, nowMicros));
    }

    /**
     * Its result for one customer as a value of a field's type: as if the text of the result had been read.
     *
     * @return blank when there is no value; unparsed when evaluating failed, or the result is no value of the type
     */
    public Reading value(FieldType as, Settings settings, Lookup lookup, long nowMicros) {
        Answers answers = new Answers(types, lookup, nowMicros);
        try {
            Object result = result(answers);
            return result == null ? Reading.BLANK : Normalisers.of(as).read(Types.text(result), settings);
        } catch (CelEvaluationException e) {
            return Reading.unparsed("The expression could not be evaluated: " + e.getMessage());
        }
    }

    /** {@link #test(Lookup, long)} where {@code now} is not known: what depends on it is unknown, so false. */
    public boolean test(Lookup lookup) {
        return test(lookup, Answers.NEVER);
    }

    /** The value where there is one, else null; {@code now} is not known. */
    public @Nullable Value evaluate(Lookup lookup, FieldType as) {
        return value(as, Settings.NONE, lookup, Answers.NEVER).valueOrNull();
    }

    private @Nullable Object result(Answers answers) throws CelEvaluationException {
        Object result = program.eval(answers);
        if (result instanceof CelUnknownSet) {
            return null;
        }
        if (!(result instanceof String text) || !answers.lacked() || type == FieldType.CONSENT) {
            return result;
        }
        return answers.lackedAll() && !decides ? null : Types.withoutGaps(text);
    }

    @Override
    public String toString() {
        return source;
    }
}
