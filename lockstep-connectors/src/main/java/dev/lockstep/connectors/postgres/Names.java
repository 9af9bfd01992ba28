package dev.lockstep.connectors.postgres;

import dev.lockstep.spi.PlatformException;
import dev.lockstep.spi.PlatformSettings;

/**
 * The names of what Lockstep makes on a server for the platforms of one database: a slot's name is known to the whole
 * server, so it names the database too.
 */
record Names(DatabaseUrl url) {

    String slot(PlatformSettings settings) {
        String given = settings.options().get("slot");
        if (given == null || given.isBlank()) {
            return Sql.madeName("lockstep", settings.workspace(), url.database(), url.user());
        }
        if (!given.matches("[a-z0-9_]{1,63}")) {
            throw new PlatformException(
                    "Platform `" + settings.name() + "`: `" + given + "` cannot be the name of a replication slot.",
                    "Use at most 63 lower-case letters, digits and underscores.",
                    true,
                    null);
        }
        return given;
    }

    String publication(PlatformSettings settings) {
        String given = settings.options().get("publication");
        if (given == null || given.isBlank()) {
            return Sql.madeName("lockstep", settings.workspace(), url.user());
        }
        if (!given.matches("[^\"'\\\\,]{1,63}")) {
            throw new PlatformException(
                    "Platform `" + settings.name() + "`: `" + given + "` cannot be the name of a publication.",
                    "Use at most 63 letters, digits and underscores.",
                    true,
                    null);
        }
        return given;
    }

    /** What the server shows as the name of our sessions; by it, sessions left over from a crash are found. */
    static String application(PlatformSettings settings, String role) {
        return Sql.madeName("lockstep", settings.workspace(), settings.name(), role);
    }
}
