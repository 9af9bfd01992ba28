package dev.lockstep.engine;

/** Something asked of the engine cannot be done: one sentence for the operator, and what to do about it. */
public class EngineException extends RuntimeException {
    private final String remedy;

    /** @param remedy the step that mends it; empty when there is none */
    public EngineException(String sentence, String remedy) {
        super(sentence);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
