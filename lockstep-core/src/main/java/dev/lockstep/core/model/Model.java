package dev.lockstep.core.model;

import dev.lockstep.core.normalise.FieldType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workspace as the core sees it: the company's customer model and the platforms. Immutable; a change makes a new
 * one.
 */
public final class Model {

    public static final int GROUP_LIMIT = 100;

    private final List<Field> fields;
    private final List<PlatformModel> platforms;
    private final int groupLimit;
    private final List<Field> identifying;
    private final List<Field> discerning;
    private final boolean computes;
    private final Map<String, Field> byName;

    /**
     * @param fields by field number
     * @param platforms by platform number
     * @param groupLimit the most records a group may hold
     */
    public Model(List<Field> fields, List<PlatformModel> platforms, int groupLimit) {
        this.fields = List.copyOf(fields);
        this.platforms = List.copyOf(platforms);
        this.groupLimit = groupLimit;
        List<Field> identifying = new ArrayList<>();
        List<Field> discerning = new ArrayList<>();
        boolean computes = false;
        TreeMap<String, Field> named = new TreeMap<>();
        for (Field field : fields) {
            named.putIfAbsent(field.name(), field);
            if (field.identifies() && !field.retired()) identifying.add(field);
            boolean discerns = field.vetoes() || field.type() == FieldType.NAME;
            if (discerns && !field.retired()) discerning.add(field);
            computes |= field.computed() != null;
        }
        identifying.sort(Comparator.comparingInt(Field::order));
        this.identifying = List.copyOf(identifying);
        this.discerning = List.copyOf(discerning);
        this.computes = computes;
        this.byName = named;
    }

    /** The same with this platform as it is now. */
    public Model with(PlatformModel platform) {
        List<PlatformModel> others = new ArrayList<>(platforms);
        others.set(platform.number(), platform);
        return new Model(fields, others, groupLimit);
    }

    /** By field number. */
    public List<Field> fields() {
        return fields;
    }

    /** The column carries a consent. */
    public boolean isConsent(Column column) {
        return column.field() >= 0 && fields.get(column.field()).isConsent();
    }

    /** By platform number. */
    public List<PlatformModel> platforms() {
        return platforms;
    }

    public int groupLimit() {
        return groupLimit;
    }

    /** Fields that identify, in the workspace's order. */
    public List<Field> identifying() {
        return identifying;
    }

    /** Fields that tell people apart: those that veto, and names. */
    public List<Field> discerning() {
        return discerning;
    }

    /** Some field is worked out from others. */
    public boolean computes() {
        return computes;
    }

    public Field field(int number) {
        return fields.get(number);
    }

    /** Null when there is none of that name. */
    public @Nullable Field fieldNamed(String name) {
        return byName.get(name);
    }

    public PlatformModel platform(int number) {
        return platforms.get(number);
    }
}
