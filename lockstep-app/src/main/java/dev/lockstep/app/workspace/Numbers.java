package dev.lockstep.app.workspace;

import dev.lockstep.engine.store.Registry;
import java.util.List;

/** Numbers given once, by name, to platforms, fields and the columns of a platform. */
public interface Numbers {
    int platform(String name);

    int field(String name);

    /** @param path the column's name as in the workspace */
    int column(int platform, String path);

    /** Names by number, those no longer in the workspace too. */
    List<String> platforms();

    List<String> fields();

    List<String> columns(int platform);

    /** {@code was: OLD}: the number of the old name goes on under the new one, where there is one. */
    void renamePlatform(String old, String now);

    void renameField(String old, String now);

    /** Those of a data folder: given for ever. */
    static Numbers of(Registry registry) {
        return new Numbers() {
            @Override
            public int platform(String name) {
                return registry.platform(name);
            }

            @Override
            public int field(String name) {
                return registry.field(name);
            }

            @Override
            public int column(int platform, String path) {
                return registry.column(platform, path);
            }

            @Override
            public List<String> platforms() {
                return registry.platforms();
            }

            @Override
            public List<String> fields() {
                return registry.fields();
            }

            @Override
            public List<String> columns(int platform) {
                return registry.columns(platform);
            }

            @Override
            public void renamePlatform(String old, String now) {
                registry.renamePlatform(old, now);
            }

            @Override
            public void renameField(String old, String now) {
                registry.renameField(old, now);
            }
        };
    }
}
