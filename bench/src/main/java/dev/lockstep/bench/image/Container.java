package dev.lockstep.bench.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image, unpacked, and processes in it as an engine would start them: its files read-only but for the volume, its
 * user, environment and entrypoint, processes and mounts of their own. The network is this machine's, to reach a server
 * on loopback. Needs root and `unshare`.
 */
final class Container {
    /** Mounts what an engine mounts, then becomes the process. Arguments: root, workspace, volume, user, folder, command … */
    private static final String ENTER = """
            set -e
            root=$1 workspace=$2 volume=$3 user=$4 folder=$5; shift 5
            mount --bind "$root" "$root"
            mount --bind "$volume" "$root/var/lib/lockstep"
            mount --bind "$workspace" "$root/workspace"
            mount -o remount,bind,ro "$root/workspace"
            mount -o remount,bind,ro "$root"
            mount -t proc proc "$root/proc"
            mount -t tmpfs -o mode=1777 none "$root/tmp"
            mount --rbind /sys "$root/sys"
            mount -t tmpfs -o mode=755 none "$root/dev"
            for device in null zero full random urandom; do
              : >"$root/dev/$device"
              mount --bind "/dev/$device" "$root/dev/$device"
            done
            exec unshare --root="$root" --wd="$folder" --setgid="${user#*:}" --setuid="${user%:*}" "$@"
            """;

    private final Path root;
    private final JsonNode config;

    private Container(Path root, JsonNode config) {
        this.root = root;
        this.config = config;
    }

    /** Unpacks a tar into a folder, its layers in their order; every digest and size must be as it says. */
    static Container unpack(Path tar, Path folder) throws IOException, InterruptedException {
        Path layout = Files.createDirectories(folder.resolve("layout"));
        Path root = Files.createDirectories(folder.resolve("root"));
        run("tar", "-xf", tar.toString(), "-C", layout.toString());
        JsonNode index = read(layout.resolve("index.json"));
        JsonNode manifest = read(blob(layout, index.at("/manifests/0")));
        JsonNode image = read(blob(layout, manifest.get("config")));
        JsonNode loaded = read(layout.resolve("manifest.json")).get(0);
        JsonNode diffs = image.at("/rootfs/diff_ids");
        if (manifest.get("layers").size() != diffs.size() || loaded.get("Layers").size() != diffs.size()) {
            throw new IOException("not as many layers everywhere");
        }
        for (int i = 0; i < diffs.size(); i++) {
            Path layer = blob(layout, manifest.get("layers").get(i));
            try (InputStream in = new GZIPInputStream(Files.newInputStream(layer))) {
                same(diffs.get(i).asString(), digest(in), "the content of layer " + i);
            }
            same(layout.resolve(loaded.get("Layers").get(i).asString()).toString(), layer.toString(), "layer " + i);
            run("tar", "-xzpf", layer.toString(), "--numeric-owner", "-C", root.toString());
        }
        same(
                layout.resolve(loaded.get("Config").asString()).toString(),
                blob(layout, manifest.get("config")).toString(),
                "the configuration");
        // Where an engine mounts things it makes the folders.
        for (String name : List.of("proc", "sys", "dev")) Files.createDirectories(root.resolve(name));
        return new Container(root, image.get("config"));
    }

    private static JsonNode read(Path file) throws IOException {
        return new JsonMapper().readTree(Files.readString(file));
    }

    private static Path blob(Path layout, JsonNode descriptor) throws IOException {
        String digest = descriptor.get("digest").asString();
        Path file = layout.resolve("blobs").resolve(digest.replace(':', '/'));
        try (InputStream in = Files.newInputStream(file)) {
            same(digest, digest(in), file.toString());
        }
        same(descriptor.get("size").asString(), Long.toString(Files.size(file)), "the size of " + file);
        return file;
    }

    private static String digest(InputStream in) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static void same(String wanted, String found, String of) throws IOException {
        if (!wanted.equals(found)) throw new IOException(of + " is " + found + ", not " + wanted);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) throw new IOException(String.join(" ", command) + " ended with " + exit);
    }

    JsonNode config() {
        return config;
    }

    /** Makes a folder as an engine makes a volume: with what the image has there, and its owner. */
    void volume(Path folder) throws IOException, InterruptedException {
        run("cp", "-a", root.resolve("var/lib/lockstep").toString(), folder.toString());
    }

    /** A process of it. */
    static final class Running {
        private final Process process;
        private final Path out;
        private final Path err;
        private final long began = System.nanoTime();

        private Running(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        long millis() {
            return (System.nanoTime() - began) / 1_000_000;
        }

        boolean alive() {
            return process.isAlive();
        }

        String said() throws IOException {
            return Files.readString(out) + Files.readString(err);
        }

        /** The first process of the container; what started it is none of it. */
        private ProcessHandle first() {
            return process.children().findFirst().orElse(process.toHandle());
        }

        /** Asks it to end, as an engine does. */
        void terminate() {
            first().destroy();
        }

        /** The resident memory now, in kB; 0 when it has ended. */
        long residentKb() throws IOException {
            if (!alive()) return 0;
            for (var line : Files.readAllLines(Path.of("/proc/" + first().pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", ""));
            }
            return 0;
        }

        /** Its exit code; it is killed when the time is over. */
        int await(long seconds) throws InterruptedException {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                first().destroyForcibly();
                process.destroyForcibly();
            }
            return process.waitFor();
        }
    }

    /** Starts the image's entrypoint. */
    Running start(Path workspace, Path volume, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
        command.addAll(List.of("sh", "-c", ENTER, "sh", root.toString(), workspace.toString(), volume.toString()));
        command.add(config.get("User").asString());
        command.add(config.get("WorkingDir").asString());
        config.get("Entrypoint").forEach(word -> command.add(word.asString()));
        command.addAll(arguments);
        Path out = Files.createTempFile(volume.getParent(), "run", ".out");
        Path err = Files.createTempFile(volume.getParent(), "run", ".err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        String path = System.getenv("PATH");
        builder.environment().clear();
        config.get("Env").forEach(entry -> {
            String[] pair = entry.asString().split("=", 2);
            builder.environment().put(pair[0], pair[1]);
        });
        builder.environment().putAll(environment);
        // Of `unshare` and `sh`; the program asks nobody.
        builder.environment().put("PATH", path);
        return new Running(builder.start(), out, err);
    }
}
