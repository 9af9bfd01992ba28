package dev.lockstep.engine.query;

import dev.lockstep.core.codec.StateCodec;
import dev.lockstep.core.golden.GoldenField;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.core.plan.Customer;
import dev.lockstep.core.plan.Desired;
import dev.lockstep.core.plan.Draft;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.Status;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.History;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.CustomerView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The single customer view, and lists of customers. */
public final class Customers {
    private static final int MOST_LOOKED_AT = 200_000;

    private final Store store;
    private final Model model;
    private final Finder finder;
    /** Those in use, as the workspace lists them. */
    private final List<Field> fields;

    public Customers(Store store, Model model) {
        this.store = store;
        this.model = model;
        this.finder = new Finder(store, model);
        this.fields = model.fields().stream()
                .filter(field -> !field.retired())
                .sorted(Comparator.comparingInt(Field::order))
                .toList();
    }

    public @Nullable CustomerView view(RecordName record, int history) {
        GroupState group = finder.groupOf(record);
        if (group == null) return null;
        for (Customer customer : Customer.of(group, model)) {
            if (customer.has(record)) return view(customer, new Desired(model, group, customer, 0), history);
        }
        return null;
    }

    private CustomerView view(Customer customer, Desired desired, int history) {
        List<CustomerView.RecordView> records = new ArrayList<>();
        List<Member> members = new ArrayList<>(customer.members());
        members.sort(Comparator.comparing(member -> !member.live));
        for (Member member : members) records.add(record(member, desired.of(member)));
        return new CustomerView(
                customer.id().toString(), fields(customer), records, List.of(), history(customer, history));
    }

    private Map<String, CustomerView.FieldView> fields(Customer customer) {
        Map<String, CustomerView.FieldView> views = new LinkedHashMap<>();
        for (Field field : fields) {
            GoldenField golden = customer.golden().field(field.number());
            if (!golden.claimed() && (field.computed() == null || golden.value() == null)) continue;
            RecordName by = golden.by();
            views.put(
                    field.name(),
                    new CustomerView.FieldView(
                            text(golden.value()),
                            by == null ? null : platform(by.platform()),
                            by == null ? null : key(customer, by),
                            by == null ? null : dated(golden.micros()),
                            field.computed() != null
                                    ? "computed"
                                    : field.keep().rule().name().toLowerCase(Locale.ROOT),
                            golden.over().stream()
                                    .map(over -> new CustomerView.ClaimView(
                                            text(over.value()),
                                            platform(over.by().platform()),
                                            key(customer, over.by()),
                                            dated(over.micros())))
                                    .toList()));
        }
        return views;
    }

    private CustomerView.RecordView record(Member member, Draft draft) {
        List<Column> all = platformOf(member).columns();
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (Column column : all) {
            if (column.retired() || member.column(column.number()) == null) continue;
            columns.put(column.path(), member.actual(column.number()));
        }
        Map<String, @Nullable String> contested = new LinkedHashMap<>();
        for (int column : draft.contested) {
            contested.put(all.get(column).path(), Objects.requireNonNull(member.column(column)).wrote);
        }
        Map<String, String> unparsed = new LinkedHashMap<>();
        for (Draft.Unparsed one : draft.unparsed)
            unparsed.put(all.get(one.column()).path(), one.reason());
        return new CustomerView.RecordView(
                platform(member.name.platform()),
                member.key,
                member.name.toString(),
                columns,
                member.live,
                member.live && (member.status == Status.IN_SYNC || member.status == Status.TAKEN),
                member.status == Status.PENDING,
                member.status.name().toLowerCase(Locale.ROOT),
                contested,
                unparsed,
                member.refusal,
                member.made());
    }

    private List<CustomerView.HistoryView> history(Customer customer, int most) {
        if (most <= 0) return List.of();
        History history = new History(store);
        List<Fact> facts = new ArrayList<>();
        for (Member member : customer.members()) facts.addAll(history.of(member.name, most));
        facts.sort(Comparator.comparingLong(Fact::micros).reversed());
        return facts.stream()
                .limit(most)
                .map(fact -> new CustomerView.HistoryView(
                        fact.micros(),
                        platform(fact.record().platform()),
                        key(customer, fact.record()),
                        fact.kind().name().toLowerCase(Locale.ROOT),
                        fact.field() < 0 || fact.field() >= model.fields().size()
                                ? null
                                : model.field(fact.field()).name(),
                        column(fact),
                        fact.before(),
                        fact.after(),
                        dated(fact.saidMicros()),
                        fact.source() == null ? null : fact.source().toString(),
                        fact.detail()))
                .toList();
    }

