package dev.lockstep.app.demo;

import java.util.Map;

/** Colour, where it is wanted: on a terminal, and never with NO_COLOR. */
record Paint(boolean coloured) {

    private static final Map<String, Integer> PLATFORMS = Map.of("shop", 36, "crm", 35, "newsletter", 33);

    String dim(String text) {
        return code(2, text);
    }

    String strong(String text) {
        return code(1, text);
    }

    String good(String text) {
        return code(32, text);
    }

    String bad(String text) {
        return code(31, text);
    }

    String platform(String name) {
        return code(PLATFORMS.getOrDefault(name.strip(), 36), name);
    }

    String ms(long ms) {
        return code(ms <= 50 ? 32 : ms <= 1000 ? 33 : 31, ms + " ms");
    }

    private String code(int number, String text) {
        return coloured ? "\033[" + number + "m" + text + "\033[0m" : text;
    }
}
