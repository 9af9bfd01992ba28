package dev.lockstep.spi;

import dev.lockstep.core.model.Receipt;
import dev.lockstep.core.model.Write;
import java.util.List;

/** Can create, update and delete records. */
public interface Writes {

    /**
     * Writes these, each for a different record, and answers a receipt for each, in any order. One refused write never
     * fails another. A write for which no receipt comes (also when this throws) counts as unclear.
     */
    List<Receipt> write(List<Write> writes) throws InterruptedException;

    /**
     * Finds out what became of writes whose outcome is unclear (a crash, a lost answer), after making sure that they
     * can not be applied any more: APPLIED with what the platform holds, AGAIN when they were certainly not applied,
     * EXISTS when a create finds its natural key and cannot tell whether it is ours, or UNCLEAR still.
     * A platform whose stream names our writes puts what the stream shows in the inbox before this answers.
     */
    List<Receipt> resolve(List<Write> writes) throws InterruptedException;
}
