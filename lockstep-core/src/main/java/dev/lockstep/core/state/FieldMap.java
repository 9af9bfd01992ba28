package dev.lockstep.core.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A value by field number, in the order of the numbers. It counts its changes, so that whoever has worked something out
 * from it can tell whether that still holds. No value is null.
 */
public final class FieldMap<V> extends AbstractMap<Integer, V> {
    private @Nullable Object[] values = new Object[0];
    private int size;
    private transient int changes;

    /** How often anything was put or removed. */
    public int changes() {
        return changes;
    }

    @SuppressWarnings("unchecked")
    private @Nullable V at(int field) {
        return field < values.length ? (V) values[field] : null;
    }

    @Override
    public @Nullable V get(Object field) {
        return at((Integer) field);
    }

    @Override
    public boolean containsKey(Object field) {
        return at((Integer) field) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable V put(Integer field, V value) {
        if (field >= values.length) values = Arrays.copyOf(values, field + 1);
        V before = at(field);
        values[field] = value;
        if (before == null) size++;
        changes++;
        return before;
    }

    @Override
    public @Nullable V remove(Object field) {
        V before = at((Integer) field);
        if (before == null) return null;
        values[(Integer) field] = null;
        size--;
        changes++;
        return before;
    }

    @Override
    public void forEach(BiConsumer<? super Integer, ? super V> action) {
        for (int field = 0; field < values.length; field++) {
            V value = at(field);
            if (value != null) action.accept(field, value);
        }
    }

    @Override
    public Set<Map.Entry<Integer, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<Integer, V>> iterator() {
                return new Entries();
            }
        };
    }

    private int next(int after) {
        int next = after + 1;
        while (next < values.length && values[next] == null) next++;
        return next;
    }

    private final class Entries implements Iterator<Map.Entry<Integer, V>> {
        private int last = -1;

        @Override
        public boolean hasNext() {
            return FieldMap.this.next(last) < values.length;
        }

        @Override
        public Map.Entry<Integer, V> next() {
            int field = FieldMap.this.next(last);
            V value = at(field);
            if (value == null) throw new NoSuchElementException();
            last = field;
            return new SimpleEntry<>(field, value) {
                private static final long serialVersionUID = 1;

                @Override
                public V setValue(V changed) {
                    put(field, changed);
                    return super.setValue(changed);
                }
            };
        }

        @Override
        public void remove() {
            FieldMap.this.remove(last);
        }
    }
}
