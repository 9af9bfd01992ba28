package dev.lockstep.connectors.postgres;

import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.PlatformSettings.MappedColumn;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of a table's columns carry what. Rows are read as <em>slots</em>, one for each of the table's columns that we
 * need (several mapped columns may look into one JSON column), and turned into observations' {@code raw} here, however
 * they came: by COPY, by a statement, by the stream.
 */
final class Mapping {
    private final List<Attribute> slots;
    private final List<Attribute> key;
    private final int[] keySlots;
    private final int modifiedSlot;
    private final @Nullable Place[] places;
    private final int platform;

    /**
     * Where a mapped column is found.
     *
     * @param path into JSON; empty for the column itself
     */
    record Place(
            int number,
            int slot,
            Attribute attribute,
            List<String> path,
            @Nullable FieldType type) {}

    /** @param keyColumns the columns of the key, in its order; columns that the table lacks are left out */
    Mapping(PlatformSettings settings, Table table, List<String> keyColumns) {
        platform = settings.number();
        slots = new ArrayList<>();
        key = new ArrayList<>();
        for (String name : keyColumns) {
            Attribute attribute = table.attribute(name);
            if (attribute != null) key.add(attribute);
        }
        keySlots = key.stream().mapToInt(this::slot).toArray();
        Attribute modified = settings.modified() == null ? null : table.attribute(settings.modified());
        modifiedSlot = modified == null ? -1 : slot(modified);
        int width =
                settings.columns().stream().mapToInt(MappedColumn::number).max().orElse(-1) + 1;
        places = new Place[width];
        for (MappedColumn column : settings.columns()) {
            Attribute attribute = table.attribute(column.path().getFirst());
            if (attribute == null) continue;
            List<String> path = column.path().subList(1, column.path().size());
            places[column.number()] = new Place(column.number(), slot(attribute), attribute, path, column.type());
        }
    }

    private int slot(Attribute attribute) {
        int known = slots.indexOf(attribute);
        if (known >= 0) return known;
        slots.add(attribute);
        return slots.size() - 1;
    }

    int platform() {
        return platform;
    }

    List<Attribute> slots() {
        return slots;
    }

    /** The server's numbers of the slots' types, in order: {@code 20,25,25}. */
    String types() {
        return slots.stream()
                .map(attribute -> Integer.toUnsignedString(attribute.typeOid()))
                .collect(Collectors.joining(","));
    }

    List<Attribute> key() {
        return key;
    }

    boolean isKey(Attribute attribute) {
        return key.contains(attribute);
    }

    /** Rows are made with a key of ours, not one that the server gives. */
    boolean keyIsWritten(List<MappedColumn> columns) {
        return key.stream()
                .allMatch(attribute -> !attribute.generated()
                        && columns.stream()
                                .anyMatch(column ->
                                        column.written() && column.path().equals(List.of(attribute.name()))));
    }

    int slotOf(Attribute attribute) {
        return slots.indexOf(attribute);
    }

    /** Where this mapped column is found; null when the table lacks it. */
    @Nullable
    Place place(int column) {
        return column < places.length ? places[column] : null;
    }

    /** As {@link #place}, of a column that the table has. */
    Place placeThere(int column) {
        Place place = place(column);
        if (place == null) throw new IllegalArgumentException("column " + column + " is not there");
        return place;
    }

    int width() {
        return places.length;
    }

    /** The number of the mapped column that is this very column (not a path into it), or -1. */
    int columnOf(String attribute) {
        for (Place place : places) {
            if (place != null
                    && place.path().isEmpty()
                    && place.attribute().name().equals(attribute)) {
                return place.number();
            }
        }
        return -1;
    }

    boolean hasModified() {
        return modifiedSlot >= 0;
    }

    Attribute modified() {
        return slots.get(modifiedSlot);
    }

    @Nullable
    String[] emptySlots() {
        String[] values = new String[slots.size()];
        Arrays.fill(values, Observation.ABSENT);
        return values;
    }

    /** The key of a row; null when the row does not show all of it. */
    @Nullable
    String key(@Nullable String[] row) {
        List<@Nullable String> parts = new ArrayList<>(keySlots.length);
        for (int slot : keySlots) {
            String part = row[slot];
            if (part == null || part == Observation.ABSENT) return null;
            parts.add(part);
        }
        return KeyText.join(parts);
    }

    /** By column number: what the row shows of each mapped column. */
    @Nullable
    String[] raw(@Nullable String[] row) {
        @Nullable String[] raw = new String[places.length];
        for (int i = 0; i < places.length; i++) {
            Place place = places[i];
            if (place == null) {
                raw[i] = Observation.ABSENT;
                continue;
            }
            String value = row[place.slot()];
            if (value == null || value == Observation.ABSENT || place.path().isEmpty()) {
                raw[i] = value;
            } else {
                raw[i] = JsonText.at(value, place.path());
            }
        }
        return raw;
    }

    /** The row's own time of change; {@link Stamp#UNDATED} where it has none. */
    long datedMicros(@Nullable String[] row) {
        String text = modifiedSlot < 0 ? null : row[modifiedSlot];
        return text == null || text == Observation.ABSENT ? Stamp.UNDATED : micros(text);
    }

    /** {@code 2024-05-01 12:00:00.5+00}, {@code 2024-05-01 12:00:00.5} and {@code 2024-05-01}, all taken as UTC. */
    static long micros(String text) {
        try {
            String plain = text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
            LocalDateTime time = plain.indexOf(' ') < 0
                    ? LocalDate.parse(plain).atStartOfDay()
                    : LocalDateTime.parse(plain.replace(' ', 'T'));
            return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
        } catch (DateTimeParseException e) {
            return Stamp.UNDATED;
        }
    }

    /** The reverse, as the server reads it. */
    static String timeText(long micros) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1000,
                        ZoneOffset.UTC)
                + "Z";
    }
}
