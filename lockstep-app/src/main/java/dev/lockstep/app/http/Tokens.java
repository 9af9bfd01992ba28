package dev.lockstep.app.http;

import dev.lockstep.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask the server, and for what: the file {@code tokens} in the data folder, a line {@code role token} each. The
 * first start makes an admin's. Only its owner may read the file.
 */
final class Tokens {
    private static final String NAME = "tokens";
    private static final int BYTES = 32;

    /** What a token is good for; each role may do all that those before it may. {@code ingest} only sends events. */
    enum Role {
        INGEST,
        VIEWER,
        OPERATOR,
        ADMIN
    }

    @SuppressWarnings("ArrayRecordComponent") // only compared here, in a time that does not tell
    private record Token(Role role, byte[] digest) {}

    private final String admin;
    private final List<Token> tokens;

    private Tokens(String admin, List<Token> tokens) {
        this.admin = admin;
        this.tokens = tokens;
    }

    /** Those of the data folder; an admin's is made when there is none. */
    static Tokens in(Path dataFolder) {
        Path file = dataFolder.resolve(NAME);
        try {
            if (!Files.exists(file)) make(file);
            return read(file);
        } catch (IOException e) {
            throw new EngineException("The tokens cannot be read or written: " + e.getMessage() + ".", "");
        }
    }

    /** The admin's token; null when the server was never started. */
    static @Nullable String admin(Path dataFolder) {
        return Files.exists(dataFolder.resolve(NAME)) ? in(dataFolder).admin : null;
    }

    private static void make(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mine = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine)) {
            channel.write(StandardCharsets.UTF_8.encode("admin " + token + "\n"));
        }
    }

    private static Tokens read(Path file) throws IOException {
        String admin = null;
        List<Token> tokens = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] words = line.strip().split("\\s+");
            Role role = words.length == 2 ? named(words[0]) : null;
            if (role == null || words[1].length() < 16) {
                throw new EngineException(
                        "A line of " + file + " is not understood.",
                        "Write `ROLE TOKEN`: admin, operator, viewer or ingest, and at least 16 characters.");
            }
            tokens.add(new Token(role, digest(words[1])));
            if (role == Role.ADMIN && admin == null) admin = words[1];
        }
        if (admin == null) {
            throw new EngineException(
                    "There is no admin's token in " + file + ".", "Remove the file: a new one is made.");
        }
        return new Tokens(admin, List.copyOf(tokens));
    }

    private static @Nullable Role named(String word) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(word)) return role;
        }
        return null;
    }

    String admin() {
        return admin;
    }

    /** The role of this token; null when it is none. Takes as long for a near miss as for a far one. */
    @Nullable
    Role role(String token) {
        byte[] digest = digest(token);
        Role found = null;
        for (Token one : tokens) {
            if (MessageDigest.isEqual(one.digest, digest)) found = one.role;
        }
        return found;
    }

    /** Compared in place of tokens: all are of one length, and say nothing of each other. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
