package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.ExpectedResult;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanSpec;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.SnapshotReference;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanExecutorTest {
    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final String REPAIR_FIRST = "A constraint is broken; its repair goes first.";
    private static final String BROKEN = "Too many of the last migrations failed.";
    private static final String NOTHING = "";

    enum Approver {
        OPERATOR,
        PERSON,
        NOBODY
    }

    /** @param given why it is given up, or the beginning of that */
    record Row(String story, MoveReason reason, Approver approver, Duration age, String unwanted, String given) {
        @Override
        public String toString() {
            return story;
        }
    }

    static List<Row> rows() {
        Duration young = Duration.ofMinutes(9);
        Duration old = Duration.ofMinutes(11);
        MoveReason balance = MoveReason.BALANCE;
        MoveReason repair = MoveReason.CONSTRAINT_REPAIR;
        return List.of(
                new Row("young, by the operator: goes on", balance, Approver.OPERATOR, young, NOTHING, NOTHING),
                new Row(
                        "old, by the operator: a new one is made",
                        balance,
                        Approver.OPERATOR,
                        old,
                        NOTHING,
                        "The plan is"),
                new Row("old, by a person: plans wait for people", balance, Approver.PERSON, old, NOTHING, NOTHING),
                new Row("a repair goes first", balance, Approver.OPERATOR, young, REPAIR_FIRST, REPAIR_FIRST),
                new Row("an old repair is made anew too", repair, Approver.OPERATOR, old, NOTHING, "The plan is"),
                new Row("an open circuit ends a repair too", repair, Approver.OPERATOR, young, BROKEN, BROKEN),
                new Row("a person's plan outlives an open circuit", repair, Approver.PERSON, young, BROKEN, NOTHING),
                new Row("what nobody approved waits", balance, Approver.NOBODY, old, REPAIR_FIRST, NOTHING));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gives_up_plans_that_are_no_longer_wanted(Row row) {
        String given = PlanExecutor.superseded(plan(row), row::unwanted, MADE.plus(row.age()));

        if (row.given().isEmpty()) {
            assertThat(given).isEmpty();
        } else {
            assertThat(given).startsWith(row.given());
        }
    }

    private static MigrationPlan plan(Row row) {
        MigrationPlan plan = new MigrationPlan();
        plan.setMetadata(new ObjectMetaBuilder()
                .withName("default-1")
                .withAnnotations(
                        row.approver() == Approver.OPERATOR
                                ? Map.of(PlanStatuses.APPROVED_BY, PlanStatuses.OPERATOR)
                                : Map.of())
                .build());
        Approval approval = row.approver() == Approver.NOBODY
                ? null
                : new Approval(ApprovalDecision.APPROVED, null, "digest", null);
        plan.setSpec(new MigrationPlanSpec(
                "default",
                row.reason(),
                new ExpectedResult(70, 90, 60),
                new SnapshotReference(MADE, "digest"),
                0,
                List.of(),
                approval));
        return plan;
    }
}