    private @Nullable String column(Fact fact) {
        List<Column> columns = model.platform(fact.record().platform()).columns();
        return fact.column() < 0 || fact.column() >= columns.size()
                ? null
                : columns.get(fact.column()).path();
    }

    // ---- lists

    /** See {@link dev.lockstep.engine.Engine#customers}. */
    public CustomerView.Page list(
            @Nullable String query,
            @Nullable String platform,
            @Nullable String state,
            int limit,
            @Nullable String after) {
        int most = Math.max(1, Math.min(limit, 1000));
        if (query != null && !query.isBlank()) return search(query.strip(), platform, state, most);
        List<CustomerView.Line> lines = new ArrayList<>();
        @Nullable String[] next = {null};
        int[] looked = {0};
        store.scan(Family.GROUPS, new byte[0], after == null ? null : from(after), (key, value) -> {
            if (lines.size() >= most || looked[0]++ >= MOST_LOOKED_AT) {
                next[0] = HexFormat.of().formatHex(key);
                return false;
            }
            for (Customer customer : Customer.of(StateCodec.decodeGroup(value), model)) {
                if (customer.live() && fits(customer, platform, state)) lines.add(line(customer));
            }
            return true;
        });
        return new CustomerView.Page(lines, next[0]);
    }

    private static byte @Nullable [] from(String after) {
        try {
            return HexFormat.of().parseHex(after);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Who bears an identifier that is, or begins with, what was asked for; and whoever is named so. */
    private CustomerView.Page search(String query, @Nullable String platform, @Nullable String state, int most) {
        Set<RecordName> found = new LinkedHashSet<>();
        RecordName exact = finder.find(query);
        if (exact != null) found.add(exact);
        for (Field field : finder.identifying()) {
            byte[] prefix = Keys.identifier(field.number(), query.toLowerCase(Locale.ROOT));
            store.peek(Family.IDENTIFIERS, prefix, null, (key, value) -> {
                RecordName bearer = finder.bearer(Keys.identifier(key));
                if (bearer != null) found.add(bearer);
                return found.size() < most * 2;
            });
        }
        Map<RecordName, CustomerView.Line> lines = new LinkedHashMap<>();
        for (RecordName record : found) {
            GroupState group = finder.groupOf(record);
            if (group == null) continue;
            for (Customer customer : Customer.of(group, model)) {
                if (customer.has(record) && customer.live() && fits(customer, platform, state)) {
                    lines.put(customer.id(), line(customer));
                }
            }
        }
        return new CustomerView.Page(lines.values().stream().limit(most).toList(), null);
    }

    private boolean fits(Customer customer, @Nullable String platform, @Nullable String state) {
        return customer.members().stream()
                .anyMatch(member -> member.live
                        && (platform == null || platform(member.name.platform()).equals(platform))
                        && (state == null || member.status.name().equalsIgnoreCase(state)));
    }

    private CustomerView.Line line(Customer customer) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (Field field : fields) {
            GoldenField golden = customer.golden().field(field.number());
            if (golden.value() != null) values.put(field.name(), golden.value().text());
        }
        List<Member> live =
                customer.members().stream().filter(member -> member.live).toList();
        return new CustomerView.Line(
                customer.id().toString(),
                values,
                live.stream()
                        .map(member -> platform(member.name.platform()))
                        .distinct()
                        .toList(),
                live.stream()
                        .allMatch(member -> member.status == Status.IN_SYNC
                                || member.status == Status.TAKEN
                                || member.status == Status.OUT_OF_SCOPE));
    }

    // ---- names

    private PlatformModel platformOf(Member member) {
        return model.platform(member.name.platform());
    }

    private String platform(int number) {
        return model.platform(number).name();
    }

    private static String key(Customer customer, RecordName record) {
        for (Member member : customer.members()) if (member.name.equals(record)) return member.key;
        return record.key();
    }

    private static @Nullable String text(@Nullable Value value) {
        return value == null ? null : value.text();
    }

    private static @Nullable Long dated(long micros) {
        return micros == Stamp.UNDATED ? null : (Long) micros;
    }
}
