package dev.lockstep.app.workspace;

import dev.lockstep.spi.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Workspaces for tests, from text. */
final class Yamls {
    static final Spec POSTGRES = new Spec(
            "postgres",
            "A table.",
            List.of(
                    new Spec.Option("url", true, null, "Where the database is.", true),
                    new Spec.Option("table", true, null, "The table.", false),
                    new Spec.Option("slot", false, null, "The replication slot.", false)),
            "",
            List.of());

    /** A sound workspace; tests replace a line of it. */
    static final String SOUND = """
            customer:
              email:      { type: email, identifies: true }
              phone:      { type: phone, identifies: true, region: US }
              first_name: { type: name }
              last_name:  { type: name }
              birth_date: { type: date }
              opt_in:     { type: consent }
              tags:       { type: set }
              full_name:  { value: 'first_name + " " + last_name' }
            platforms:
              shop:
                type: postgres
                url: postgres://localhost/shop
                table: customers
                key: id
                columns:
                  email: email
                  given_name: first_name
                  family_name: last_name
                  mobile: phone
                  born: { field: birth_date, format: dd/MM/yyyy }
                  newsletter: { field: opt_in, values: { Y: granted, N: unset } }
              crm:
                type: postgres
                url: postgres://localhost/crm
                table: people
                columns: { mail: email, name: full_name, tags: tags }
            """;

    private Yamls() {}

    static Workspace read(Path folder, String text) {
        return read(folder, text, Map.of());
    }

    static Workspace read(Path folder, String text, Map<String, String> environment) {
        try {
            Files.writeString(folder.resolve("lockstep.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WorkspaceReader.read(folder, Map.of("postgres", POSTGRES), environment);
    }
}
