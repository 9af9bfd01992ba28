package dev.lockstep.app.workspace;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Knows cron expressions of five fields, as Unix writes them. */
final class Cron {
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private Cron() {}

    /** How long it is from one time to the next, about now. */
    static Duration gap(String text) {
        ExecutionTime times = ExecutionTime.forCron(PARSER.parse(text));
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        Duration before = times.timeFromLastExecution(now).orElse(Duration.ZERO);
        return before.plus(times.timeToNextExecution(now).orElse(Duration.ZERO));
    }

    static boolean valid(String text) {
        try {
            PARSER.parse(text).validate();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
