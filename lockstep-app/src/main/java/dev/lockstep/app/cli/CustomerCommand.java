package dev.lockstep.app.cli;

import dev.lockstep.app.json.Json;
import dev.lockstep.engine.Engine;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.view.CustomerView;
import dev.lockstep.engine.view.CustomerView.FieldView;
import dev.lockstep.engine.view.CustomerView.HistoryView;
import dev.lockstep.engine.view.CustomerView.RecordView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code customer}: one customer as all platforms know them. */
@Command(
        name = "customer",
        description = {
            "One customer: each value, who said it and when; each record; what happened.",
            "A value shows what it won over. Named by id, by an identifier's value, or by platform:key."
        },
        footer = {"", "Example:", "  lockstep customer ada@example.com", "  lockstep customer merge 1:42 2:17"})
public final class CustomerCommand implements Callable<Integer> {
    private static final int EXPORTED_HISTORY = 100_000;

    private final Lockstep lockstep;

    @Parameters(arity = "0..1", paramLabel = "ID|IDENTIFIER", description = "Whom to show.")
    private @Nullable String who;

    @Option(names = "--history", paramLabel = "N", defaultValue = "20", description = "Lines of history (default: 20).")
    private int history = 20;

    public CustomerCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        if (who == null)
            throw new EngineException("Say whom: an id, an identifier, or platform:key.", "lockstep customer --help");
        try (Opening opening = Opening.of(lockstep)) {
            CustomerView customer = find(opening.ask("customer"), who, history);
            show(customer);
            return 0;
        }
    }

    private static CustomerView find(Engine engine, String who, int history) {
        CustomerView customer = engine.customer(who, history);
        if (customer == null) {
            throw new EngineException(
                    "There is no customer `" + who + "`.",
                    "An id, a whole value of a field that identifies, or PLATFORM:KEY.");
        }
        return customer;
    }

    @Command(
            name = "merge",
            description = "A person's word that two customers are one. Can be undone by split.",
            footer = {"", "Example:", "  lockstep customer merge 1:42 ada@example.com"})
    int merge(
            @Parameters(paramLabel = "ONE", description = "Id or identifier.") String one,
            @Parameters(paramLabel = "OTHER", description = "Id or identifier.") String other) {
        try (Opening opening = Opening.of(lockstep)) {
            show(opening.ask("customer merge").merge(one, other));
        }
        return 0;
    }

    @Command(
            name = "split",
            description = "A person's word that a record is not of this customer.",
            footer = {"", "Example:", "  lockstep customer split 1:42 crm:17"})
    int split(
            @Parameters(paramLabel = "CUSTOMER", description = "Id or identifier.") String customer,
            @Parameters(paramLabel = "RECORD", description = "platform:key, or a record's name such as 2:17.")
                    String record) {
        try (Opening opening = Opening.of(lockstep)) {
            show(opening.ask("customer split").split(customer, record));
        }
        return 0;
    }

    @Command(
            name = "export",
            description = "All that is known of a customer, as JSON: for their own request.",
            footer = {"", "Example:", "  lockstep customer export ada@example.com > ada.json"})
    int export(@Parameters(paramLabel = "ID|IDENTIFIER", description = "Whom.") String customer) {
        try (Opening opening = Opening.of(lockstep)) {
            lockstep.say(Json.pretty(find(opening.ask("customer export"), customer, EXPORTED_HISTORY)));
        }
        return 0;
    }

    private void show(CustomerView customer) {
        if (lockstep.json()) {
            lockstep.sayJson(customer);
            return;
        }
        lockstep.say("Customer " + customer.id());
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, FieldView> entry : customer.fields().entrySet()) {
            FieldView field = entry.getValue();
            String said = field.platform() == null
                    ? field.rule()
                    : field.platform() + " " + field.key() + ", " + since(field.sinceMicros()) + ", " + field.rule();
            String over = field.over().stream()
                    .filter(other -> !Objects.equals(other.value(), field.value()))
                    .map(other -> other.platform() + " " + Tables.quoted(other.value()))
                    .distinct()
                    .limit(3)
                    .collect(Collectors.joining(", "));
            if (!over.isEmpty()) over = "over " + over;
            rows.add(List.of("  " + entry.getKey(), Tables.quoted(field.value()), said, over));
        }
        Tables.lines(rows).forEach(lockstep::say);
        for (RecordView record : customer.records()) {
            lockstep.say(record.platform() + " " + record.key() + ": " + (record.live() ? record.status() : "gone")
                    + (record.pending() ? ", pending" : "") + (record.made() ? ", made by Lockstep" : "")
                    + (record.refusal() == null ? "" : ", refused: " + record.refusal()));
            record.columns().forEach((path, raw) -> {
                String ours = record.contested().containsKey(path)
                        ? ", changed back; ours: "
                                + Tables.quoted(record.contested().get(path))
                        : "";
                String left = record.unparsed().containsKey(path)
                        ? ", left as it is: " + record.unparsed().get(path)
                        : "";
                lockstep.say("    " + path + ": " + Tables.quoted(raw) + ours + left);
            });
        }
        for (HistoryView line : customer.history()) {
            lockstep.say(since(line.atMicros()) + "  " + line.platform() + " " + line.key() + "  "
                    + line.kind().toLowerCase(Locale.ROOT).replace('_', ' ') + change(line)
                    + (line.detail().isEmpty() ? "" : "  (" + line.detail() + ")"));
        }
    }

    private static String change(HistoryView line) {
        String what = line.field() != null ? " " + line.field() : line.column() != null ? " " + line.column() : "";
        if (line.before() == null && line.after() == null) return what;
        return what + " " + Tables.quoted(line.before()) + " -> " + Tables.quoted(line.after());
    }

    private static String since(@Nullable Long micros) {
        return micros == null
                ? "undated"
                : Instant.EPOCH
                        .plus(micros, ChronoUnit.MICROS)
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString();
    }
}
