package dev.lockstep.simulator;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import dev.lockstep.simulator.platform.Habits;
import dev.lockstep.simulator.platform.Shape;
import dev.lockstep.simulator.platform.Shape.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A workspace drawn from the seed: the customer model, and platforms that differ in what they can do and do. */
public final class Layout {
    static final int EMAIL = 0;
    static final int PHONE = 1;
    static final int LOYALTY = 2;
    static final int FIRST_NAME = 3;
    static final int LAST_NAME = 4;
    static final int BIRTH = 5;
    static final int CITY = 6;
    static final int TIER = 7;
    static final int TAGS = 8;
    static final int OPT_IN = 9;
    static final int SEGMENT = 10;
    /** Not a field: the column in which records are archived. */
    static final int SHELF = -1;

    /** What the shelf of a record that is archived holds. */
    static final String ARCHIVED = "gone";

    /** In how many of a hundred platforms a field is mapped. */
    private static final int[] MAPPED = {100, 80, 50, 100, 100, 70, 90, 60, 60, 80, 50};

    /** The same, where it is all about consents. */
    private static final int[] MAPPED_FEW = {100, 0, 0, 30, 30, 0, 20, 0, 0, 100, 0};

    private static final Expression OPTED_IN =
            Expression.compile("email_opt_in == granted", Map.of("email_opt_in", FieldType.CONSENT), List.of());

    private final SplittableRandom random;
    private final boolean policies;
    private final @Nullable SplittableRandom operations;
    private final @Nullable SplittableRandom oddities;
    private final int[] mapped;
    private final Model model;
    private final List<List<Shape>> shapes = new ArrayList<>();
    private final List<Habits> habits = new ArrayList<>();

    Layout(
            SplittableRandom random,
            Options options,
            boolean polls,
            boolean policies,
            @Nullable SplittableRandom operations,
            @Nullable SplittableRandom oddities) {
        this.random = random;
        this.oddities = oddities;
        this.mapped = options.consents() ? MAPPED_FEW : MAPPED;
        int most = options.cut().platforms();
        this.policies = policies;
        this.operations = operations;
        int count = 2 + random.nextInt(3);
        List<Field> fields = fields(Math.min(count, most));
        List<PlatformModel> platforms = new ArrayList<>();
        boolean reversed = random.nextInt(4) == 0;
        int triggered = random.nextInt(3 * count);
        for (int p = 0; p < Math.min(count, most); p++) {
            platforms.add(
                    platform(p, reversed ? count - 1 - p : p, fields, polls && random.nextInt(3) == 0, triggered));
        }
        if (operations != null) job(operations);
        if (oddities != null) for (int p = 0; p < habits.size(); p++) fills(p, oddities);
        if (oddities != null) for (PlatformModel platform : platforms) coarse(platform, oddities);
        this.model = new Model(List.copyOf(fields), List.copyOf(platforms), Model.GROUP_LIMIT);
    }

    /** A job on one platform, in a column that says nothing of who is who and is set by nothing else. */
    private void job(SplittableRandom its) {
        int at = its.nextInt(2 * habits.size());
        if (at >= habits.size()) return;
        List<Integer> columns = new ArrayList<>();
        for (Shape shape : shapes.get(at)) {
            boolean plain = shape.field() == CITY || shape.field() == TIER;
            if (plain && !shape.required()) columns.add(shape.number());
        }
        if (columns.isEmpty()) return;
        habits.set(at, habits.get(at).withJob(columns.get(its.nextInt(columns.size()))));
    }

    /** A column that nobody has to fill gets a default of the platform's. */
    private void fills(int platform, SplittableRandom its) {
        for (Shape shape : shapes.get(platform)) {
            boolean plain = shape.field() == CITY || shape.field() == TIER;
            if (plain && its.nextInt(3) == 0)
                habits.set(platform, habits.get(platform).filling(shape.number()));
        }
    }

    /** It makes what is there already, and counts in seconds where its clock may be off by more than that. */
    private void coarse(PlatformModel platform, SplittableRandom its) {
        int at = platform.number();
        if (its.nextInt(3) == 0) habits.set(at, habits.get(at).notLooking());
        boolean bounded = platform.clockBoundMicros() > 0;
        if (its.nextInt(3) == 0 && bounded) habits.set(at, habits.get(at).inWholeSeconds());
    }

