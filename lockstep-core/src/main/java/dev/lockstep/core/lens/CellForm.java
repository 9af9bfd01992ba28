package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Texts;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** A {@link Cell} in a column of some {@link ColumnKind}. */
final class CellForm implements Form {

    /** Longer texts are not remembered. */
    private static final int REMEMBERED_MAX = 100;

    private final ColumnKind kind;
    private final Cell cell;
    private final boolean literal;
    private final @Nullable String misfit;
    private final Recent<String, Reading> read;
    private final Recent<Value, Written> written;

    /** Why a value cannot be held, else what stands for it. */
    private record Written(
            @Nullable String refusal, @Nullable String raw) {}

    CellForm(ColumnOptions options, Cell cell) {
        this.kind = options.kind();
        this.cell = cell;
        this.literal =
                options.type() == FieldType.BOOLEAN || (options.type() == FieldType.NUMBER && options.format() == null);
        this.misfit = Forms.misfit(options);
        this.read = new Recent<>(this::readText, cell.costly());
        this.written = new Recent<>(this::writeText, cell.costly());
    }

    @Override
    public Reading read(@Nullable String raw) {
        if (raw == null) {
            return Reading.BLANK;
        }
        return raw.length() > REMEMBERED_MAX ? readText(raw) : read.of(raw);
    }

    private Reading readText(String raw) {
        String text = KindText.cell(kind, raw);
        if (text == null || Texts.isBlank(text)) {
            return Reading.BLANK;
        }
        String alien = KindText.refusal(kind, text);
        return alien != null ? Reading.unparsed(alien) : cell.read(text);
    }

    @Override
    public @Nullable String write(@Nullable Value value, @Nullable String currentRaw) {
        return value == null ? null : written(value).raw();
    }

    @Override
    public @Nullable String refusal(Value value) {
        return written(value).refusal();
    }

    private Written written(Value value) {
        return cell.costly() && value.text().length() <= REMEMBERED_MAX ? written.of(value) : writeText(value);
    }

    private Written writeText(Value value) {
        String refusal = cell.refusal(value);
        if (refusal != null) {
            return new Written(refusal, null);
        }
        String text = cell.write(value);
        refusal = KindText.refusal(kind, text);
        return new Written(refusal, refusal != null ? null : KindText.raw(kind, text, literal));
    }

    @Override
    public boolean readsCanonical() {
        return (kind == ColumnKind.TEXT || kind == ColumnKind.OTHER) && cell.readsCanonical();
    }

    @Override
    public @Nullable String unreadable() {
        return cell.unreadable();
    }

    @Override
    public @Nullable String unwritable() {
        return misfit != null ? misfit : cell.unwritable();
    }
}
