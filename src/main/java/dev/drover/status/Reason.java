package dev.drover.status;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why something is as it is: the one vocabulary of conditions, events and faults, with one enum per {@link Topic}. The reference of
 * reasons is generated from these enums: the texts of the constants are their documentation.
 */
public sealed interface Reason
        permits ObjectReason,
                RuleReason,
                GateReason,
                BalanceReason,
                MachineReason,
                PlanReason,
                MigrationReason,
                ServiceReason,
                NodeReason {

    /** What a reason is about; a heading of the reference. */
    enum Topic {
        OBJECTS("Any object", ObjectReason.values()),
        RULES("Rules and profiles", RuleReason.values()),
        GATE("Policies: whether anything is done", GateReason.values()),
        BALANCE("Policies: what is to be done", BalanceReason.values()),
        VIRTUAL_MACHINES("Virtual machines", MachineReason.values()),
        PLANS("Plans", PlanReason.values()),
        MIGRATIONS("Migrations", MigrationReason.values()),
        SERVICES("Services", ServiceReason.values()),
        NODES("Nodes", NodeReason.values());

        private final String title;
        private final List<Reason> reasons;

        Topic(String title, Reason... reasons) {
            this.title = title;
            this.reasons = List.of(reasons);
        }

        public String title() {
            return title;
        }

        public List<Reason> reasons() {
            return reasons;
        }
    }

    /** The type of the events with a reason. */
    enum Severity {
        NORMAL,
        WARNING;

        /** As it stands in an event's {@code type}. */
        public String value() {
            return Words.camelCase(name());
        }
    }

    /**
     * What is said of a reason.
     *
     * @param meaning what it means, in a sentence
     * @param remedy what to do about it; empty where there is nothing to do
     */
    record Text(Severity severity, String meaning, String remedy) {
        static Text normal(String meaning) {
            return normal(meaning, "");
        }

        static Text normal(String meaning, String remedy) {
            return new Text(Severity.NORMAL, meaning, remedy);
        }

        static Text warning(String meaning, String remedy) {
            return new Text(Severity.WARNING, meaning, remedy);
        }
    }

    /** All reasons, topic by topic; no two have the same name. */
    static Stream<Reason> all() {
        return Arrays.stream(Topic.values()).flatMap(topic -> topic.reasons().stream());
    }

    /** The name of the constant. */
    String name();

    Text text();

    /** As it stands in conditions, events and faults, for example {@code StaleCache}. */
    default String value() {
        return Words.camelCase(name());
    }

    default Severity severity() {
        return text().severity();
    }

    /** What it means, in a sentence. */
    default String meaning() {
        return text().meaning();
    }

    /** What to do about it; empty where there is nothing to do. */
    default String remedy() {
        return text().remedy();
    }
}
