package dev.lockstep.connectors.postgres;

import dev.lockstep.core.lens.Access;
import dev.lockstep.core.model.Observation;
import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.model.Stamp;
import dev.lockstep.core.model.Write;
import dev.lockstep.core.model.Write.Cell;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.PlatformSettings.MappedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Short spellings for settings and writes of a test's platform. */
final class Shop {
    private static final AtomicLong WRITES = new AtomicLong();

    private final Map<String, String> options = new HashMap<>();
    private final List<MappedColumn> columns = new ArrayList<>();
    private List<String> key = List.of();
    private @Nullable String modified;
    private Access access = Access.BOTH;
    private int number = 1;

    Shop(Cluster cluster, String database, String table) {
        this(cluster.url(database), table);
    }

    Shop(String url, String table) {
        options.put("url", url);
        options.put("table", table);
    }

    Shop option(String name, String value) {
        options.put(name, value);
        return this;
    }

    Shop number(int given) {
        number = given;
        return this;
    }

    Shop key(String... names) {
        key = List.of(names);
        return this;
    }

    Shop modified(String column) {
        modified = column;
        return this;
    }

    Shop access(Access given) {
        access = given;
        return this;
    }

    /** Maps columns, in the order of their numbers; {@code a>b>c} is a path. */
    Shop columns(String... paths) {
        for (String path : paths) column(path, FieldType.TEXT);
        return this;
    }

    Shop column(String path, FieldType type) {
        columns.add(new MappedColumn(columns.size(), List.of(path.split(">")), type, true, true, false));
        return this;
    }

    /** The last column mapped is one that creates are looked up by. */
    Shop sought() {
        MappedColumn last = columns.removeLast();
        columns.add(new MappedColumn(last.number(), last.path(), last.type(), true, true, true));
        return this;
    }

    PlatformSettings settings() {
        return new PlatformSettings("test", number, "shop", options, access, key, modified, true, columns);
    }

    PostgresPlatform open() {
        return (PostgresPlatform) new PostgresConnector().open(settings());
    }

    PostgresPlatform open(PostgresConnector connector) {
        return (PostgresPlatform) connector.open(settings());
    }

    static Cell cell(int column, @Nullable String raw, @Nullable String expected) {
        return new Cell(column, raw, expected);
    }

    static Write update(String key, Cell... cells) {
        return new Write(
                WRITES.incrementAndGet(),
                1,
                Write.Kind.UPDATE,
                new RecordName(1, key, 0),
                key,
                List.of(cells),
                List.of(),
                false,
                Stamp.UNDATED);
    }

    static Write delete(String key, Cell... cells) {
        return new Write(
                WRITES.incrementAndGet(),
                1,
                Write.Kind.DELETE,
                new RecordName(1, key, 0),
                key,
                List.of(cells),
                List.of(),
                false,
                Stamp.UNDATED);
    }

    static Write create(List<Cell> naturalKey, Cell... cells) {
        return new Write(
                WRITES.incrementAndGet(),
                1,
                Write.Kind.CREATE,
                new RecordName(2, "other", 0),
                null,
                List.of(cells),
                naturalKey,
                false,
                Stamp.UNDATED);
    }

    /** {@code APPLIED 1 [a, -]}: outcome, key and what it shows. */
    static String show(Receipt receipt) {
        List<String> raw = Arrays.stream(receipt.raw())
                .map(value -> value == Observation.ABSENT ? "-" : String.valueOf(value))
                .toList();
        return receipt.outcome()
                + (receipt.key() == null ? "" : " " + receipt.key())
                + (raw.isEmpty() ? "" : " " + raw);
    }
}
