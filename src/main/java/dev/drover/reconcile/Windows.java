package dev.drover.reconcile;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.drover.api.v1alpha1.ActionWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** When a policy lets balancing move something. */
final class Windows {
    private static final CronParser CRON = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private Windows() {}

    /** Without windows it is always open. A window that cannot be read is closed: when unsure, nothing moves. */
    static boolean open(List<ActionWindow> windows, Instant now) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> open(window, now));
    }

    private static boolean open(ActionWindow window, Instant now) {
        try {
            ZonedDateTime local = now.atZone(ZoneId.of(window.timeZone()));
            return ExecutionTime.forCron(CRON.parse(window.schedule()))
                    .lastExecution(local.plusNanos(1))
                    .map(opened -> Duration.between(opened, local).toSeconds() < window.durationSeconds())
                    .orElse(false);
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return false;
        }
    }
}
