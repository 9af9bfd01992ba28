package dev.lockstep.app.workspace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for looking at a workspace without a data folder: given in the order of asking, and forgotten. */
public final class FreshNumbers implements Numbers {
    private final List<String> platforms = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final Map<Integer, List<String>> columns = new HashMap<>();

    @Override
    public int platform(String name) {
        return number(platforms, name);
    }

    @Override
    public int field(String name) {
        return number(fields, name);
    }

    @Override
    public int column(int platform, String path) {
        return number(columns.computeIfAbsent(platform, number -> new ArrayList<>()), path);
    }

    private static int number(List<String> names, String name) {
        int known = names.indexOf(name);
        if (known >= 0) return known;
        names.add(name);
        return names.size() - 1;
    }

    @Override
    public List<String> platforms() {
        return List.copyOf(platforms);
    }

    @Override
    public List<String> fields() {
        return List.copyOf(fields);
    }

    @Override
    public List<String> columns(int platform) {
        return List.copyOf(columns.getOrDefault(platform, List.of()));
    }

    @Override
    public void renamePlatform(String old, String now) {
        // Nothing is known of either.
    }

    @Override
    public void renameField(String old, String now) {
        // Nothing is known of either.
    }
}
