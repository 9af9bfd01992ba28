package dev.lockstep.app.workspace;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;

/** Knows cron expressions of five fields, as Unix writes them. */
final class Cron {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private Cron() {}

    static boolean valid(String text) {
        try {
            PARSER.parse(text).validate();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
