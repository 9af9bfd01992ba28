package dev.lockstep.app.workspace;

import dev.lockstep.spi.Description;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A short text that changes when something by which customers are joined and planned does: not with comments, the order
 * of options, addresses or passwords.
 */
public final class Digest {
    private Digest() {}

    /** @param found by platform name what each was found to be */
    public static String of(Workspace workspace, Map<String, Description> found) {
        List<Object> parts = new ArrayList<>(Arrays.asList("1", workspace.identity()));
        workspace.fields().forEach(field -> parts.add(of(field)));
        for (PlatformDefinition platform : workspace.platforms()) {
            parts.add(of(platform));
            platform.columns().forEach(column -> parts.add(of(column)));
            Description description = found.get(platform.name());
            parts.add(description == null ? "" : description.columns());
        }
        return hash(parts.toString());
    }

    private static List<@Nullable Object> of(FieldDefinition field) {
        return Arrays.asList(
                field.name(),
                field.type(),
                field.settings(),
                field.identifies(),
                field.keep() == null ? null : field.keep().rule() + field.keep().trust(),
                field.sharedLimit(),
                Objects.toString(field.expression()));
    }

    private static List<@Nullable Object> of(PlatformDefinition platform) {
        return Arrays.asList(
                platform.name(),
                platform.access(),
                platform.key(),
                platform.create(),
                Objects.toString(platform.createIf()),
                Objects.toString(platform.where()),
                platform.leave(),
                texts(platform.archive()),
                platform.onDelete(),
                platform.standardize());
    }

    private static Map<String, String> texts(Map<String, Written> table) {
        Map<String, String> texts = new TreeMap<>();
        table.forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private static List<@Nullable Object> of(ColumnDefinition column) {
        return Arrays.asList(
                column.path(),
                column.field(),
                column.access(),
                column.format() == null ? null : column.format().text(),
                column.values(),
                Objects.toString(column.value()),
                column.split(),
                column.defaultText(),
                column.standardize(),
                column.settings());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
