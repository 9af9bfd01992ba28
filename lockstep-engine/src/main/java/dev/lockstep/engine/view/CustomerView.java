package dev.lockstep.engine.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The single customer view.
 *
 * @param id the customer's id: the name of its senior record
 * @param fields by field name, in the model's order: fields that some record claims, and computed ones
 * @param records its records, senior first, gone ones last
 * @param audiences none yet
 * @param history newest first, at most as many as asked for
 */
public record CustomerView(
        String id,
        Map<String, FieldView> fields,
        List<RecordView> records,
        List<String> audiences,
        List<HistoryView> history) {

    /**
     * A golden value and who said it.
     *
     * @param value canonical, as text; null when cleared
     * @param platform the platform of the record whose claim won; null for a computed value
     * @param key that record's key there; null for a computed value
     * @param sinceMicros when it was said; null when undated or computed
     * @param rule the keep rule that chose it
     * @param over the claims that it won over, best first
     */
    public record FieldView(
            @Nullable String value,
            @Nullable String platform,
            @Nullable String key,
            @Nullable Long sinceMicros,
            String rule,
            List<ClaimView> over) {}

    /** A claim: what a record last said of a field. {@code sinceMicros} is null when undated. */
    public record ClaimView(
            @Nullable String value,
            String platform,
            String key,
            @Nullable Long sinceMicros) {}

    /**
     * A record.
     *
     * @param record its name for ever
     * @param columns by column path, what the platform holds, as far as it showed
     * @param live false when it is gone
     * @param inSync it holds desired (taken values apart)
     * @param pending a write is wanted or under way
     * @param status {@link dev.lockstep.core.state.Status} in lower case
     * @param contested by column path, what we wrote there and the platform keeps changing back
     * @param unparsed by column path, why a column is left as it is: it does not parse, or cannot hold the value
     * @param refusal why its last write was refused; null when it was not
     * @param made Lockstep made it
     */
    public record RecordView(
            String platform,
            String key,
            String record,
            Map<String, @Nullable String> columns,
            boolean live,
            boolean inSync,
            boolean pending,
            String status,
            Map<String, @Nullable String> contested,
            Map<String, String> unparsed,
            @Nullable String refusal,
            boolean made) {}

    /**
     * A line of history.
     *
     * @param atMicros when we learnt of it
     * @param kind {@link dev.lockstep.core.machine.Fact.Kind} in lower case
     * @param saidMicros when it was said; null when undated
     * @param source for a write: the record whose claim it carries; for a join: the customer joined
     */
    public record HistoryView(
            long atMicros,
            String platform,
            String key,
            String kind,
            @Nullable String field,
            @Nullable String column,
            @Nullable String before,
            @Nullable String after,
            @Nullable Long saidMicros,
            @Nullable String source,
            String detail) {}

    /** A line of a list of customers: the id, what it is best known by, and where its records are. */
    public record Line(String id, Map<String, @Nullable String> fields, List<String> platforms, boolean inSync) {}

    /** A page of such lines; {@code after} asks for the next, null on the last. */
    public record Page(List<Line> customers, @Nullable String after) {}
}
