package dev.lockstep.app.init;

import dev.lockstep.app.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Gathers what JSON documents hold, path by path. Lists of scalars are values; lists of objects are passed over. */
final class Documents {
    private final int depthMost;
    private final int pathsMost;
    private final Map<List<String>, Map<Integer, String>> found = new LinkedHashMap<>();
    private final Set<List<String>> lists = new HashSet<>();
    private final Map<List<String>, String> scalars = new HashMap<>();

    Documents(int depthMost, int pathsMost) {
        this.depthMost = depthMost;
        this.pathsMost = pathsMost;
    }

    /** What is no JSON object says nothing. */
    void read(int row, @Nullable String text) {
        if (text == null || !text.stripLeading().startsWith("{")) return;
        try {
            walk(row, List.of(), Json.tree(text));
        } catch (JacksonException e) {
            // Cut off in the sample, being long: other rows say enough.
        }
    }

    private void walk(int row, List<String> path, JsonNode node) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().isEmpty()) continue;
            List<String> inner = new ArrayList<>(path);
            inner.add(entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                if (inner.size() < depthMost) walk(row, inner, value);
            } else if (value.isArray()) {
                if (hasObjects(value)) continue;
                lists.add(inner);
                put(row, inner, value.toString());
            } else if (!value.isNull()) {
                scalars.put(inner, value.isBoolean() ? "boolean" : value.isNumber() ? "number" : "text");
                put(row, inner, value.asString());
            }
        }
    }

    private static boolean hasObjects(JsonNode list) {
        for (JsonNode element : list) {
            if (element.isContainer()) return true;
        }
        return false;
    }

    private void put(int row, List<String> path, String text) {
        if (!found.containsKey(path) && found.size() >= pathsMost) return;
        found.computeIfAbsent(List.copyOf(path), any -> new HashMap<>()).put(row, text);
    }

    /** In the order of their first appearance. */
    Set<List<String>> paths() {
        return found.keySet();
    }

    /** One text or null for each row. */
    List<@Nullable String> rows(List<String> path, int rows) {
        Map<Integer, String> texts = found.getOrDefault(path, Map.of());
        List<@Nullable String> all = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) all.add(texts.get(row));
        return all;
    }

    boolean lists(List<String> path) {
        return lists.contains(path);
    }

    /** {@code boolean}, {@code number} or {@code text}. */
    String scalar(List<String> path) {
        return scalars.getOrDefault(path, "text");
    }
}
