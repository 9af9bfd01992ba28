package dev.lockstep.app.workspace;

import dev.lockstep.app.workspace.FieldDefinition.KeepDefinition;
import dev.lockstep.core.lens.Access;
import dev.lockstep.core.lens.ColumnLens;
import dev.lockstep.core.lens.ColumnOptions;
import dev.lockstep.core.lens.ColumnPath;
import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Keep;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Settings;
import dev.lockstep.spi.Capabilities;
import dev.lockstep.spi.Description;
import dev.lockstep.spi.PlatformSettings;
import dev.lockstep.spi.PlatformSettings.MappedColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the core's model of a workspace, by the numbers that the data folder gave its names, and of what its platforms
 * were found to be. Names that the data folder knows and the workspace no longer has become retired entries.
 */
public final class ModelBuilder {
    private static final int SHARED_LIMIT = 3;
    private static final int SHARED_LIMIT_OF_PHONES = 1;

    private final Workspace workspace;
    private final Numbers numbers;
    private final Mistakes mistakes = new Mistakes();
    /** Columns that are alike share what they have read of late: a value comes by on all of its platforms. */
    private final Map<ColumnOptions, ColumnLens> lenses = new HashMap<>();

    /** Numbers every name of the workspace, renamed ones under the numbers they had. */
    public ModelBuilder(Workspace workspace, Numbers numbers) {
        this.workspace = workspace;
        this.numbers = numbers;
        for (FieldDefinition field : workspace.fields()) {
            if (field.was() != null && !numbers.fields().contains(field.name())) {
                numbers.renameField(field.was(), field.name());
            }
            numbers.field(field.name());
        }
        for (PlatformDefinition platform : workspace.platforms()) {
            if (platform.was() != null && !numbers.platforms().contains(platform.name())) {
                numbers.renamePlatform(platform.was(), platform.name());
            }
            int number = numbers.platform(platform.name());
            platform.columns().forEach(column -> numbers.column(number, column.path()));
            platform.archive().keySet().forEach(path -> numbers.column(number, path));
        }
    }

    /** What a connector is told of this platform. Its columns are in the order of their numbers. */
    public PlatformSettings settings(PlatformDefinition platform) {
        int number = numbers.platform(platform.name());
        List<MappedColumn> columns = new ArrayList<>();
        for (ColumnDefinition column : platform.columns()) {
            Access access = access(column, platform, null);
            columns.add(new MappedColumn(
                    numbers.column(number, column.path()),
                    column.segments(),
                    fieldType(column),
                    access != Access.WRITE,
                    access != Access.READ || platform.archive().containsKey(column.path()),
                    platform.create() && platform.access() != Access.READ && identifies(column)));
        }
        for (String path : platform.archive().keySet()) {
            if (platform.columns().stream().anyMatch(column -> column.path().equals(path))) continue;
            int at = numbers.column(number, path);
            columns.add(new MappedColumn(at, ColumnPath.parse(path).segments(), null, true, true, false));
        }
        columns.sort(Comparator.comparingInt(MappedColumn::number));
        return new PlatformSettings(
                workspace.name(),
                number,
                platform.name(),
                platform.options(),
                platform.access() == null ? Access.BOTH : platform.access(),
                platform.key(),
                platform.modified(),
                deletes(platform),
                List.copyOf(columns));
    }

    /** It deletes who belongs there no more, or what was deleted elsewhere. */
    private boolean deletes(PlatformDefinition platform) {
        return platform.leave() == PlatformModel.Leave.DELETE
                || workspace.platforms().stream()
                        .anyMatch(other -> other.onDelete() == PlatformModel.OnDelete.DELETE
                                && !other.name().equals(platform.name()));
    }

    /** Phones are asked for only where there is nothing else. */
    private boolean identifies(ColumnDefinition column) {
        FieldDefinition field = column.field() == null ? null : workspace.field(column.field());
        return field != null && field.identifies() && field.type() != FieldType.PHONE;
    }

    private @Nullable FieldType fieldType(ColumnDefinition column) {
        FieldDefinition field = column.field() == null ? null : workspace.field(column.field());
        return field == null ? null : field.type();
    }

