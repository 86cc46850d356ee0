package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.Approval;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanStatus;
import dev.drover.placement.World;
import dev.drover.plan.Execution;
import dev.drover.plan.MoveProgress;
import dev.drover.plan.MoveProgress.State;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people and Argo CD read of a plan of two moves. */
class PlanStatusesTest {
    private static final Instant NOW = World.NOW;

    /** @param succeeded the status of the condition Succeeded */
    record Case(
            String story,
            @Nullable Approval approval,
            List<State> moves,
            String superseded,
            ConditionStatus succeeded,
            String reason) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                open("it waits for a person", null, "WaitingForApproval", State.PENDING, State.PENDING),
                open("it is approved", approved(), "Moving", State.PENDING, State.PENDING),
                open("it is half done", approved(), "Moving", State.SUCCEEDED, State.RUNNING),
                open("it was aborted, and one move finishes", aborted(), "Moving", State.RUNNING, State.ABORTED),
                over("all is done", approved(), ConditionStatus.TRUE, "Completed", State.SUCCEEDED, State.SUCCEEDED),
                over("one move failed", approved(), ConditionStatus.FALSE, "PartlyDone", State.SUCCEEDED, State.FAILED),
                over(
                        "nothing could be done",
                        approved(),
                        ConditionStatus.FALSE,
                        "PartlyDone",
                        State.SKIPPED,
                        State.FAILED),
                over(
                        "it was aborted and has come to rest",
                        aborted(),
                        ConditionStatus.FALSE,
                        "Aborted",
                        State.SUCCEEDED,
                        State.ABORTED),
                over(
                        "a person said no",
                        decision(ApprovalDecision.REJECTED, null),
                        ConditionStatus.FALSE,
                        "Rejected",
                        State.PENDING,
                        State.PENDING),
                over(
                        "a person approved one of the two, and that one is made",
                        decision(ApprovalDecision.APPROVED, List.of("m0")),
                        ConditionStatus.TRUE,
                        "Completed",
                        State.SUCCEEDED,
                        State.SKIPPED),
                over(
                        "a person approved one of the two, and that one failed",
                        decision(ApprovalDecision.APPROVED, List.of("m0")),
                        ConditionStatus.FALSE,
                        "PartlyDone",
                        State.FAILED,
                        State.SKIPPED),
                new Case(
                        "it was superseded before it began",
                        null,
                        List.of(State.SKIPPED, State.SKIPPED),
                        "A newer plan took its place.",
                        ConditionStatus.FALSE,
                        "Superseded"),
                new Case(
                        "it was superseded when one move was made",
                        approved(),
                        List.of(State.SUCCEEDED, State.SKIPPED),
                        "A constraint is broken; its repair goes first.",
                        ConditionStatus.FALSE,
                        "PartlyDone"),
                new Case(
                        "it was superseded and one move is in flight",
                        approved(),
                        List.of(State.RUNNING, State.SKIPPED),
                        "A constraint is broken; its repair goes first.",
                        ConditionStatus.UNKNOWN,
                        "Moving"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_plan_tells_how_it_stands(Case given) {
        MigrationPlan plan = Plans.of(given.moves().size());
        plan.setSpec(plan.getSpec().with(given.approval()));

        MigrationPlanStatus status = PlanStatuses.of(
                plan, new PlanStatuses.Standing(execution(given.moves()), given.superseded(), "", 80), NOW);

        boolean ended = given.succeeded() != ConditionStatus.UNKNOWN;
        assertThat(condition(status, "Succeeded").status()).isEqualTo(given.succeeded());
        assertThat(condition(status, "Succeeded").reason()).isEqualTo(given.reason());
        assertThat(condition(status, "Progressing").status())
                .isEqualTo(ended ? ConditionStatus.FALSE : ConditionStatus.TRUE);
        assertThat(condition(status, "Superseded").status())
                .isEqualTo(given.superseded().isEmpty() ? ConditionStatus.FALSE : ConditionStatus.TRUE);
        plan.setStatus(status);
        assertThat(PlanStatuses.ended(plan)).isEqualTo(ended);
    }

    @Test
    void what_a_person_has_to_clear_is_named() {
        MigrationPlanStatus status = PlanStatuses.of(
                Plans.of(1),
                new PlanStatuses.Standing(execution(List.of(State.RUNNING)), "", "Fence the node (n2).", 80),
                NOW);

        assertThat(condition(status, "Stalled").status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(condition(status, "Stalled").message()).isEqualTo("Fence the node (n2).");
    }

    @Test
    void the_result_is_stated_once_it_has_ended() {
        MigrationPlan plan = Plans.of(2);
        plan.setSpec(plan.getSpec().with(approved()));
        Execution done = execution(List.of(State.SUCCEEDED, State.SUCCEEDED));
        Execution half = execution(List.of(State.SUCCEEDED, State.RUNNING));

        assertThat(PlanStatuses.of(plan, new PlanStatuses.Standing(half, "", "", 80), NOW)
                        .actual())
                .isNull();
        var actual = PlanStatuses.of(plan, new PlanStatuses.Standing(done, "", "", 80), NOW)
                .actual();
        assertThat(actual).isNotNull();
        assertThat(actual.scoreAfter()).isEqualTo(80);
        assertThat(actual.makespanSeconds()).isEqualTo(31);
    }

    @Test
    void the_same_standing_gives_the_same_status_whenever_it_is_asked() {
        MigrationPlan plan = Plans.of(2);
        PlanStatuses.Standing standing =
                new PlanStatuses.Standing(execution(List.of(State.PENDING, State.PENDING)), "", "", 80);
        plan.setStatus(PlanStatuses.of(plan, standing, NOW));

        assertThat(PlanStatuses.of(plan, standing, NOW.plusSeconds(3_600))).isEqualTo(plan.getStatus());
    }

    @Test
    void a_plan_without_a_status_has_not_ended() {
        assertThat(PlanStatuses.ended(Plans.of(1))).isFalse();
    }

    private static Case open(String story, @Nullable Approval approval, String reason, State... moves) {
        return new Case(story, approval, List.of(moves), "", ConditionStatus.UNKNOWN, reason);
    }

    private static Case over(
            String story, Approval approval, ConditionStatus succeeded, String reason, State... moves) {
        return new Case(story, approval, List.of(moves), "", succeeded, reason);
    }

    private static Approval approved() {
        return decision(ApprovalDecision.APPROVED, null);
    }

    private static Approval aborted() {
        return decision(ApprovalDecision.ABORTED, null);
    }

    private static Approval decision(ApprovalDecision decision, @Nullable List<String> moves) {
        return new Approval(decision, null, Plans.DIGEST, moves);
    }

    /** Move number i started i seconds after the start and, if it has ended, ended 30 seconds later. */
    private static Execution execution(List<State> states) {
        Execution fresh = PlanRecords.toExecution(Plans.of(states.size()));
        return new Execution(
                fresh.plan(),
                fresh.moves(),
                IntStream.range(0, states.size())
                        .mapToObj(i -> progress("m" + i, states.get(i), NOW.plusSeconds(i)))
                        .toList());
    }

    private static MoveProgress progress(String id, State state, Instant started) {
        MoveProgress pending = MoveProgress.pending(id);
        return switch (state) {
            case PENDING -> pending;
            case RUNNING -> pending.running("drover-" + id, started);
            case SUCCEEDED, FAILED ->
                pending.running("drover-" + id, started).ended(state, started.plusSeconds(30), "");
            case SKIPPED, ABORTED -> pending.ended(state, started, "");
        };
    }

    private static Condition condition(MigrationPlanStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
