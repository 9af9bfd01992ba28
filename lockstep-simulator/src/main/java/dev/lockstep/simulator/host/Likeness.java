package dev.lockstep.simulator.host;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares two states of the core's machines, whatever they are made of. */
final class Likeness {
    private static final String OURS = "dev.lockstep.";

    private final TreeMap<String, List<Field>> fields = new TreeMap<>();
    private @Nullable String firstDifference;

    /** Answers the second, and remembers where the first pair of all differs. */
    <T> T of(Object at, T before, T after) {
        String difference = firstDifference == null ? difference(before, after) : null;
        if (difference != null) firstDifference = at + ": " + difference;
        return after;
    }

    @Nullable
    String firstDifference() {
        return firstDifference;
    }

    /** Where the two differ; null when they do not. */
    private @Nullable String difference(@Nullable Object one, @Nullable Object other) {
        if (one == other) return null;
        if (one == null || other == null) return one + " is " + other;
        if (one.equals(other)) return null;
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> second) {
            return maps(map, second);
        } else if (one instanceof Collection<?> list && other instanceof Collection<?> second) {
            return lists(list, second);
        } else if (one instanceof Object[] list && other instanceof Object[] second) {
            return lists(Arrays.asList(list), Arrays.asList(second));
        } else if (one.getClass().getName().startsWith(OURS) && !(one instanceof Enum)) {
            return parts(one, other);
        }
        return one + " is " + other;
    }

    private @Nullable String maps(Map<?, ?> one, Map<?, ?> other) {
        String keys = lists(one.keySet(), other.keySet());
        return keys != null ? keys : lists(one.values(), other.values());
    }

    private @Nullable String lists(Collection<?> one, Collection<?> other) {
        if (one.size() != other.size()) return one + " is " + other;
        Iterator<?> its = other.iterator();
        for (Object each : one) {
            String difference = difference(each, its.next());
            if (difference != null) return difference;
        }
        return null;
    }

    private @Nullable String parts(Object one, Object other) {
        if (one.getClass() != other.getClass()) return one + " is " + other;
        for (Field field : fields.computeIfAbsent(one.getClass().getName(), name -> fields(one.getClass()))) {
            try {
                String difference = difference(field.get(one), field.get(other));
                if (difference != null) return field.getName() + ": " + difference;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) continue;
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields;
    }
}
