package dev.lockstep.spi;

/** A type of platform that Lockstep can keep in step. One instance serves all platforms of its type in a process. */
public interface Connector extends AutoCloseable {

    /** What the workspace calls it, what options it takes, what it can do: read by parser, errors, docs and schema. */
    Spec spec();

    /**
     * Opens a platform. Connects to nothing yet: the first call that needs the platform does.
     *
     * @throws PlatformException when the settings cannot be right, whatever the platform holds
     */
    Platform open(PlatformSettings settings);

    /** Ends whatever the platforms of this connector share. */
    @Override
    void close();
}
