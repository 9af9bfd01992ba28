package dev.lockstep.core.expression;

/**
 * An expression cannot be compiled. The message is for the author of the workspace, and names the remedy where one is
 * known.
 */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /**
     * @param line in the expression's text, from 1
     * @param column in that line, from 1
     */
    public ExpressionException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
