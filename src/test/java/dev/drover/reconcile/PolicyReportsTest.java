package dev.drover.reconcile;

import static dev.drover.reconcile.Reading.brief;
import static dev.drover.reconcile.Reading.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import dev.drover.api.v1alpha1.PlacementPolicyStatus;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.observe.DemandState;
import dev.drover.observe.Freshness;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator reads of a policy when something is not as it should be. */
class PolicyReportsTest {
    private static final Freshness STALE = new Freshness(false, List.of("The cache of pods is 40 s old."), 40);
    private static final KubeVirtState TOO_OLD =
            new KubeVirtState(true, "v1.5.0", false, false, 5, 2, Map.of(), "KubeVirt v1.5.0 is too old.");
    private static final DemandState FALLEN_BACK =
            new DemandState(DemandSource.REQUESTS, true, "metrics.k8s.io does not answer.");
    private static final DemandState UNUSABLE =
            new DemandState(DemandSource.METRICS, false, "metrics.k8s.io does not answer.");

    /** @param ready status and reason of Ready; @param other of one more condition, as {@code Type Status Reason} */
    record PolicyCase(String story, Situation situation, boolean circuitOpen, String ready, String other) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<PolicyCase> policies() {
        return Stream.of(
                policy("all is well", standard(PolicyMode.AUTOMATIC), "TRUE Reconciled", "Fresh TRUE UpToDate"),
                policy(
                        "the cache is stale",
                        standard(PolicyMode.AUTOMATIC).with(STALE),
                        "FALSE StaleCache",
                        "Fresh FALSE StaleCache"),
                policy(
                        "KubeVirt is not installed",
                        standard(PolicyMode.AUTOMATIC).with(KubeVirtState.absent("KubeVirt is not installed.")),
                        "FALSE KubeVirtAbsent",
                        "Conflicting FALSE NoConflict"),
                policy(
                        "KubeVirt cannot be told the target",
                        standard(PolicyMode.AUTOMATIC).with(TOO_OLD),
                        "TRUE KubeVirtTooOld",
                        "Fresh TRUE UpToDate"),
                policy("it is paused", standard(PolicyMode.OFF), "TRUE Reconciled", "Paused TRUE Paused"),
                policy(
                        "nothing is evaluated while it is paused",
                        standard(PolicyMode.OFF),
                        "TRUE Reconciled",
                        "Balanced UNKNOWN Paused"),
                policy(
                        "requests stand in for measurements",
                        standard(PolicyMode.AUTOMATIC).with("default", FALLEN_BACK),
                        "TRUE NoMetrics",
                        "Balanced TRUE Balanced"),
                policy(
                        "it insists on measurements and there are none",
                        standard(PolicyMode.AUTOMATIC).with("default", UNUSABLE),
                        "FALSE NoMetrics",
                        "Balanced UNKNOWN NoMetrics"),
                policy(
                        "there is no node",
                        Situation.of(new World()).with(Policies.standard(PolicyMode.AUTOMATIC)),
                        "FALSE GovernsNoNode",
                        "Conflicting FALSE NoConflict"),
                new PolicyCase(
                        "too many migrations failed",
                        standard(PolicyMode.AUTOMATIC),
                        true,
                        "FALSE CircuitOpen",
                        "CircuitOpen TRUE CircuitOpen"));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void a_policy_says_what_is_in_its_way(PolicyCase given) {
        PlacementPolicyStatus status = status(given.situation().view(), given.circuitOpen(), "default");

        assertThat(brief(status.conditions(), "Ready")).isEqualTo("Ready " + given.ready());
        assertThat(status.conditions())
                .extracting(condition -> brief(status.conditions(), condition.type()))
                .contains(given.other());
        assertThat(status.conditions())
                .allMatch(condition -> !condition.message().isEmpty());
    }

    @Test
    void of_two_policies_over_one_node_the_newer_says_which_and_what_to_do() {
        Situation situation = Situation.of(new World().node("n1", "east").node("n2", "east"))
                .with(Policies.inZone("older", "east", World.NOW))
                .with(Policies.inZone("newer", "east", World.NOW.plusSeconds(1)));

        PlacementPolicyStatus newer = status(situation.view(), false, "newer");

        assertThat(brief(newer.conditions(), "Conflicting")).isEqualTo("Conflicting TRUE PoliciesOverlap");
        assertThat(brief(newer.conditions(), "Ready")).isEqualTo("Ready FALSE PoliciesOverlap");
        assertThat(condition(newer.conditions(), "Ready").message())
                .contains("the node (n1)", "the older policy (older)", "Make the two node selectors disjoint.");
        assertThat(newer.nodes()).isZero();
    }

