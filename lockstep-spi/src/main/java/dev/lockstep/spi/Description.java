package dev.lockstep.spi;

import dev.lockstep.core.lens.ColumnKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a platform was found to be.
 *
 * @param capabilities what it can do here and now
 * @param columns the mapped columns found, by number; missing ones are null and named in {@code problems}; empty where
 *     columns are not told
 * @param records how many records it holds, about; -1 when not known
 * @param product what it is, with its version, for people
 * @param problems all that stands in the way, the worst first
 */
public record Description(
        Capabilities capabilities,
        List<@Nullable FoundColumn> columns,
        long records,
        String product,
        List<Problem> problems) {

    /**
     * A column as the platform has it.
     *
     * @param kind what it is made of
     * @param key part of the platform's key
     * @param unique the platform keeps its values unique
     * @param required takes no null
     * @param generated the platform computes it
     * @param hasDefault filled when a create does not give it
     * @param maxLength in characters; 0: no bound
     * @param type the platform's own name of what it is made of, for people
     */
    public record FoundColumn(
            ColumnKind kind,
            boolean key,
            boolean unique,
            boolean required,
            boolean generated,
            boolean hasDefault,
            int maxLength,
            String type) {}

    /**
     * Something that stands in the way.
     *
     * @param column the mapped column that it is about, when the others can be worked with without it; else -1
     * @param fatal nothing can be done before it is mended; else it is a limit the user should know
     * @param sentence what is wrong, for the operator
     * @param remedy the statement or step that mends it; empty when there is none
     */
    public record Problem(int column, boolean fatal, String sentence, String remedy) {
        public Problem(boolean fatal, String sentence, String remedy) {
            this(-1, fatal, sentence, remedy);
        }
    }

    /** It can be worked with, if need be without some of its columns. */
    public boolean usableInPart() {
        return problems.stream().noneMatch(problem -> problem.fatal() && problem.column() < 0);
    }

    public boolean usable() {
        return problems.stream().noneMatch(Problem::fatal);
    }
}
