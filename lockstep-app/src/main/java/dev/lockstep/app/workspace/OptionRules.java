package dev.lockstep.app.workspace;

import dev.lockstep.app.workspace.OptionRule.Kind;
import dev.lockstep.core.normalise.FieldType;
import java.util.Arrays;
import java.util.List;

/** Every option of the workspace that is not a connector's own. */
final class OptionRules {
    static final List<String> TYPES =
            Arrays.stream(FieldType.values()).map(FieldType::spelling).toList();

    private static final OptionRule WAS =
            OptionRule.of("was", Kind.TEXT, "The name it had before: what is known of it goes on under the new one.");

    static final List<OptionRule> TOP = List.of(
            OptionRule.of(
                    "customer", Kind.SECTION, "The company's own customer model: a mapping of field names to fields."),
            OptionRule.of("audiences", Kind.SECTION, "Groups of customers: a mapping of names to CEL expressions."),
            OptionRule.of("identity", Kind.SECTION, "Which records are one customer."),
            OptionRule.of("platforms", Kind.SECTION, "Where customers live: a mapping of names to platforms."),
            OptionRule.of("guard", Kind.GUARD, "How much one cause may overwrite or create on a platform."),
            OptionRule.of("history", Kind.DURATION, "How long history is kept; default 400d."),
            OptionRule.of(
                    "name",
                    Kind.TEXT,
                    "A short stable name, part of the names of what Lockstep makes on platforms (replication slots);"
                            + " default: the folder's name."));

    static final List<OptionRule> FIELD = List.of(
            OptionRule.choice("type", TYPES, "What the field holds, and so which of its values are equal."),
            OptionRule.of("identifies", Kind.FLAG, "Equal values mean the same customer; default false."),
            OptionRule.of(
                    "keep",
                    Kind.KEEP,
                    "Whose word counts: `latest` (default), `first`, `union` (sets, their default) or a list of"
                            + " platforms, most trusted first. Consents have a rule of their own."),
            OptionRule.of(
                    "shared_limit",
                    Kind.COUNT,
                    "Claimed by more records of one platform than this, a value identifies nobody;"
                            + " default 3, phones 1."),
            OptionRule.of("region", Kind.TEXT, "Phones: the country of numbers written without one, such as US."),
            OptionRule.of("zone", Kind.TEXT, "Times: the zone of those written without one; default UTC."),
            OptionRule.of("currency", Kind.TEXT, "Money: the currency of amounts written without one, such as EUR."),
            OptionRule.of("separator", Kind.TEXT, "Sets: what stands between elements in one text; default a comma."),
            OptionRule.of("value", Kind.EXPRESSION, "A computed field: a CEL expression over the others."),
            OptionRule.of("count", Kind.TEXT, "A trait: how many events of this name. Not available yet."),
            OptionRule.of("sum", Kind.TEXT, "A trait: the sum of a property of events. Not available yet."),
            OptionRule.of("last", Kind.TEXT, "A trait: the last value of a property of events. Not available yet."),
            OptionRule.of("over", Kind.DURATION, "Of a trait: only events this recent. Not available yet."),
            WAS);

    static final List<OptionRule> IDENTITY = List.of(
            OptionRule.of(
                    "shared_limit", Kind.COUNT, "The default of every field's shared_limit; 3, and 1 for phones."),
            OptionRule.of(
                    "never_join_if_different",
                    Kind.TEXTS,
                    "Fields that veto: records that claim different values of one are not one customer."),
            OptionRule.of("matching", Kind.SECTION, "Probabilistic matching. Not available yet."));

    static final List<OptionRule> MATCHING = List.of(
            OptionRule.of("compare", Kind.TEXTS, "The fields compared."),
            OptionRule.of("merge_above", Kind.SHARE, "Pairs at least this likely are one customer."),
            OptionRule.of("review_above", Kind.SHARE, "Pairs at least this likely are shown to a person."));

    static final List<OptionRule> PLATFORM = List.of(
            OptionRule.of("type", Kind.TEXT, "What it is: the name of a connector."),
            OptionRule.choice(
                    "access",
                    List.of("read", "write", "both"),
                    "What Lockstep may do there; default: what the connector can do."),
            OptionRule.of(
                    "key", Kind.TEXTS, "The column or columns that name a record; default: the platform's own key."),
            OptionRule.of("modified", Kind.TEXT, "The column that holds the time of a record's last change."),
            OptionRule.of("columns", Kind.SECTION, "The platform's own names, each with our field."),
            OptionRule.of(
                    "create",
                    Kind.FLAG_OR_EXPRESSION,
                    "Whether a record is made of every customer that lacks one, or of which; default true."),
            OptionRule.of("where", Kind.EXPRESSION, "Only customers of whom this is true belong there."),
            OptionRule.choice(
                    "leave",
                    List.of("keep", "archive", "delete"),
                    "What becomes of a record that no longer belongs there; default keep."),
            OptionRule.of(
                    "archive",
                    Kind.TABLE,
                    "For `leave: archive` on a database: the columns to set; they need not be mapped. What they"
                            + " held before comes back with the record."),
            OptionRule.choice(
                    "on_delete",
                    List.of("unlink", "delete", "recreate"),
                    "What a deletion there means; default unlink: it is gone there, and stays elsewhere."),
            OptionRule.of(
                    "sync", Kind.SCHEDULE, "When it is read: `realtime` (default), `every 15m` or a cron expression."),
            OptionRule.of(
                    "settle",
                    Kind.DURATION,
                    "How long after a write of ours a mere spelling or a reversal is taken for the platform's doing;"
                            + " default 10s, and never less than two reads; 0: only what our own write shows."),
            OptionRule.of(
                    "standardize",
                    Kind.FLAG,
                    "Values that already read as desired are rewritten to the canonical form; default false."),
            OptionRule.of("limit", Kind.RATE, "Most writes in a span of time, such as 10/s; default: no limit."),
            OptionRule.of("guard", Kind.GUARD, "A guard of its own."),
            WAS);

    static final List<OptionRule> COLUMN = List.of(
            OptionRule.of("field", Kind.TEXT, "The field it carries."),
            OptionRule.choice("access", List.of("read", "write", "both"), "Default: the platform's."),
            OptionRule.of(
                    "format",
                    Kind.TEXT,
                    "How values are written there. Dates: a java.time pattern; phones: e164 (default), national or"
                            + " international; numbers and money: a pattern."),
            OptionRule.of("values", Kind.TABLE, "A one-to-one table: what the platform writes, and what that means."),
            OptionRule.of("value", Kind.EXPRESSION, "A computed column, written only: a CEL expression."),
            OptionRule.of("split", Kind.TEXTS, "Read only: the fields into which its text falls."),
            OptionRule.of("default", Kind.TEXT, "Written on create where the customer has no value."),
            OptionRule.of("standardize", Kind.FLAG, "As on the platform, for this column."),
            OptionRule.of("separator", Kind.TEXT, "Sets in one text: what stands between elements."),
            OptionRule.of("zone", Kind.TEXT, "Times without a zone: the zone they mean."),
            OptionRule.of("region", Kind.TEXT, "Phones without a country code: the country they mean."),
            OptionRule.of("currency", Kind.TEXT, "Amounts without a currency: the one they mean."));

    static final List<OptionRule> GUARD = List.of(
            OptionRule.of("share", Kind.PERCENT, "The share of a platform's records; default 20%."),
            OptionRule.of("least", Kind.COUNT, "Never fewer than this; default 50."),
            OptionRule.of("per", Kind.DURATION, "The sliding window; default 1h."));

    private OptionRules() {}
}
