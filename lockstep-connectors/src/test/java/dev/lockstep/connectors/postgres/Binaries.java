package dev.lockstep.connectors.postgres;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

/** PostgreSQL of another version than that on the class path: from the jars that the build has put beside it. */
record Binaries(String version) implements PgBinaryResolver {

    /** Where the build puts them, by version. */
    private static Path jar(String version) {
        return Path.of("target", "postgres", version + ".jar");
    }

    static boolean there(String version) {
        return Files.exists(jar(version));
    }

    static List<String> versions() {
        return List.of("14.24.0", "15.19.0", "16.15.0", "18.6.0");
    }

    @Override
    public InputStream getPgBinary(String system, String machine) throws IOException {
        try (ZipFile zip = new ZipFile(jar(version).toFile())) {
            var entry = zip.stream()
                    .filter(file -> file.getName().toLowerCase(Locale.ROOT).endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream stream = zip.getInputStream(entry)) {
                return new java.io.ByteArrayInputStream(stream.readAllBytes());
            }
        }
    }
}