    /** @param wanted by the policy, in whose place the schema puts Advise when it says nothing */
    @ParameterizedTest(name = "{0} wanted, at most {1}: {2}")
    @CsvSource({
        "GATE, GATE, Reconciled",
        "GATE, ADVISE, AdmissionLimited",
        "GATE, OFF, AdmissionLimited",
        ", OFF, AdmissionLimited",
        ", ADVISE, Reconciled",
        "OFF, OFF, Reconciled"
    })
    void a_policy_that_asks_for_more_at_the_start_than_the_operator_may_do_says_so(
            @Nullable AdmissionMode wanted, AdmissionMode most, String reason) {
        PlacementPolicy policy = Policies.standard(PolicyMode.AUTOMATIC);
        policy.setSpec(
                new PlacementPolicySpec(PolicyMode.AUTOMATIC, wanted, null, null, null, null, null, null, null, null));
        View view = Situation.of(Situation.twoApart()).with(policy).view();

        List<Condition> conditions = status(view, false, "default", most).conditions();

        assertThat(brief(conditions, "Ready")).isEqualTo("Ready TRUE " + reason);
        if (reason.equals("AdmissionLimited")) {
            assertThat(condition(conditions, "Ready").message())
                    .startsWith("The policy asks for admission %s, and this operator may do %s at most."
                            .formatted(wanted == null ? "Advise" : wanted.value(), most.value()))
                    .contains("Set features.admission of the chart");
        }
    }

    @Test
    void a_score_that_was_not_evaluated_stays_as_it_was() {
        var policy = Policies.standard(PolicyMode.AUTOMATIC);
        policy.setStatus(new PlacementPolicyStatus(null, 1L, 73, null, null, null, null, null, null, null));
        View view = Situation.of(Situation.twoApart()).with(STALE).with(policy).view();

        PlacementPolicyStatus status = new PolicyReports(
                        view, new Histories(), List.of(), List.of(), AdmissionMode.GATE)
                .statuses()
                .get("uid-default");

        assertThat(status.score()).isEqualTo(73);
        assertThat(brief(status.conditions(), "Balanced")).isEqualTo("Balanced UNKNOWN StaleCache");
    }

    @Test
    void while_nobody_can_look_a_policy_says_what_was_last_known() {
        var policy = Policies.standard(PolicyMode.OFF);
        Condition open = new Condition(
                "CircuitOpen", ConditionStatus.TRUE, 1L, World.NOW, "CircuitOpen", "Too many migrations failed.");
        policy.setStatus(new PlacementPolicyStatus(List.of(open), 1L, 73, null, null, null, null, null, null, null));
        View view = Situation.of(Situation.twoApart()).with(STALE).with(policy).view();

        PlacementPolicyStatus status = new PolicyReports(
                        view, new Histories(), List.of(), List.of(), AdmissionMode.GATE)
                .statuses()
                .get("uid-default");

        assertThat(brief(status.conditions(), "Ready")).isEqualTo("Ready FALSE StaleCache");
        assertThat(brief(status.conditions(), "CircuitOpen")).isEqualTo("CircuitOpen TRUE CircuitOpen");
        assertThat(brief(status.conditions(), "Paused")).isEqualTo("Paused TRUE Paused");
        assertThat(status.nodes()).isEqualTo(3);
        assertThat(status.virtualMachines()).isEqualTo(2);
    }

    private static PolicyCase policy(String story, Situation situation, String ready, String other) {
        return new PolicyCase(story, situation, false, ready, other);
    }

    private static Situation standard(PolicyMode mode) {
        return Situation.of(Situation.twoApart()).with(Policies.standard(mode));
    }

    /** What the policy's status says when the cycle found nothing to do. */
    private static PlacementPolicyStatus status(View view, boolean circuitOpen, String policy) {
        return status(view, circuitOpen, policy, AdmissionMode.GATE);
    }

    private static PlacementPolicyStatus status(View view, boolean circuitOpen, String policy, AdmissionMode most) {
        List<PoolOutcome> outcomes = view.pools().pools().stream()
                .map(pool -> new PoolOutcome(pool, new Score(0, 0, 0, 99.5), false, circuitOpen, List.of()))
                .toList();
        return new PolicyReports(view, new Histories(), outcomes, List.of(), most)
                .statuses()
                .get("uid-" + policy);
    }
}
