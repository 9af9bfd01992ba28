package dev.lockstep.connectors.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A place in a server's log: {@code 1A/2B3C4D5@7391820459912345678:1} is the log position (LSN), the server's identity
 * and its time-line. A position of another server or time-line means nothing.
 */
record Position(long lsn, String system, int timeline) {

    static Position parse(String text) {
        int at = text.indexOf('@');
        int colon = text.indexOf(':', at + 1);
        if (at < 0 || colon < 0) throw new IllegalArgumentException("not a position: " + text);
        return new Position(
                lsn(text.substring(0, at)), text.substring(at + 1, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    static @Nullable Position parseOrNull(@Nullable String text) {
        if (text == null) return null;
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Position at(long otherLsn) {
        return new Position(otherLsn, system, timeline);
    }

    @Override
    public String toString() {
        return lsnText(lsn) + "@" + system + ":" + timeline;
    }

    /** {@code 1A/2B3C4D5} as the server writes it. */
    static String lsnText(long lsn) {
        return Long.toHexString(lsn >>> 32).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(lsn & 0xffff_ffffL).toUpperCase(java.util.Locale.ROOT);
    }

    static long lsn(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) throw new IllegalArgumentException("not a log position: " + text);
        return Long.parseLong(text, 0, slash, 16) << 32 | Long.parseLong(text, slash + 1, text.length(), 16);
    }
}
