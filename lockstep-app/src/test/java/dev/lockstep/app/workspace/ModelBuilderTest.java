package dev.lockstep.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnKind;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.Description.FoundColumn;
import dev.lockstep.spi.PlatformSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBuilderTest {
    private static final FoundColumn TEXT =
            new FoundColumn(ColumnKind.TEXT, false, false, false, false, false, 0, "text");

    @TempDir
    Path folder;

    private final FreshNumbers numbers = new FreshNumbers();

    private static Description found(boolean writes, @Nullable FoundColumn... columns) {
        Capabilities can = new Capabilities(true, false, true, writes, true, true, true, 100, 4, 0);
        return new Description(can, new ArrayList<>(Arrays.asList(columns)), -1, "a table", List.of());
    }

    private Model model(String text, Map<String, Description> found) {
        return new ModelBuilder(Yamls.read(folder, text), numbers).model(found);
    }

    @Test
    void defaultsAreThoseOfTheTypes() {
        Model model = model(Yamls.SOUND, Map.of());

        assertThat(model.field(numbers.field("email")).sharedLimit()).isEqualTo(3);
        assertThat(model.field(numbers.field("phone")).sharedLimit()).isEqualTo(1);
        assertThat(model.field(numbers.field("tags")).keep()).isEqualTo(Keep.UNION);
        assertThat(model.field(numbers.field("opt_in")).keep()).isEqualTo(Keep.CONSENT);
        assertThat(model.field(numbers.field("email")).keep()).isEqualTo(Keep.LATEST);
        assertThat(model.field(numbers.field("full_name")).computed()).isNotNull();
        assertThat(model.platform(0).settleMicros()).isEqualTo(10_000_000);
    }

    @Test
    void whatIsNoLongerWrittenIsRetiredUnderItsNumber() {
        model(Yamls.SOUND, Map.of());
        String later = Yamls.SOUND
                .replace("      mobile: phone\n", "")
                .replace("  tags:       { type: set }\n", "")
                .replace(", tags: tags", "");

        Model model = model(later, Map.of());

        assertThat(model.field(numbers.field("tags")).retired()).isTrue();
        assertThat(model.field(numbers.field("full_name")).retired()).isFalse();
        Column mobile = model.platform(0).columns().get(numbers.column(0, "mobile"));
        assertThat(mobile.retired()).isTrue();
        assertThat(mobile.heard() || mobile.written()).isFalse();
    }

    @Test
    void theFirstColumnOfAFieldSpeaksAndBothAreWritten() {
        Model model = model(Yamls.SOUND.replace("mobile: phone\n", "mobile: phone\n      home: phone\n"), Map.of());

        List<Column> columns = model.platform(0).columns();
        assertThat(columns.get(numbers.column(0, "mobile")).first()).isTrue();
        assertThat(columns.get(numbers.column(0, "home")).first()).isFalse();
        assertThat(columns.get(numbers.column(0, "home")).written()).isTrue();
    }

    @Test
    void aColumnOfAComputedFieldIsOnlyWritten() {
        PlatformModel crm = model(Yamls.SOUND, Map.of()).platform(1);

        Column name = crm.columns().get(numbers.column(1, "name"));
        assertThat(name.written()).isTrue();
        assertThat(name.heard()).isFalse();
        assertThat(name.field()).isEqualTo(numbers.field("full_name"));
    }

    @Test
    void whatThePlatformSaysOfItsColumnsIsInTheModel() {
        FoundColumn key = new FoundColumn(ColumnKind.TEXT, true, true, true, false, false, 0, "text");
        FoundColumn generated = new FoundColumn(ColumnKind.TEXT, false, false, false, true, false, 0, "text");

        PlatformModel crm = model(Yamls.SOUND, Map.of("crm", found(true, key, TEXT, generated)))
                .platform(1);

        assertThat(crm.keyIsMapped()).isTrue();
        assertThat(crm.columns().get(0).unique()).isTrue();
        assertThat(crm.columns().get(0).required()).isTrue();
        assertThat(crm.columns().get(2).written()).isFalse();
        assertThat(crm.columns().get(2).heard()).isTrue();
        assertThat(crm.echoes()).isTrue();
    }

    @Test
    void aPlatformThatCannotBeWrittenIsReadAndAMissingColumnIsRetired() {
        PlatformModel crm = model(Yamls.SOUND, Map.of("crm", found(false, TEXT, null, TEXT)))
                .platform(1);

        assertThat(crm.access()).isEqualTo(Access.READ);
        assertThat(crm.writable()).isFalse();
        assertThat(crm.columns().get(1).retired()).isTrue();
    }

    @Test
    void aMappingThatCannotBeWrittenBackIsRefusedUnlessItSaysHowItIsUsed() {
        FoundColumn number = new FoundColumn(ColumnKind.NUMBER, false, false, false, false, false, 0, "number");
        Map<String, Description> found = Map.of("crm", found(true, number, TEXT, TEXT));

        WorkspaceException refused = catchThrowableOfType(WorkspaceException.class, () -> model(Yamls.SOUND, found));

        assertThat(refused.getMessage()).startsWith("lockstep.yaml:").contains("Column `mail` of crm");
    }

    @Test
    void aConnectorIsToldOfTheColumnsByNumber() {
        Workspace workspace = Yamls.read(folder, Yamls.SOUND);
        PlatformSettings settings = new ModelBuilder(workspace, numbers)
                .settings(workspace.platforms().get(1));

        assertThat(settings.columns())
                .extracting(PlatformSettings.MappedColumn::number)
                .containsExactly(0, 1, 2);
        assertThat(settings.columns().get(1).heard()).isFalse();
        assertThat(settings.options()).containsEntry("table", "people");
    }
}
