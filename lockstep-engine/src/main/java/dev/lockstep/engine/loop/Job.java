package dev.lockstep.engine.loop;

/** Work over many records that the loop does in steps, between inputs. */
interface Job {

    /** Does a step within this turn. Answers true when it was the last. Is not called again before that is in the log. */
    boolean step(Turn turn);

    /** The last step failed because of a defect, and was undone. */
    default void failed(RuntimeException why) {
        throw why;
    }
}
