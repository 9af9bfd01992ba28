package dev.lockstep.spi;

import org.jspecify.annotations.Nullable;

/** A platform could not be reached, read or written: one sentence for the operator, and what mends it. */
public final class PlatformException extends RuntimeException {
    private final String remedy;
    private final boolean lasting;

    /**
     * @param sentence what is wrong, naming the platform, without secrets
     * @param remedy the statement or step that mends it; empty when there is none
     * @param lasting trying again will not help until somebody mends it (a wrong password, a missing table)
     */
    public PlatformException(String sentence, String remedy, boolean lasting, @Nullable Throwable cause) {
        super(sentence, cause);
        this.remedy = remedy;
        this.lasting = lasting;
    }

    public String remedy() {
        return remedy;
    }

    public boolean lasting() {
        return lasting;
    }
}
