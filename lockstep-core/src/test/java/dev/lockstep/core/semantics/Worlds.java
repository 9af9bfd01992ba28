package dev.lockstep.core.semantics;

import dev.lockstep.core.expression.Expression;
import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.model.PlatformModel.Leave;
import dev.lockstep.core.model.PlatformModel.OnDelete;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.core.normalise.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workspaces for the tests of semantics: each table carries all fields, in the order of {@link #FIELDS}. */
final class Worlds {
    static final List<String> FIELDS =
            List.of("email", "phone", "first_name", "last_name", "birth_date", "opt_in", "city", "tags");

    /** A column that no field is mapped to; {@code gone} in records that are archived. */
    static final String SHELF = "shelf";

    private static final List<FieldType> TYPES = List.of(
            FieldType.EMAIL,
            FieldType.PHONE,
            FieldType.NAME,
            FieldType.NAME,
            FieldType.DATE,
            FieldType.CONSENT,
            FieldType.TEXT,
            FieldType.SET);

    private Worlds() {}

    /** Tables named shop, crm and news; in news the e-mail is the key. */
    static World three() {
        return of(List.of("shop", "crm", "news"), "news");
    }

    static World two() {
        return of(List.of("shop", "crm"), "");
    }

    /** Two that hold Ada, opted in, and know it. */
    static World ofAda(@Nullable String tags) {
        World world = two();
        for (World.Table table : world.tables) {
            String key = table.number == 0 ? "1" : "a";
            table.insert(key, "ada@x.com", null, "Ada", "King", null, "granted", "London", tags);
        }
        world.rest();
        world.open();
        return world;
    }

    /** Tables named shop, crm and news, whose deletions mean this. */
    static World deleting(OnDelete onDelete) {
        return of(List.of("shop", "crm", "news"), "news", Leave.KEEP, onDelete);
    }

    /** Only who opted in belongs in news; who does no more leaves it so. */
    static World leaving(Leave leave) {
        return of(List.of("shop", "crm", "news"), "", leave, OnDelete.UNLINK);
    }

    private static World of(List<String> names, String emailKeyed) {
        return of(names, emailKeyed, Leave.KEEP, OnDelete.UNLINK);
    }

    private static World of(List<String> names, String emailKeyed, Leave leave, OnDelete onDelete) {
        List<PlatformModel> platforms = new ArrayList<>();
        for (int i = 0; i < names.size(); i++)
            platforms.add(platform(i, names.get(i), names.get(i).equals(emailKeyed), leave, onDelete));
        Model model = new Model(fields(), platforms, Model.GROUP_LIMIT);
        List<String> columns = new ArrayList<>(FIELDS);
        columns.add(SHELF);
        return new World(model, names.stream().map(name -> columns).toList());
    }

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            FieldType type = TYPES.get(i);
            Keep keep = type == FieldType.CONSENT ? Keep.CONSENT : type == FieldType.SET ? Keep.UNION : Keep.LATEST;
            boolean identifies = type == FieldType.EMAIL || type == FieldType.PHONE;
            fields.add(new Field(
                    i,
                    FIELDS.get(i),
                    type,
                    Settings.ofRegion("US"),
                    keep,
                    identifies,
                    i,
                    type == FieldType.PHONE ? 1 : 3,
                    type == FieldType.DATE,
                    null,
                    false));
        }
        return fields;
    }

    private static Expression optedIn() {
        return Expression.compile("opt_in == granted", Map.of("opt_in", FieldType.CONSENT), List.of());
    }

    private static Column shelf() {
        ColumnLens lens = ColumnLens.of(ColumnOptions.of(FieldType.TEXT));
        return new Column(
                        FIELDS.size(), SHELF, -1, lens, null, List.of(), false, false, false, false, false, null, false)
                .archivedAs(Value.of("gone"));
    }

    private static PlatformModel platform(int number, String name, boolean emailIsKey, Leave leave, OnDelete onDelete) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            ColumnLens lens = ColumnLens.of(ColumnOptions.of(TYPES.get(i)).withRegion("US"));
            boolean key = emailIsKey && i == 0;
            columns.add(
                    new Column(i, FIELDS.get(i), i, lens, null, List.of(), true, key, key, key, false, null, false));
        }
        if (leave == Leave.ARCHIVE) columns.add(shelf());
        return new PlatformModel(
                number,
                number,
                name,
                Access.BOTH,
                columns,
                true,
                null,
                leave == Leave.KEEP || !name.equals("news") ? null : optedIn(),
                leave,
                onDelete,
                false,
                10_000_000,
                true,
                true,
                100_000,
                false);
    }
}
