package dev.lockstep.core.lens;

/**
 * A column cannot be mapped as the workspace says. The message is for the author of the workspace, and names the
 * remedy.
 */
public final class LensException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LensException(String message) {
        super(message);
    }
}
