package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlacementPolicySpec;
import dev.drover.api.v1alpha1.PlacementPolicyStatus;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.model.Node;
import dev.drover.observe.DemandState;
import dev.drover.observe.Fault;
import dev.drover.observe.Freshness;
import dev.drover.placement.Score;
import dev.drover.placement.World;
import dev.drover.plan.Plan;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator reads when something is not as it should be. */
class ReportsTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
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
        policy.setSpec(new PlacementPolicySpec(PolicyMode.AUTOMATIC, wanted, null, null, null, null, null, null, null));
        View view = Situation.of(world()).with(policy).view();

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
        View view = Situation.of(world()).with(STALE).with(policy).view();

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
        View view = Situation.of(world()).with(STALE).with(policy).view();

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

    @Test
    void what_is_longer_than_the_schema_takes_is_cut() {
        View view = standard(PolicyMode.AUTOMATIC)
                .with(new Fault("VirtualMachine", "shop", "web-1", "no number ".repeat(200)))
                .view();

        List<dev.drover.api.v1alpha1.Fault> faults = Faults.of(
                view,
                view.pools().pools().getFirst(),
                List.of(),
                proposal("no order ".repeat(200), false).faults("default"),
                false);

        assertThat(faults)
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.message()).hasSize(1024).endsWith("..."));
    }

    record RuleCase(String story, Situation situation, List<String> conditions) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<RuleCase> rules() {
        ConstraintId first =
                World.ofNodes(1).rule(SPREAD).constraints().getFirst().id();
        return Stream.of(
                rule("it holds", world().rule(SPREAD, "app=web"), "Accepted TRUE Accepted", "Ready TRUE Satisfied"),
                rule(
                        "it is broken",
                        world().vm("web-3", "n1", 100, "app=web").rule(SPREAD, "app=web"),
                        "Satisfied FALSE Violated",
                        "Ready FALSE Violated"),
                rule(
                        "it selects nothing yet",
                        world().rule(SPREAD, "app=none"),
                        "Accepted TRUE SelectorMatchesNothing",
                        "Ready TRUE Satisfied"),
                rule(
                        "it names an unknown node",
                        world().rule(new Rule.AllowedNodes(World.onNode("n9")), "app=web"),
                        "Accepted FALSE UnknownNode",
                        "Ready FALSE UnknownNode"),
                rule(
                        "it cannot hold whatever the others say",
                        world().vm("web-3", "n1", 100, "app=web")
                                .vm("web-4", "n2", 100, "app=web")
                                .rule(SPREAD, "app=web"),
                        "Conflicting TRUE RuleCannotHold",
                        "Ready FALSE RuleCannotHold"),
                new RuleCase(
                        "it cannot be read",
                        Situation.of(World.ofNodes(1))
                                .rejected(first, "max (-1) is negative. Write 0 or more.")
                                .with(resource(first)),
                        List.of("Accepted FALSE Invalid", "Ready FALSE Invalid")),
                new RuleCase(
                        "its labels are not on the template",
                        Situation.of(world().rule(SPREAD, "tier=gold"))
                                .labelsNotOnTemplate(first, "Put the label (tier) on the template.")
                                .with(resource(first)),
                        List.of("Accepted FALSE LabelsNotOnTemplate", "Ready FALSE LabelsNotOnTemplate")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_says_what_is_wrong_with_it(RuleCase given) {
        PlacementConstraintStatus status =
                new ConstraintReports(given.situation().view()).statuses().get("uid-1");

        assertThat(status.conditions())
                .extracting(condition -> brief(status.conditions(), condition.type()))
                .containsAll(given.conditions());
    }

    @Test
    void rules_that_contradict_each_other_name_each_other() {
        World world = world().rule(new Rule.AllowedNodes(World.onNode("n1")), "app=web")
                .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "app=web");
        Situation situation = Situation.of(world);
        world.constraints().forEach(constraint -> situation.with(resource(constraint.id())));

        Map<String, PlacementConstraintStatus> statuses = new ConstraintReports(situation.view()).statuses();

        assertThat(brief(statuses.get("uid-2").conditions(), "Ready")).isEqualTo("Ready FALSE RulesConflict");
        assertThat(statuses.get("uid-2").conflictsWith()).containsExactly("PlacementConstraint shop/allowednodes-1");
        assertThat(statuses.get("uid-1").conflictsWith()).containsExactly("PlacementConstraint shop/forbiddennodes-2");
    }

    @Test
    void nodes_say_whether_they_take_virtual_machines_and_how_hot_they_are() {
        World world =
                World.ofNodes(3).vm("hot", "n1", 9_000).vm("mild", "n2", 4_000).cordoned("n3");
        Map<String, NodeInventoryStatus> statuses = new NodeReports(Situation.of(world)
                        .with(Policies.standard(PolicyMode.AUTOMATIC))
                        .view())
                .statuses();

        assertThat(statuses).containsOnlyKeys("n1", "n2", "n3");
        assertThat(statuses.get("n1").pressurePercent()).isEqualTo(113);
        assertThat(brief(statuses.get("n1").conditions(), "Pressure")).isEqualTo("Pressure TRUE AboveTarget");
        assertThat(statuses.get("n2").pressurePercent()).isEqualTo(50);
        assertThat(brief(statuses.get("n2").conditions(), "Pressure")).isEqualTo("Pressure FALSE BelowTarget");
        assertThat(brief(statuses.get("n3").conditions(), "Ready")).isEqualTo("Ready FALSE NodeCordoned");
        assertThat(brief(statuses.get("n1").conditions(), "Ready")).isEqualTo("Ready FALSE NodeNotSchedulable");
        assertThat(statuses.get("n1").virtualMachineNames()).containsExactly("shop/hot");
    }

    @Test
    void a_node_without_a_policy_has_no_pressure() {
        NodeInventoryStatus status = new NodeReports(
                        Situation.of(World.ofNodes(1)).view())
                .statuses()
                .get("n1");

        assertThat(status.policy()).isNull();
        assertThat(status.pressurePercent()).isNull();
    }

    @Test
    void a_breach_that_may_not_be_repaired_is_a_fault_with_its_reason() {
        World world = World.ofNodes(3)
                .vms(2, "db", "n1", 100, "app=db")
                .notLive("db-2")
                .rule(SPREAD, "app=db");
        View view = Situation.of(world)
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .with(new Fault("VirtualMachine", "shop", "db-1", "Its CPU (NaN) is not a number."))
                .view();
        Pool pool = view.pools().pools().getFirst();
        List<Standing> standings = List.of(
                Standing.free(false),
                Standing.fixed(false, Reason.NOT_LIVE_MIGRATABLE, "KubeVirt says that it cannot."));

        List<dev.drover.api.v1alpha1.Fault> faults = Faults.of(
                view, pool, standings, proposal("No node has room.", true).faults("default"), false);

        assertThat(faults)
                .containsExactly(
                        new dev.drover.api.v1alpha1.Fault("default", "OrderImpossible", "No node has room."),
                        new dev.drover.api.v1alpha1.Fault(
                                "default",
                                "SolverTimedOut",
                                "The search for a better placement ran out of time; its best so far counts."
                                        + " Raise the setting solver-timeout if this lasts."),
                        new dev.drover.api.v1alpha1.Fault(
                                "shop/db-2",
                                "NotLiveMigratable",
                                "It breaks a constraint and is not moved: KubeVirt says that it cannot."),
                        new dev.drover.api.v1alpha1.Fault(
                                "shop/db-1", "MetricsInvalid", "Its CPU (NaN) is not a number."));
    }

    @Test
    void a_breach_that_no_node_can_mend_is_a_fault_that_says_what_is_in_the_way() {
        World world = World.ofNodes(3)
                .vms(2, "db", "n1", 100, "app=db")
                .vm("db-3", "n2", 100, "app=db")
                .cordoned("n3")
                .rule(SPREAD, "app=db");
        View view = Situation.of(world)
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .view();
        List<Standing> standings = List.of(Standing.free(false), Standing.free(false), Standing.free(false));
        String why = "It breaks a constraint and no other node takes it: "
                + "0 of 2 nodes: 1 cordoned, 1 kept away by Spread spread-1 (namespace shop)";

        assertThat(Faults.of(view, view.pools().pools().getFirst(), standings, List.of(), true))
                .containsExactly(
                        new dev.drover.api.v1alpha1.Fault("shop/db-1", "NoCapacity", why),
                        new dev.drover.api.v1alpha1.Fault("shop/db-2", "NoCapacity", why));
    }

    private static Proposal proposal(String message, boolean timedOut) {
        Score score = new Score(0, 0, 0, 99.5);
        return new Proposal(new Plan(List.of(), List.of(), 0, 0), score, score, false, timedOut, message);
    }

    private static PolicyCase policy(String story, Situation situation, String ready, String other) {
        return new PolicyCase(story, situation, false, ready, other);
    }

    private static RuleCase rule(String story, World world, String... conditions) {
        Constraint constraint = world.constraints().getFirst();
        return new RuleCase(story, Situation.of(world).with(resource(constraint.id())), List.of(conditions));
    }

    private static Situation standard(PolicyMode mode) {
        return Situation.of(world()).with(Policies.standard(mode));
    }

    /** Two virtual machines on nodes of their own, with a third node free. */
    private static World world() {
        return World.ofNodes(3).vm("web-1", "n1", 100, "app=web").vm("web-2", "n2", 100, "app=web");
    }

    private static PlacementConstraint resource(ConstraintId id) {
        PlacementConstraint resource = new PlacementConstraint();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(id.namespace())
                .withName(id.name())
                .withUid(id.uid())
                .withGeneration(1L)
                .build());
        return resource;
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

    private static String brief(List<Condition> conditions, String type) {
        Condition condition = condition(conditions, type);
        return type + " " + condition.status() + " " + condition.reason();
    }

    private static Condition condition(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
