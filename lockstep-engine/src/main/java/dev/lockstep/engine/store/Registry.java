package dev.lockstep.engine.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers given once, by name, to platforms, fields and the columns of a platform: states hold numbers, so that a name
 * may change. A number is never given twice. Asking for a name not yet numbered gives it the next number, durably.
 */
public final class Registry {
    private static final byte[] PREFIX = Keys.utf8("name/");

    private final Store store;
    /** By kind ({@code platform}, {@code field}, {@code column/2}): names by number. */
    private final Map<String, List<String>> names = new TreeMap<>();

    Registry(Store store) {
        this.store = store;
        store.peek(Family.META, PREFIX, null, (key, value) -> {
            String path = Keys.text(key).substring(PREFIX.length);
            int slash = path.lastIndexOf('/');
            put(path.substring(0, slash), Integer.parseInt(path.substring(slash + 1)), Keys.text(value));
            return true;
        });
    }

    public synchronized int platform(String name) {
        return number("platform", name);
    }

    public synchronized int field(String name) {
        return number("field", name);
    }

    /** @param path the column's name as in the workspace */
    public synchronized int column(int platform, String path) {
        return number("column/" + platform, path);
    }

    /** Names by number, those no longer in the workspace too. */
    public synchronized List<String> platforms() {
        return all("platform");
    }

    public synchronized List<String> fields() {
        return all("field");
    }

    public synchronized List<String> columns(int platform) {
        return all("column/" + platform);
    }

    /** {@code was: OLD}: the number of the old name goes on under the new one. False when there is no such name. */
    public synchronized boolean renamePlatform(String old, String now) {
        return rename("platform", old, now);
    }

    public synchronized boolean renameField(String old, String now) {
        return rename("field", old, now);
    }

    /** The name is free again; its number is never given to another. */
    public synchronized void forgetPlatform(int number) {
        List<String> known = names.getOrDefault("platform", List.of());
        if (number >= known.size()) return;
        write("platform", number, "");
        known.set(number, "");
    }

    private int number(String kind, String name) {
        List<String> known = names.computeIfAbsent(kind, unused -> new ArrayList<>());
        int number = known.indexOf(name);
        if (number >= 0) return number;
        write(kind, known.size(), name);
        known.add(name);
        return known.size() - 1;
    }

    private boolean rename(String kind, String old, String now) {
        List<String> known = names.getOrDefault(kind, List.of());
        int number = known.indexOf(old);
        if (number < 0 || known.contains(now)) return false;
        write(kind, number, now);
        known.set(number, now);
        return true;
    }

    private void write(String kind, int number, String name) {
        try (Changes changes = store.begin()) {
            byte[] key = ("name/" + kind + "/" + String.format("%06d", number)).getBytes(StandardCharsets.UTF_8);
            changes.put(Family.META, key, Keys.utf8(name));
            changes.commit(Changes.Keep.DURABLE);
        }
    }

    private void put(String kind, int number, String name) {
        List<String> known = names.computeIfAbsent(kind, unused -> new ArrayList<>());
        while (known.size() <= number) known.add("");
        known.set(number, name);
    }

    private List<String> all(String kind) {
        return List.copyOf(names.getOrDefault(kind, List.of()));
    }
}
