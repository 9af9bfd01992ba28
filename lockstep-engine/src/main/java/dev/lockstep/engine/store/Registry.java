package dev.lockstep.engine.store;

import java.util.List;

/**
 * Numbers given once, by name, to platforms, fields and the columns of a platform: states hold numbers, so that a name
 * may change. A number is never given twice. Asking for a name not yet numbered gives it the next number, durably.
 */
public interface Registry {
    int platform(String name);

    int field(String name);

    /** @param path the column's name as in the workspace */
    int column(int platform, String path);

    /** Names by number, those no longer in the workspace too. */
    List<String> platforms();

    List<String> fields();

    List<String> columns(int platform);

    /** {@code was: OLD}: the number of the old name goes on under the new one. False when there is no such name. */
    boolean renamePlatform(String old, String now);

    boolean renameField(String old, String now);
}
