package dev.lockstep.engine.loop;

/** Work over many records that the loop does in steps, between inputs. */
interface Job {

    /** Does a step within this turn; answers true when it was the last. The next is asked for when that is logged. */
    boolean step(Turn turn);

    /** The last step failed because of a defect, and was undone. */
    default void failed(RuntimeException why) {
        throw why;
    }
}
