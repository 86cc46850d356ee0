package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A recurring time in which balancing may act. */
@ApiObject
public record ActionWindow(
        @Required
                @Size(min = 9, max = 100)
                @ValidationRule(
                        value = "self.matches('" + ActionWindow.SCHEDULE + "')",
                        message =
                                "schedule must be five fields of a cron expression in numbers: minute (0-59), hour (0-23), day of month (1-31), month (1-12), day of week (0-7). "
                                        + "Write for example '0 22 * * 1-5' for ten in the evening from Monday to Friday.")
                @JsonPropertyDescription(
                        "When the window opens: five fields of a cron expression, in numbers: minute, hour, day of month, month, day of week (0 and 7 are Sunday).")
                String schedule,
        @Required @Min(60) @Max(604800) @JsonPropertyDescription("How long it stays open, in seconds.")
                Integer durationSeconds,
        @Default("UTC")
                @Size(min = 1, max = 64)
                @Pattern("^[A-Za-z][A-Za-z0-9_+/-]*$")
                @JsonPropertyDescription("The time zone of the schedule, by its IANA name, for example Europe/Berlin.")
                String timeZone) {
    private static final String STEP = "(/[1-9][0-9]?)?";
    private static final String MINUTE = "(\\\\*|[0-5]?[0-9](-[0-5]?[0-9])?)" + STEP;
    private static final String HOUR = "(\\\\*|(1?[0-9]|2[0-3])(-(1?[0-9]|2[0-3]))?)" + STEP;
    private static final String DAY = "(\\\\*|([1-9]|[12][0-9]|3[01])(-([1-9]|[12][0-9]|3[01]))?)" + STEP;
    private static final String MONTH = "(\\\\*|([1-9]|1[0-2])(-([1-9]|1[0-2]))?)" + STEP;
    private static final String WEEKDAY = "(\\\\*|[0-7](-[0-7])?)" + STEP;

    /** A cron expression in numbers, written for a CEL string literal (hence the doubled backslashes). */
    static final String SCHEDULE = "^" + MINUTE + "(," + MINUTE + ")* " + HOUR + "(," + HOUR + ")* " + DAY + "(," + DAY
            + ")* " + MONTH + "(," + MONTH + ")* " + WEEKDAY + "(," + WEEKDAY + ")*$";

    public ActionWindow {
        timeZone = timeZone == null ? "UTC" : timeZone;
    }
}
