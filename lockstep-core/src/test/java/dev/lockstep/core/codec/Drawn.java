package dev.lockstep.core.codec;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.Flight;
import dev.lockstep.core.state.Member;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Draws any state at all, part by part as the classes declare them, and puts one into words: a part that is new is
 * drawn and compared without anybody having to think of it.
 */
final class Drawn {
    /** All records are of one platform, as those that a member waits to hear are of its own. */
    private static final int PLATFORM = 2;

    private static final List<String> TEXTS = List.of("", "a", "Ada", "granted", "x".repeat(300));

    private final Random random;

    Drawn(Random random) {
        this.random = random;
    }

    // ---- drawing

    /** A state whose parts are drawn; those that are final collections are filled. */
    <T> T state(Class<T> type) {
        try {
            return fill(type.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T fill(T object) throws ReflectiveOperationException {
        int oneIn = random.nextBoolean() ? 10 : 2; // what is written shorter is what has little in it
        for (Field field : object.getClass().getFields()) {
            if (isNotStored(field)) continue;
            Object there = field.get(object);
            if (there instanceof Map<?, ?> map) entries(map, arguments(field.getGenericType(), object.getClass()));
            else if (there instanceof Collection<?> many) elements(many, field.getGenericType());
            else if (!Modifier.isFinal(field.getModifiers()) && random.nextInt(oneIn) == 0) {
                field.set(object, value(field.getName(), field.getGenericType(), mayBeNull(field.getAnnotatedType())));
            }
        }
        return object;
    }

    private static Type[] arguments(Type type, Class<?> within) {
        if (type instanceof ParameterizedType of && of.getActualTypeArguments().length == 2) {
            return of.getActualTypeArguments();
        }
        // A map by field number names only what it holds.
        if (type instanceof ParameterizedType of) return new Type[] {Integer.class, of.getActualTypeArguments()[0]};
        throw new IllegalStateException("what is " + type + " in " + within + "?");
    }

    @SuppressWarnings("unchecked")
    private void entries(Map<?, ?> map, Type[] of) {
        for (int left = random.nextInt(4); left > 0; left--) {
            Object key = of[0] == Integer.class ? (Integer) random.nextInt(9) : some("", of[0]);
            Object value = some("", of[1]);
            // What is known by its own name is found by it.
            if (value instanceof Member member) key = member.name;
            if (value instanceof dev.lockstep.core.state.Decision decision) key = decision.other();
            ((Map<Object, Object>) map).put(key, value);
        }
    }

    @SuppressWarnings("unchecked")
    private void elements(Collection<?> many, Type type) {
        Type of = ((ParameterizedType) type).getActualTypeArguments()[0];
        for (int left = random.nextInt(4); left > 0; left--) {
            boolean none = of == ColumnState.class && random.nextInt(3) == 0;
            ((Collection<@Nullable Object>) many).add(none ? null : some("", of));
        }
    }

    private Object some(String name, Type type) {
        Object value = value(name, type, false);
        if (value == null) throw new IllegalStateException("nothing drawn of " + type);
        return value;
    }

    private @Nullable Object value(String name, Type type, boolean mayBeNull) {
        if (mayBeNull && random.nextInt(3) == 0) return null;
        if (type == boolean.class) return random.nextBoolean();
        if (type == int.class) return name.equals("platform") ? PLATFORM : (int) number(name);
        if (type == long.class || type == Long.class) return number(name);
        if (type == String.class) return TEXTS.get(random.nextInt(TEXTS.size()));
        if (type == String[].class) return texts();
        if (type == Flight.class) return flight();
        if (type instanceof ParameterizedType list) {
            List<Object> all = new ArrayList<>();
            for (int left = random.nextInt(3); left > 0; left--) all.add(some("", list.getActualTypeArguments()[0]));
            return list.getRawType() == TreeSet.class ? new TreeSet<>(all) : List.copyOf(all);
        }
        if (type instanceof Class<?> one && one.isEnum()) {
            return one.getEnumConstants()[random.nextInt(one.getEnumConstants().length)];
        }
        return object((Class<?>) type);
    }

    private Object object(Class<?> type) {
        try {
            if (!type.isRecord()) return fill(made(type));
            RecordComponent[] parts = type.getRecordComponents();
            @Nullable Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] =
                        value(parts[i].getName(), parts[i].getGenericType(), mayBeNull(parts[i].getAnnotatedType()));
            }
            Class<?>[] types =
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot draw a " + type, e);
        }
    }

    private Object made(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getConstructors()[0];
        @Nullable Object[] values = new Object[constructor.getParameterCount()];
        for (int i = 0; i < values.length; i++) values[i] = some("", constructor.getParameterTypes()[i]);
        return constructor.newInstance(values);
    }

    private static boolean mayBeNull(java.lang.reflect.AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private long number(String name) {
        if (name.equals("risk")) return random.nextInt(8);
        long drawn = switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> 1 + random.nextInt(100);
            case 2 -> -1 - random.nextInt(100);
            default -> random.nextInt();
        };
        boolean time = name.endsWith("icros");
        return time && drawn > 100 ? 1_795_000_000_000_000L + drawn : drawn;
    }

    private @Nullable String[] texts() {
        @Nullable String[] texts = new String[random.nextInt(4)];
        for (int i = 0; i < texts.length; i++) {
            int kind = random.nextInt(3);
            texts[i] = kind == 0 ? null : kind == 1 ? Observation.ABSENT : TEXTS.get(random.nextInt(TEXTS.size()));
        }
        return texts;
    }

    /** A stamp and a winner for each cell. */
    private Flight flight() {
        Write write = (Write) some("", Write.class);
        List<Long> stamps = new ArrayList<>();
        List<@Nullable RecordName> winners = new ArrayList<>();
        for (int i = 0; i < write.cells().size(); i++) {
            stamps.add(random.nextInt(3) == 0 ? Stamp.UNDATED : number("micros"));
            winners.add(random.nextInt(3) == 0 ? null : (RecordName) some("", RecordName.class));
        }
        return new Flight(write, List.copyOf(stamps), winners, number("sentMicros"), random.nextBoolean());
    }

    private static boolean isNotStored(Field field) {
        return Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers());
    }

    // ---- words

    /** All that it says, in an order of its own. */
    static String words(@Nullable Object object) {
        StringBuilder words = new StringBuilder();
        say(object, words);
        return words.toString();
    }

    @SuppressWarnings("ReferenceEquality") // what was not shown is this one text and no other
    private static void say(@Nullable Object object, StringBuilder words) {
        if (object == Observation.ABSENT) {
            words.append("absent");
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                say(key, words);
                words.append(" is ");
                say(value, words);
            });
        } else if (object instanceof Collection<?> many) {
            for (Object one : many) sayPart("", one, words);
        } else if (object instanceof Object[] many) {
            for (Object one : many) sayPart("", one, words);
        } else if (object == null
                || !object.getClass().getName().startsWith("dev.lockstep.")
                || object instanceof Enum) {
            words.append('`').append(object).append('`');
        } else {
            sayParts(object, words);
        }
    }

    private static void sayParts(Object object, StringBuilder words) {
        try {
            for (Field field : object.getClass().getDeclaredFields()) {
                if (isNotStored(field)) continue;
                field.setAccessible(true);
                sayPart(field.getName(), field.get(object), words);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sayPart(String name, @Nullable Object part, StringBuilder words) {
        words.append('(').append(name).append(' ');
        say(part, words);
        words.append(")\n");
    }
}
