package dev.lockstep.bench.speed;

import java.util.List;

/** What keeps the tables in step: one class each. */
interface Pipeline extends AutoCloseable {

    String name();

    /** What it is, with versions, for the reader of the figures. */
    String what();

    /** Where the customers are. */
    Places.Shape shape();

    /** Makes what has to be there once, before the clock starts; the tables are there, and the first is full. */
    void prepare() throws Exception;

    /** Starts it, also after {@link #stop}; comes back as soon as what starts it does. */
    void start() throws Exception;

    /** Stops it in good order, so that {@link #start} goes on where it was. */
    void stop() throws Exception;

    /** Its processes as they are now, those of its own making at the servers included. */
    List<ProcessHandle> processes() throws Exception;

    /** What it said last, for whoever looks why it failed. */
    default String said() throws Exception {
        return "";
    }

    /** Ends all that is left of it, whatever went wrong before. */
    @Override
    void close() throws Exception;
}
