package dev.lockstep.engine.store;

import java.nio.file.Path;

/** The data folder, open. */
public interface Store extends AutoCloseable {

    /**
     * Opens the data folder, or makes one.
     *
     * @param owner who opens it, for whoever finds it in use: {@code lockstep up, port 8080}
     * @throws StoreException when it is newer than this program, damaged, or in use by another
     */
    static Store open(Path folder, String owner) {
        throw new UnsupportedOperationException("being written");
    }

    Path folder();

    Registry registry();

    @Override
    void close();
}
