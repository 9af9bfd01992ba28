package dev.lockstep.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.model.PlatformModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceReaderTest {
    @TempDir
    Path folder;

    @Test
    void aSoundWorkspaceIsRead() {
        Workspace workspace = Yamls.read(folder, Yamls.SOUND);

        assertThat(workspace.fields()).hasSize(8);
        assertThat(workspace.warnings()).isEmpty();
        PlatformDefinition shop = workspace.platforms().getFirst();
        assertThat(shop.key()).containsExactly("id");
        assertThat(shop.settle()).isEqualTo(Duration.ofSeconds(10));
        assertThat(shop.access()).isNull();
        assertThat(shop.create()).isTrue();
        assertThat(shop.columns().get(5).values()).containsExactly(Map.entry("Y", "granted"), Map.entry("N", "unset"));
        assertThat(workspace.history()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void textsStayAsTheyAreWritten() {
        String text = Yamls.SOUND.replace("table: people", "table: 12e5").replace("key: id", "key: 0123");

        Workspace workspace = Yamls.read(folder, text);

        assertThat(workspace.platforms().get(1).options()).containsEntry("table", "12e5");
        assertThat(workspace.platforms().get(0).key()).containsExactly("0123");
    }

    @Test
    void environmentIsReplacedFromTheProcessThenFromDotEnvThenByTheDefault() throws IOException {
        Files.writeString(folder.resolve(".env"), "# ours\nexport A=file\nB='file b' \nC=\n");
        String text = Yamls.SOUND
                .replace("postgres://localhost/shop", "${A}-${B}-${C:-c}-${D:-x:y}-$${E}")
                .replace("table: people", "table: \"${A}\"");

        Workspace workspace = Yamls.read(folder, text, Map.of("A", "process"));

        assertThat(workspace.platforms().get(0).options()).containsEntry("url", "process-file b-c-x:y-${E}");
        assertThat(workspace.platforms().get(1).options()).containsEntry("table", "process");
    }

    @Test
    void aValueFromTheEnvironmentCannotChangeTheShapeOfTheFileNorIsItShown() {
        String text = Yamls.SOUND.replace("table: people", "table: people\n    settle: ${SECRET}");

        WorkspaceException refused = catchThrowableOfType(
                WorkspaceException.class,
                () -> Yamls.read(folder, text, Map.of("SECRET", "hunter2\n    access: read")));

        assertThat(refused.mistakes()).hasSize(1);
        assertThat(refused.getMessage()).contains("${SECRET}").doesNotContain("hunter2");
    }

    @Test
    void anchorsAliasesAndMergesWork() {
        String text = """
                customer:
                  email: &id { type: email, identifies: true }
                  other: *id
                  third: { <<: *id, shared_limit: 7 }
                platforms:
                  a: &shop
                    type: postgres
                    url: u
                    table: a
                    columns: &all { email: email, o: other }
                  b: { <<: *shop, table: b }
                  c: { type: postgres, url: u, table: c, columns: { <<: [*all], o: third } }
                """;

        Workspace workspace = Yamls.read(folder, text);

        assertThat(workspace.fields().get(2).sharedLimit()).isEqualTo(7);
        assertThat(workspace.fields().get(2).identifies()).isTrue();
        assertThat(workspace.platforms().get(1).options())
                .containsEntry("table", "b")
                .containsEntry("url", "u");
        assertThat(workspace.platforms().get(1).columns()).hasSize(2);
        assertThat(workspace.platforms().get(2).columns())
                .extracting(ColumnDefinition::field)
                .containsExactlyInAnyOrder("third", "email");
    }

    @Test
    void aBombOfAliasesIsRefused() {
        StringBuilder text = new StringBuilder("customer:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("  a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }

        assertThat(mistakes(text.toString())).anyMatch(mistake -> mistake.contains("more than 100000 values"));
    }

    @Test
    void everyPlatformOptionIsRead() {
        String text = Yamls.SOUND
                .replace("    table: people\n", """
                    table: people
                    access: both
                    key: [tenant, id]
                    modified: updated_at
                    create: country == "DE"
                    where: opt_in == granted
                    leave: delete
                    on_delete: recreate
                    sync: every 5m
                    settle: 2s
                    standardize: true
                    limit: 10/s
                    guard: { share: 5%, least: 10, per: 2h }
                """)
                .replace("  tags: ", "  country: { type: country }\n  tags: ");

        PlatformDefinition crm = Yamls.read(folder, text).platforms().get(1);

        assertThat(crm.access()).isEqualTo(Access.BOTH);
        assertThat(crm.key()).containsExactly("tenant", "id");
        assertThat(crm.createIf()).isNotNull();
        assertThat(crm.leave()).isEqualTo(PlatformModel.Leave.DELETE);
        assertThat(crm.onDelete()).isEqualTo(PlatformModel.OnDelete.RECREATE);
        assertThat(crm.limit()).isEqualTo("10/s");
        assertThat(crm.sync()).isEqualTo("every 5m");
        assertThat(crm.guard()).isEqualTo(new Workspace.GuardDefinition(true, 5, 10, Duration.ofHours(2)));
    }

    @Test
    void whatIsNotAvailableYetIsAWarningWhereNothingNeedsIt() {
        String text = Yamls.SOUND
                .replace("platforms:\n", """
                audiences:
                  germans: email == "x"
                identity:
                  matching: { compare: [email], merge_above: 0.99, review_above: 0.8 }
                platforms:
                """)
                .replace("  tags:  ", "  orders: { count: order_completed }\n  tags:  ");

        Workspace workspace = Yamls.read(folder, text);

        assertThat(workspace.warnings())
                .extracting(Mistake::sentence)
                .hasSize(3)
                .allMatch(one -> one.contains("not available yet"));
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheText() {
        String text = Yamls.SOUND
                .replace("{ type: name }", "{ type: nane }")
                .replace("    columns: { mail", "    colums: 1\n    columns: { mail")
                .replace("mobile: phone", "mobile: fone");

        assertThat(mistakes(text))
                .containsExactly(
                        "lockstep.yaml:4:23: There is no field type `nane`. Did you mean `name`?",
                        "lockstep.yaml:5:23: There is no field type `nane`. Did you mean `name`?",
                        "lockstep.yaml:20:15: There is no field `fone`. Did you mean `phone`?",
                        "lockstep.yaml:27:5: Platform `crm` has no option `colums`. Did you mean `columns`?");
    }

    private List<String> mistakes(String text) {
        return catchThrowableOfType(WorkspaceException.class, () -> Yamls.read(folder, text)).mistakes().stream()
                .map(Mistake::toString)
                .toList();
    }

    @Test
    void whatBecomesOfAWriteIsWaitedForUntilTwoReadsHaveShownIt() {
        assertThat(settle("sync: every 15m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(settle("sync: every 2s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(settle("sync: 0 3 * * *")).isBetween(Duration.ofHours(45), Duration.ofHours(51));
        assertThat(settle("sync: every 15m\n    settle: 0")).isEqualTo(Duration.ZERO);
    }

    private Duration settle(String options) {
        return Yamls.read(folder, Yamls.SOUND.replace("table: people", "table: people\n    " + options))
                .platforms()
                .getLast()
                .settle();
    }
}
