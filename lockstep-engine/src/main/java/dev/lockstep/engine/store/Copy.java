package dev.lockstep.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a data folder in one file: a ZIP archive of its files, with {@code CHECKSUMS} (SHA-256, as sha256sum prints
 * them) and {@code RESTORED}, by which whoever opens what was unpacked knows that it is a copy. Tokens are not in it.
 */
public final class Copy {
    private static final String CHECKSUMS = "CHECKSUMS";
    private static final String RESTORED = "RESTORED";
    private static final List<String> BESIDE = List.of("platforms.json");

    private Copy() {}

    /**
     * Makes one while the store is worked on.
     *
     * @param made when, in words
     * @return its size in bytes
     */
    public static long make(Store store, Path file, String made) {
        if (Files.exists(file)) {
            throw new StoreException("The file " + file + " is there already.", "Choose another name.");
        }
        Path work = store.folder().resolve("backup");
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            remove(work);
            store.copyTo(work);
            for (String beside : BESIDE) {
                Path from = store.folder().resolve(beside);
                if (Files.exists(from)) Files.copy(from, work.resolve(beside));
            }
            Files.writeString(work.resolve(RESTORED), made + "\n");
            pack(work, part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(file);
        } catch (IOException e) {
            throw new StoreException(
                    "The copy " + file + " cannot be written: " + said(e) + ".",
                    "Check that its folder exists, its rights and the free space.");
        } finally {
            removeQuietly(work);
            removeQuietly(part);
        }
    }

    private static void pack(Path folder, Path file) throws IOException {
        StringBuilder checksums = new StringBuilder();
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            // What lies in it is compressed already.
            zip.setLevel(1);
            for (Path one : files(folder)) {
                String name = folder.relativize(one).toString();
                MessageDigest digest = sha256();
                zip.putNextEntry(new ZipEntry(name));
                try (InputStream in = new DigestInputStream(Files.newInputStream(one), digest)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
                checksums
                        .append(HexFormat.of().formatHex(digest.digest()))
                        .append("  ")
                        .append(name)
                        .append('\n');
            }
            zip.putNextEntry(new ZipEntry(CHECKSUMS));
            zip.write(checksums.toString().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("LOCK"))
                    .sorted()
                    .toList();
        }
    }

    // ---- putting it back

    /** Unpacks a copy as the data folder, which must not be there; nothing is left of it when a checksum is wrong. */
    public static void putBack(Path file, Path folder) {
        Path fresh = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            if (Files.exists(folder)) {
                throw new StoreException(
                        "The data folder " + folder + " is there already.",
                        "Move it away first: mv " + folder + " " + folder + ".old");
            }
            remove(fresh);
            unpack(file, fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw new StoreException("There is no file " + file + ".", "");
        } catch (IOException e) {
            throw new StoreException(
                    "The copy " + file + " cannot be put back: " + said(e) + ".",
                    "Check that it is a file that `lockstep backup` wrote, and the free space.");
        } finally {
            removeQuietly(fresh);
        }
    }

    private static void unpack(Path file, Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path to = folder.resolve(entry.getName()).normalize();
                if (!to.startsWith(folder)) throw damaged(file);
                Files.createDirectories(to.getParent());
                MessageDigest digest = sha256();
                try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
                    Files.copy(in, to);
                }
                found.put(entry.getName(), HexFormat.of().formatHex(digest.digest()));
            }
        }
        Path checksums = folder.resolve(CHECKSUMS);
        found.remove(CHECKSUMS);
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.exists(checksums) ? Files.readAllLines(checksums) : List.<String>of()) {
            int space = line.indexOf("  ");
            if (space > 0) expected.put(line.substring(space + 2), line.substring(0, space));
        }
        if (expected.isEmpty() || !expected.equals(found)) throw damaged(file);
        Files.delete(checksums);
    }

    private static StoreException damaged(Path file) {
        return new StoreException(
                "The copy " + file + " is damaged: what is in it is not what was put there.", "Use another copy.");
    }

    /** When the copy was made that lies in this folder, and of which that is not known there yet; null: it is none. */
    public static @Nullable String putBack(Path folder) {
        try {
            Path marker = folder.resolve(RESTORED);
            return Files.exists(marker) ? Files.readString(marker).strip() : null;
        } catch (IOException e) {
            throw new StoreException("The data folder " + folder + " cannot be read: " + said(e) + ".", "");
        }
    }

    /** That it is a copy is in the store now. */
    public static void known(Path folder) {
        removeQuietly(folder.resolve(RESTORED));
    }

    // ---- files

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static void remove(Path path) throws IOException {
        if (!Files.exists(path)) return;
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
        }
    }

    private static void removeQuietly(Path path) {
        try {
            remove(path);
        } catch (IOException e) {
            // The next copy begins by removing it.
        }
    }

    private static String said(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