    /**
     * The model.
     *
     * @param found by platform name what each was found to be; those that could not be reached are missing
     * @throws WorkspaceException when columns cannot be mapped as the workspace says
     */
    public Model model(Map<String, Description> found) {
        List<Field> fields = new ArrayList<>();
        for (String name : numbers.fields()) fields.add(field(name, fields.size()));
        List<PlatformModel> platforms = new ArrayList<>();
        for (String name : numbers.platforms()) {
            platforms.add(platform(name, platforms.size(), found.get(name)));
        }
        if (mistakes.fatal()) throw new WorkspaceException(mistakes.all());
        return new Model(List.copyOf(fields), List.copyOf(platforms), Model.GROUP_LIMIT);
    }

    /** What is worth knowing of the model last made. */
    public List<Mistake> warnings() {
        return mistakes.all().stream().filter(mistake -> !mistake.fatal()).toList();
    }

    private Field field(String name, int number) {
        FieldDefinition field = workspace.field(name);
        if (field == null) {
            return new Field(
                    number,
                    name,
                    FieldType.TEXT,
                    Settings.NONE,
                    Keep.LATEST,
                    false,
                    Integer.MAX_VALUE,
                    SHARED_LIMIT,
                    false,
                    null,
                    true);
        }
        return new Field(
                number,
                name,
                field.type(),
                field.settings(),
                keep(field),
                field.identifies(),
                workspace.fields().indexOf(field),
                sharedLimit(field),
                workspace.identity().neverJoinIfDifferent().contains(name),
                field.expression(),
                false);
    }

    private Keep keep(FieldDefinition field) {
        if (field.type() == FieldType.CONSENT) return Keep.CONSENT;
        KeepDefinition keep = field.keep();
        if (keep == null) return field.type() == FieldType.SET ? Keep.UNION : Keep.LATEST;
        List<Integer> trust = keep.trust().stream().map(numbers::platform).toList();
        return new Keep(Keep.Rule.valueOf(keep.rule().toUpperCase(Locale.ROOT)), trust);
    }

    private int sharedLimit(FieldDefinition field) {
        if (field.sharedLimit() != null) return field.sharedLimit();
        if (field.type() == FieldType.PHONE) return SHARED_LIMIT_OF_PHONES;
        Integer all = workspace.identity().sharedLimit();
        return all == null ? SHARED_LIMIT : all;
    }

    private PlatformModel platform(String name, int number, @Nullable Description found) {
        PlatformDefinition platform = workspace.platform(name);
        if (platform == null) return retired(name, number);
        Capabilities capabilities = found == null ? null : found.capabilities();
        Access access = access(platform, capabilities);
        return new PlatformModel(
                number,
                workspace.platforms().indexOf(platform),
                name,
                access,
                columns(platform, number, found),
                platform.create(),
                platform.createIf(),
                platform.where(),
                platform.leave(),
                platform.onDelete(),
                platform.standardize(),
                platform.settle().toNanos() / 1000,
                capabilities != null && capabilities.echoes(),
                capabilities == null || capabilities.conditional(),
                capabilities == null ? 0 : capabilities.clockBoundMicros(),
                false);
    }

    private PlatformModel retired(String name, int number) {
        List<Column> columns = new ArrayList<>();
        for (String path : numbers.columns(number)) columns.add(Columns.retired(columns.size(), path));
        // What it said falls among undated claims about where it fell before.
        return PlatformModel.retired(number, number, name, columns);
    }

    private List<Column> columns(PlatformDefinition platform, int number, @Nullable Description found) {
        Columns columns = new Columns(workspace, platform, numbers, mistakes, lenses);
        List<Column> all = new ArrayList<>();
        for (String path : numbers.columns(number)) {
            all.add(columns.column(path, all.size(), found, definition -> access(definition, platform, found)));
        }
        return List.copyOf(all);
    }

    private static Access access(PlatformDefinition platform, @Nullable Capabilities capabilities) {
        if (platform.access() != null) return platform.access();
        return capabilities == null || capabilities.writes() ? Access.BOTH : Access.READ;
    }

    /** A column's own word; else what it must be; else the platform's. */
    private Access access(ColumnDefinition column, PlatformDefinition platform, @Nullable Description found) {
        FieldDefinition field = column.field() == null ? null : workspace.field(column.field());
        if (column.value() != null || (field != null && field.value() != null)) return Access.WRITE;
        if (!column.split().isEmpty()) return Access.READ;
        if (column.access() != null) return column.access();
        return access(platform, found == null ? null : found.capabilities());
    }
}
