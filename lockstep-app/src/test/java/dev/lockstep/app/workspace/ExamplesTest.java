package dev.lockstep.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockstep.app.json.Json;
import dev.lockstep.connectors.Connectors;
import dev.lockstep.spi.Connector;
import dev.lockstep.spi.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every workspace that we show is sound, for the reader and for editors that go by the schema. */
class ExamplesTest {
    private static final Map<String, Spec> SPECS = specs();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Json.write(WorkspaceSchema.of(List.copyOf(SPECS.values()))), InputFormat.JSON);

    private static Map<String, Spec> specs() {
        Map<String, Spec> specs = new LinkedHashMap<>();
        for (Connector connector : Connectors.all()) {
            specs.put(connector.spec().type(), connector.spec());
            connector.close();
        }
        return specs;
    }

    /** The repository's root. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) folder = folder.getParent();
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/two-databases", "lockstep-app/src/main/resources/dev/lockstep/app/demo"})
    void everyExampleIsSound(String folder) throws IOException {
        Path workspace = root().resolve(folder);
        Map<String, String> environment = Map.of("SHOP_URL", "u", "CRM_URL", "u", "NEWSLETTER_URL", "u");

        assertThat(WorkspaceReader.read(workspace, SPECS, environment).warnings())
                .isEmpty();
        assertThat(problems(Files.readString(workspace.resolve("lockstep.yaml"))))
                .isEmpty();
    }

    @Test
    void theWorkspaceOfTheReadmeIsSound() throws IOException {
        String readme = Files.readString(root().resolve("README.md"));
        int from = readme.indexOf("```yaml\n") + 8;
        String text = readme.substring(from, readme.indexOf("```", from));

        assertThat(problems(text)).isEmpty();
    }

    @Test
    void theSchemaFindsWhatTheReaderFinds() {
        assertThat(problems(Yamls.SOUND)).isEmpty();
        assertThat(problems(Yamls.SOUND.replace("columns:", "colums:"))).isNotEmpty();
        assertThat(problems(Yamls.SOUND.replace("type: date", "type: dat"))).isNotEmpty();
        assertThat(problems(Yamls.SOUND.replace("key: id", "settle: soon"))).isNotEmpty();
        assertThat(problems(Yamls.SOUND.replace("table: people", "schema: people")))
                .isNotEmpty();
        assertThat(problems(Yamls.SOUND.replace("key: id", "guard: { share: 5%, least: 3, per: 1h }")))
                .isEmpty();
    }

    /** All that is designed and can be written, also where it cannot be done yet. */
    @Test
    void aWorkspaceOfEverythingIsReadAndWhatIsNotAvailableIsToldInASentence(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("lockstep.yaml"),
                Files.readString(root().resolve("lockstep-app/src/test/resources/everything.yaml")));

        WorkspaceException told =
                catchThrowableOfType(WorkspaceException.class, () -> WorkspaceReader.read(folder, SPECS, Map.of()));

        assertThat(told.mistakes())
                .extracting(Mistake::sentence)
                .allMatch(one -> one.matches("(?i).*(available )?yet.*"));
        assertThat(told.mistakes().stream().filter(Mistake::fatal).map(Mistake::sentence))
                .hasSize(6)
                .anyMatch(one -> one.contains("no platform type `hubspot` yet"))
                .anyMatch(one -> one.contains("no platform type `mailchimp` yet"))
                .anyMatch(one -> one.contains("no platform type `files` yet"))
                .anyMatch(one -> one.contains("no platform type `events` yet"));
    }

    private static List<String> problems(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }
}
