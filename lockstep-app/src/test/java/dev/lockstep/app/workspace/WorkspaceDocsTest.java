package dev.lockstep.app.workspace;

import dev.lockstep.app.Docs;
import dev.lockstep.app.json.Json;
import dev.lockstep.connectors.Connectors;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.spi.Connector;
import dev.lockstep.spi.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkspaceDocsTest {
    private static final String INTRODUCTION = """
            # The workspace file

            A workspace is a folder with one `lockstep.yaml`: what a customer is to you, and where customers live. The tables
            below are printed from the reader's own rules. So is [a JSON Schema](lockstep.schema.json), by which editors
            complete and check the file; `init` writes it beside the workspace, and `lockstep connectors --schema`
            prints it:

            ```yaml
            # yaml-language-server: $schema=lockstep.schema.json
            ```

            `lockstep check` tells every mistake at once, with line, column and the nearest right name. Whatever is said here to be
            not available yet is told by it too. A text is taken as it is written: `key: 0123` stays `0123`. Anchors, aliases and
            `<<` work; tags do not.

            Secrets stay out of the file: `${NAME}` is replaced from the environment or from a file `.env` beside the workspace,
            `${NAME:-default}` has a default, and `$${` stands for the characters themselves.

            Expressions (`value`, `where`, `create`) are [CEL](https://cel.dev) over the fields; consents are compared with
            `granted`, `withdrawn` and `unset`. They are checked when the file is read.

            ## Example

            ```yaml
            """;

    @Test
    void theDocumentationOfTheWorkspaceIsWhatTheReaderGoesBy() throws IOException {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        text.append(Files.readString(ExamplesTest.root().resolve("examples/two-databases/lockstep.yaml")));
        text.append("```\n");
        table(text, "The file", OptionRules.TOP);
        table(text, "A field: `customer:` NAME", OptionRules.FIELD);
        text.append("\nTypes: ")
                .append(Arrays.stream(FieldType.values())
                        .map(type -> "`" + type.spelling() + "`")
                        .collect(Collectors.joining(", ")))
                .append(".\n");
        table(text, "`identity:`", OptionRules.IDENTITY);
        table(text, "A platform: `platforms:` NAME", OptionRules.PLATFORM);
        for (Connector connector : Connectors.all()) {
            connector(text, connector.spec());
            connector.close();
        }
        table(text, "A column: `columns:` NAME", OptionRules.COLUMN);
        text.append("""

                A column's name is the platform's own. It may be a path: `attributes.name.first` reaches into JSON, and a dot that
                belongs to the name is written `E\\.Mail`. `column: field` is short for `column: { field: field }`. A mapping that
                cannot be read and written back must say `access: read` or `access: write`. Two columns may carry one field: the
                first speaks, both are written.
                """);
        table(text, "`guard:`", OptionRules.GUARD);
        text.append("\n`guard: off` is none at all. What a guard does: [operations](operations.md).\n");
        Docs.compare("workspace.md", text.toString());
    }

    @Test
    void theSchemaForEditorsIsWhatTheReaderGoesBy() throws IOException {
        List<Spec> specs = new ArrayList<>();
        for (Connector connector : Connectors.all()) {
            specs.add(connector.spec());
            connector.close();
        }
        String schema = Json.pretty(WorkspaceSchema.of(specs)) + "\n";
        Path file = ExamplesTest.root().resolve("docs/lockstep.schema.json");
        // The order of its keys means nothing, and differs between runs.
        boolean same = Files.exists(file) && Json.tree(Files.readString(file)).equals(Json.tree(schema));
        if (!same) Docs.compare("lockstep.schema.json", schema);
    }

    private static void table(StringBuilder text, String title, List<OptionRule> rules) {
        text.append("\n## ").append(title).append("\n\n| option | is |\n| --- | --- |\n");
        for (OptionRule rule : rules) row(text, rule.name(), rule.description() + choices(rule));
    }

    private static String choices(OptionRule rule) {
        if (rule.choices().isEmpty() || rule.name().equals("type")) return "";
        return " One of " + Options.quoted(rule.choices()) + ".";
    }

    private static void connector(StringBuilder text, Spec spec) {
        text.append("\n### `type: ")
                .append(spec.type())
                .append("`\n\n")
                .append(spec.summary())
                .append('\n');
        text.append("\n| option | is |\n| --- | --- |\n");
        for (Spec.Option option : spec.options()) {
            String when = option.required()
                    ? " Required."
                    : option.defaultText() == null ? "" : " Default: " + option.defaultText() + ".";
            row(text, option.name(), option.description() + when);
        }
        text.append('\n');
        spec.notes().forEach(note -> text.append("- ").append(note).append('\n'));
    }

    private static void row(StringBuilder text, String name, String description) {
        text.append("| `")
                .append(name)
                .append("` | ")
                .append(description.replace("|", "\\|"))
                .append(" |\n");
    }
}
