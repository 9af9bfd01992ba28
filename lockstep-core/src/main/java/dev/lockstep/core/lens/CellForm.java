package dev.lockstep.core.lens;

import dev.lockstep.core.normalise.FieldType;
import dev.lockstep.core.normalise.Reading;
import dev.lockstep.core.normalise.Texts;
import dev.lockstep.core.normalise.Value;
import org.jspecify.annotations.Nullable;

/** A {@link Cell} in a column of some {@link ColumnKind}. */
final class CellForm implements Form {

    private final ColumnKind kind;
    private final Cell cell;
    private final boolean literal;
    private final @Nullable String misfit;

    CellForm(ColumnOptions options, Cell cell) {
        this.kind = options.kind();
        this.cell = cell;
        this.literal =
                options.type() == FieldType.BOOLEAN || (options.type() == FieldType.NUMBER && options.format() == null);
        this.misfit = Forms.misfit(options);
    }

    @Override
    public Reading read(@Nullable String raw) {
        String text = KindText.cell(kind, raw);
        if (text == null || Texts.isBlank(text)) {
            return Reading.BLANK;
        }
        String alien = KindText.refusal(kind, text);
        return alien != null ? Reading.unparsed(alien) : cell.read(text);
    }

    @Override
    public @Nullable String write(@Nullable Value value, @Nullable String currentRaw) {
        return value == null ? null : KindText.raw(kind, cell.write(value), literal);
    }

    @Override
    public @Nullable String refusal(Value value) {
        String refusal = cell.refusal(value);
        return refusal != null ? refusal : KindText.refusal(kind, cell.write(value));
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