    Model model() {
        return model;
    }

    List<Shape> shapes(int platform) {
        return shapes.get(platform);
    }

    Habits habits(int platform) {
        return habits.get(platform);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    // ---- the customer model

    private List<Field> fields(int platforms) {
        List<Field> fields = new ArrayList<>();
        fields.add(field(EMAIL, "email", FieldType.EMAIL, Keep.LATEST, true, 3, false));
        fields.add(field(PHONE, "phone", FieldType.PHONE, Keep.LATEST, true, 1, false));
        fields.add(field(LOYALTY, "loyalty_id", FieldType.TEXT, Keep.LATEST, true, 3, false));
        fields.add(field(FIRST_NAME, "first_name", FieldType.NAME, Keep.LATEST, false, 0, false));
        fields.add(field(LAST_NAME, "last_name", FieldType.NAME, Keep.LATEST, false, 0, false));
        fields.add(field(BIRTH, "birth_date", FieldType.DATE, Keep.LATEST, false, 0, oneIn(2)));
        fields.add(field(CITY, "city", FieldType.TEXT, Keep.LATEST, false, 0, false));
        Keep tier = switch (random.nextInt(3)) {
            case 0 -> Keep.FIRST;
            case 1 -> new Keep(Keep.Rule.TRUST, trusted(platforms));
            default -> Keep.LATEST;
        };
        fields.add(field(TIER, "tier", FieldType.TEXT, tier, false, 0, false));
        fields.add(field(TAGS, "tags", FieldType.SET, Keep.UNION, false, 0, false));
        fields.add(field(OPT_IN, "email_opt_in", FieldType.CONSENT, Keep.CONSENT, false, 0, false));
        fields.add(field(SEGMENT, "segment", FieldType.TEXT, Keep.LATEST, false, 0, false));
        return fields;
    }

    private List<Integer> trusted(int platforms) {
        boolean one = oddities != null && oddities.nextInt(2) == 0;
        return one ? List.of(platforms - 1) : List.of(platforms - 1, 0);
    }

    private static Field field(
            int number, String name, FieldType type, Keep keep, boolean identifies, int sharedLimit, boolean vetoes) {
        Settings settings = type == FieldType.PHONE ? Settings.ofRegion("US") : Settings.NONE;
        return new Field(number, name, type, settings, keep, identifies, number, sharedLimit, vetoes, null, false);
    }

    // ---- platforms

    private PlatformModel platform(int number, int order, List<Field> fields, boolean polled, int triggered) {
        List<Column> columns = new ArrayList<>();
        List<Shape> its = new ArrayList<>();
        boolean keyed = !polled && oneIn(4);
        int bound = oneIn(2) ? 0 : 5;
        int on = -1;
        int sets = -1;
        for (Field field : fields) {
            if (random.nextInt(100) >= mapped[field.number()]) continue;
            int c = columns.size();
            Shape shape = shape(c, field, keyed && field.number() == EMAIL);
            its.add(shape);
            columns.add(column(shape, field));
            if (field.number() == CITY) on = c;
            if (field.number() == SEGMENT) sets = c;
        }
        boolean archives = operations != null && operations.nextInt(3) == 0;
        if (archives) {
            its.add(shelf(columns.size()));
            columns.add(shelf(its.getLast()));
        }
        // Where the answer to a write got lost nobody can tell from a poll what a trigger made of it.
        boolean triggers = triggered == number && on >= 0 && sets >= 0 && !polled;
        shapes.add(List.copyOf(its));
        long skew = bound == 0 ? 0 : random.nextLong(-bound, bound + 1) * Agenda.SECOND / 2;
        habits.add(new Habits(
                !polled,
                !oneIn(3),
                !polled || !oneIn(3),
                skew,
                polled ? (5 + random.nextInt(20)) * Agenda.SECOND : 0,
                oneIn(2),
                triggers ? on : -1,
                triggers ? sets : -1,
                -1,
                -1,
                true,
                false));
        return new PlatformModel(
                number,
                order,
                "platform" + number,
                Access.BOTH,
                List.copyOf(columns),
                !oneIn(5),
                null,
                policies && oneIn(5) || archives ? OPTED_IN : null,
                leave(archives),
                onDelete(),
                oneIn(8),
                settle(habits.getLast().pollMicros()),
                !polled,
                habits.getLast().conditional(),
                bound * Agenda.SECOND,
                false);
    }

    /** At least two polls, as the workspace has it; seeds without operations are of before that. */
    private long settle(long pollMicros) {
        return operations == null ? 10 * Agenda.SECOND : Math.max(10 * Agenda.SECOND, 2 * pollMicros);
    }

    private PlatformModel.Leave leave(boolean archives) {
        boolean deletes = policies && oneIn(2);
        if (archives) return PlatformModel.Leave.ARCHIVE;
        return deletes ? PlatformModel.Leave.DELETE : PlatformModel.Leave.KEEP;
    }

    private PlatformModel.OnDelete onDelete() {
        return switch (random.nextInt(policies ? 6 : 5)) {
            case 0 -> PlatformModel.OnDelete.RECREATE;
            case 5 -> PlatformModel.OnDelete.DELETE;
            default -> PlatformModel.OnDelete.UNLINK;
        };
    }

    private Shape shape(int number, Field field, boolean key) {
        Dialect dialect = switch (field.type()) {
            case DATE, PHONE -> oneIn(2) ? Dialect.PLAIN : Dialect.LOCAL;
            case CONSENT -> consent(oneIn(2) ? Dialect.YES_NO : Dialect.IN_OUT);
            default -> Dialect.PLAIN;
        };
        boolean text = field.type() == FieldType.TEXT || field.type() == FieldType.NAME;
        boolean mangled = field.type() == FieldType.TEXT && !field.identifies();
        return new Shape(
                number,
                field.number(),
                field.type(),
                dialect,
                key,
                !key && field.number() == EMAIL && oneIn(3),
                field.number() == LAST_NAME && oneIn(3),
                text && oneIn(3),
                (text && !field.identifies() || field.type() == FieldType.EMAIL) && oneIn(4),
                mangled && oneIn(4) ? 6 : 0,
                field.number() == CITY && oneIn(5) ? "j" : "");
    }

    private Dialect consent(Dialect drawn) {
        return operations != null && operations.nextInt(4) == 0 ? Dialect.STOP : drawn;
    }

    private static Shape shelf(int number) {
        return new Shape(number, SHELF, FieldType.TEXT, Dialect.PLAIN, false, false, false, false, false, 0, "");
    }

    private static Column shelf(Shape shape) {
        ColumnLens lens = ColumnLens.of(ColumnOptions.of(FieldType.TEXT));
        return new Column(
                        shape.number(),
                        "shelf",
                        -1,
                        lens,
                        null,
                        List.of(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        null,
                        false)
                .archivedAs(Value.of(ARCHIVED));
    }

    private static Column column(Shape shape, Field field) {
        return new Column(
                shape.number(),
                field.name(),
                field.number(),
                ColumnLens.of(options(shape, field)),
                null,
                List.of(),
                true,
                shape.key(),
                shape.unique(),
                shape.required() || shape.key(),
                false,
                null,
                false);
    }

    private static ColumnOptions options(Shape shape, Field field) {
        ColumnOptions options = ColumnOptions.of(field.type()).withSettings(field.settings());
        @Nullable
        String format = switch (field.type()) {
            case DATE -> shape.dialect() == Dialect.LOCAL ? "dd/MM/yyyy" : null;
            case PHONE -> shape.dialect() == Dialect.LOCAL ? "national" : null;
            default -> null;
        };
        if (field.type() == FieldType.CONSENT) return options.withValues(consents(shape.dialect()));
        return options.withFormat(format);
    }

    private static Map<String, String> consents(Dialect dialect) {
        Map<String, String> values = new LinkedHashMap<>();
        switch (dialect) {
            case YES_NO -> {
                values.put("Y", "granted");
                values.put("N", "unset");
            }
            case STOP -> {
                values.put("stop", "withdrawn");
                values.put("-", "unset");
            }
            default -> {
                values.put("in", "granted");
                values.put("out", "withdrawn");
            }
        }
        return values;
    }
}
