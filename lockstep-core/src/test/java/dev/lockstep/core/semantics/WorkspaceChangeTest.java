package dev.lockstep.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.semantics.World.Table;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of what is known when the workspace changes, a sentence each. */
class WorkspaceChangeTest {
    private final World world = Worlds.two();
    private final Table shop = world.tables.get(0);
    private final Table crm = world.tables.get(1);
    private final Model before = world.model;

    private void ada() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, "London", null);
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, null, "LONDON", null);
        world.rest();
        world.open();
    }

    private boolean together() {
        return world.customer(shop, "1").equals(world.customer(crm, "a"));
    }

    // ---- other workspaces

    private static Field field(Field was, FieldType type, Keep keep, boolean identifies, int shared, boolean vetoes) {
        return new Field(
                was.number(),
                was.name(),
                type,
                was.settings(),
                keep,
                identifies,
                was.order(),
                shared,
                vetoes,
                null,
                was.retired());
    }

    private Model fields(String name, UnaryOperator<Field> change) {
        List<Field> fields = new ArrayList<>();
        for (Field field : before.fields()) fields.add(field.name().equals(name) ? change.apply(field) : field);
        return new Model(fields, before.platforms(), Model.GROUP_LIMIT);
    }

    private Model platforms(String name, UnaryOperator<PlatformModel> change) {
        List<PlatformModel> platforms = new ArrayList<>();
        for (PlatformModel one : before.platforms()) platforms.add(one.name().equals(name) ? change.apply(one) : one);
        return new Model(before.fields(), platforms, Model.GROUP_LIMIT);
    }

    /** As {@code city} is in both tables after this, or not mapped at all. */
    private static PlatformModel city(PlatformModel was, FieldType type, boolean retired) {
        List<Column> columns = new ArrayList<>(was.columns());
        int at = Worlds.FIELDS.indexOf("city");
        ColumnLens lens = ColumnLens.of(ColumnOptions.of(type));
        columns.set(
                at,
                new Column(
                        at,
                        "city",
                        retired ? -1 : at,
                        lens,
                        null,
                        List.of(),
                        !retired,
                        false,
                        false,
                        false,
                        false,
                        null,
                        retired));
        return was.withColumns(columns);
    }

    // ---- fields

    @Test
    void aFieldThatIdentifiesNoLongerJoinsNobodyAndDoesSoAgainWhenPutBack() {
        ada();
        assertThat(together()).isTrue();
        world.change(fields("email", was -> field(was, was.type(), was.keep(), false, 3, false)));
        assertThat(together()).isFalse();
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(crm.get("a", "city")).as("its own again").isEqualTo("LONDON");
        world.change(before);
        assertThat(together()).isTrue();
    }

    @Test
    void aNewSharedLimitIsCountedAtOnce() {
        for (int i = 1; i <= 3; i++) shop.insert("" + i, "info@x.com", null, "Info", null, null, null, null, null);
        crm.insert("a", "info@x.com", null, "Info", null, null, null, null, null);
        world.rest();
        world.open();
        assertThat(together()).isTrue();
        world.change(fields("email", was -> field(was, was.type(), was.keep(), true, 2, false)));
        assertThat(together()).isFalse();
        world.change(before);
        assertThat(together()).isTrue();
    }

    @Test
    void aNewVetoParts() {
        shop.insert("1", "ada@x.com", null, "Ada", null, null, null, "London", null);
        crm.insert("a", "ada@x.com", null, "Ada", null, null, null, "Paris", null);
        world.rest();
        world.open();
        assertThat(together()).isTrue();
        world.change(fields("city", was -> field(was, was.type(), was.keep(), false, 3, true)));
        assertThat(together()).isFalse();
        assertThat(shop.get("1", "city")).isEqualTo("London");
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
    }

    @Test
    void aChangedKeepRuleChoosesFromWhatWasSaid() {
        ada();
        shop.edit("1", "city", "Paris");
        world.rest();
        crm.edit("a", "city", "Rome");
        world.rest();
        assertThat(shop.get("1", "city")).isEqualTo("Rome");
        Keep shops = new Keep(Keep.Rule.TRUST, List.of(0));
        world.change(fields("city", was -> field(was, was.type(), shops, false, 3, false)));
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
    }

    @Test
    void aChangedTypeReadsWhatWasSaidAgainAndAnUnchangedValueIsNoEdit() {
        ada();
        shop.edit("1", "city", "Paris");
        world.rest();
        world.pass(60);
        crm.edit("a", "city", "paris");
        world.rest();
        assertThat(shop.get("1", "city")).isEqualTo("paris");
        int writes = world.writes();
        long claimed = world.member(crm, "a").claims.get(6).stamp().micros();
        world.pass(60);
        Model names = new Model(
                fields("city", was -> field(was, FieldType.NAME, was.keep(), false, 3, false))
                        .fields(),
                before.platforms().stream()
                        .map(was -> city(was, FieldType.NAME, false))
                        .toList(),
                Model.GROUP_LIMIT);
        world.change(names);
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.member(crm, "a").claims.get(6).stamp().micros()).isEqualTo(claimed);
        crm.edit("a", "city", "PARIS");
        world.rest();
        assertThat(world.writes()).as("equal names").isEqualTo(writes);
    }

    @Test
    void anElementThatWasCopiedIsNobodysWordAfterAChangeEither() {
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, null, "{vip}");
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, null, null, null);
        world.rest();
        world.open();
        crm.edit("a", "tags", "{new,vip}");
        world.rest();
        int writes = world.writes();
        world.change(fields("city", was -> field(was, was.type(), was.keep(), false, 3, true)));
        assertThat(world.writes()).isEqualTo(writes);
        world.pass(60);
        shop.edit("1", "tags", "{new}");
        world.rest();
        assertThat(crm.get("a", "tags")).as("only the shop had said vip").isEqualTo("{new}");
        assertThat(shop.get("1", "tags")).isEqualTo("{new}");
        assertThat(world.member(crm, "a").claims.get(7).elements())
                .extracting(Claim.Element::element)
                .containsExactly("new");
    }

    @Test
    void whatDoesNotParseUnderANewTypeIsKeptAndWrittenNowhere() {
        ada();
        Model numbers = new Model(
                fields("city", was -> field(was, FieldType.NUMBER, was.keep(), false, 3, false))
                        .fields(),
                before.platforms().stream()
                        .map(was -> city(was, FieldType.NUMBER, false))
                        .toList(),
                Model.GROUP_LIMIT);
        int writes = world.writes();
        world.change(numbers);
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.member(crm, "a").status).isEqualTo(Status.UNPARSED);
        world.change(before);
        assertThat(world.writes()).isEqualTo(writes);
        assertThat(world.member(crm, "a").status).isEqualTo(Status.IN_SYNC);
    }

    @Test
    void aFieldThatIsTakenOutAndPutBackHasLostNothing() {
        ada();
        shop.edit("1", "city", "Paris");
        world.rest();
        Model without = new Model(
                fields(
                                "city",
                                was -> new Field(
                                        was.number(),
                                        was.name(),
                                        FieldType.TEXT,
                                        was.settings(),
                                        Keep.LATEST,
                                        false,
                                        99,
                                        3,
                                        false,
                                        null,
                                        true))
                        .fields(),
                before.platforms().stream()
                        .map(was -> city(was, FieldType.TEXT, true))
                        .toList(),
                Model.GROUP_LIMIT);
        int writes = world.writes();
        world.change(without);
        crm.edit("a", "city", "Rome");
        crm.edit("a", "first_name", "Adele");
        world.rest();
        assertThat(world.writes()).as("only the name").isEqualTo(writes + 1);
        world.change(before);
        world.list(shop);
        world.list(crm);
        assertThat(shop.get("1", "city")).isEqualTo("Rome");
        assertThat(crm.get("a", "city")).isEqualTo("Rome");
    }

    // ---- columns and platforms

    @Test
    void aNewColumnIsAFirstSight() {
        world.model = platforms("crm", was -> city(was, FieldType.TEXT, true));
        shop.insert("1", "ada@x.com", null, "Ada", "King", null, null, null, null);
        crm.insert("a", "ada@x.com", null, "Ada", "King", null, null, "Paris", null);
        world.rest();
        world.open();
        assertThat(shop.get("1", "city")).isNull();
        world.change(before);
        assertThat(shop.get("1", "city")).as("nothing was seen of it yet").isNull();
        world.list(crm);
        assertThat(shop.get("1", "city")).isEqualTo("Paris");
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
    }

    @Test
    void aPlatformThatIsTakenOutKeepsItsClaimsAndIsNotWritten() {
        ada();
        crm.edit("a", "last_name", "Byron");
        world.rest();
        List<Column> none = before.platform(1).columns().stream()
                .map(was -> new Column(
                        was.number(),
                        was.path(),
                        -1,
                        was.lens(),
                        null,
                        List.of(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        null,
                        true))
                .toList();
        world.change(platforms("crm", was -> was.withColumns(none).asRetired()));
        assertThat(shop.get("1", "last_name")).as("its word holds").isEqualTo("Byron");
        int inCrm = crm.writes;
        shop.edit("1", "city", "Paris");
        world.rest();
        shop.insert("2", "bob@x.com", null, "Bob", null, null, null, null, null);
        world.rest();
        assertThat(crm.writes).isEqualTo(inCrm);
        // Edited there while nobody listened; its stream shows it when it is put back.
        crm.edit("a", "first_name", "Adele");
        world.change(before);
        world.rest();
        assertThat(shop.get("1", "first_name")).isEqualTo("Adele");
        assertThat(crm.get("a", "city")).isEqualTo("Paris");
        assertThat(crm.rows).hasSize(2);
        assertThat(together()).isTrue();
    }
}
