package dev.drover.demo;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PlannedMove;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.status.ConditionType;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What happens in the demo, in order. Each chapter says whether the story can go on. */
final class Story implements AutoCloseable {

    /** Generous, for small machines: it is slow, not broken. All waits end as soon as there is nothing to wait for. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Six cycles of the operator: time to act on a rule, if it were to. */
    private static final Duration WATCHED = Duration.ofSeconds(6);

    private static final int VIRTUAL_MACHINES = 15;
    private static final String CONTRADICTION = "databases-off-ssd";
    private static final String CONTRADICTED = "databases-on-ssd";

    /** What the guests of the hot node ask for together. */
    private static final double HOT_CORES = 0.97 * Stage.CORES;

    private final Stage stage;
    private final Narrator narrator;
    private final Expectations expectations;
    private Witness witness;
    private Load load;
    private int target;
    private String hot = "";

    Story(Stage stage, Narrator narrator, Expectations expectations) {
        this.stage = stage;
        this.narrator = narrator;
        this.expectations = expectations;
    }

    /** Tells it to its end, or to where it can go no further. */
    void tell() {
        setStage();
        if (startVirtualMachines() && heatNode() && relieve()) {
            contradict();
        }
        expectations.record(
                Expectation.RULES_HELD,
                witness.breaches() == 0 && witness.instants() > 0,
                "%d rules, %d instants checked, %d breaches"
                        .formatted(witness.rulesJudged(), witness.instants(), witness.breaches()));
    }

    private void setStage() {
        narrator.chapter("A control plane, six nodes, the operator");
        stage.startControlPlane();
        load = new Load(stage.client());
        narrator.tell("Kubernetes %s and KubeVirt answer; only the nodes are played"
                .formatted(stage.client().getKubernetesVersion().getGitVersion()));
        stage.startOperator();
        stage.addNodes();
        narrator.tell("%d nodes are ready, %d CPUs and 32 GiB each; node-1 to node-4 have fast disks"
                .formatted(Stage.NODES, Stage.CORES));
        stage.awaitOperator();
        narrator.tell("the operator is up; its log is " + stage.operator().log());
    }

    private boolean startVirtualMachines() {
        narrator.chapter("Rules first, then fifteen virtual machines");
        stage.apply("policy.yaml");
        stage.apply("rules.yaml");
        List<PlacementConstraint> rules = stage.client()
                .resources(PlacementConstraint.class)
                .inNamespace(Witness.NAMESPACE)
                .list()
                .getItems();
        witness = new Witness(
                narrator,
                new Referee(nodes(), rules.stream().map(Rulebook::read).toList()));
        witness.watch(stage.client());
        narrator.tell("policy default: Automatic, admission Gate");
        rules.forEach(rule -> narrator.tell(Rulebook.describe(rule)));
        if (!await("the policy is carried out", () -> policyHolds(ConditionType.READY))) {
            return false;
        }
        List.of("db.yaml", "app.yaml", "web.yaml").forEach(stage::apply);
        boolean all = await("all virtual machines run", () -> running() == VIRTUAL_MACHINES);
        expectations.record(
                Expectation.ALL_RUN, all, "%d of %d, on %s".formatted(running(), VIRTUAL_MACHINES, byNode()));
        return all && await("the policy is balanced", () -> policyHolds(ConditionType.BALANCED) && atRest());
    }

    private boolean heatNode() {
        narrator.chapter("Trouble: one node gets hot");
        Map<String, List<String>> byNode = byNode();
        hot = byNode.keySet().stream()
                .max((left, right) -> Integer.compare(
                        byNode.get(left).size(), byNode.get(right).size()))
                .orElseThrow();
        target = policy().getSpec().targetUtilization().cpuPercent();
        List<String> guests = byNode.get(hot);
        double each = HOT_CORES / guests.size();
        narrator.tell("score %d; now each of %s on %s asks for %.1f CPUs instead of 0.3"
                .formatted(score(), guests, hot, each));
        guests.forEach(guest -> demand(guest, each));
        boolean isHot = await(hot + " is hot", () -> load.percent(hot) > target);
        int percent = load.percent(hot);
        expectations.record(
                Expectation.HOT,
                isHot,
                "%s uses %d %% of its CPU, the target is %d %%".formatted(hot, percent, target));
        narrator.bad("%s uses %d %% of its CPU; the target is %d %%".formatted(hot, percent, target));
        return isHot;
    }

    /** As anybody may do it with {@code kubectl annotate vmi}. */
    private void demand(String guest, double cores) {
        stage.client()
                .resources(VirtualMachineInstance.class)
                .inNamespace(Witness.NAMESPACE)
                .withName(guest)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"metadata":{"annotations":{"demo.drover.dev/cpu":"%.2f"}}}"""
                                .formatted(cores));
    }

    private boolean relieve() {
        narrator.chapter("Drover puts it right");
        boolean planned = await("there is a plan", () -> !witness.plans().isEmpty());
        List<PlannedMove> moves = planned ? witness.plans().getFirst().getSpec().moves() : List.of();
        expectations.record(
                Expectation.PLANNED,
                moves.stream().anyMatch(move -> move.from().equals(hot))
                        && moves.stream().noneMatch(move -> Objects.requireNonNullElse(move.message(), "")
                                .isEmpty()),
                "%d moves, the first from %s"
                        .formatted(
                                moves.size(),
                                moves.isEmpty() ? "nowhere" : moves.getFirst().from()));
        if (!planned || !await("the plans have ended, and nothing more is worth a move", this::settled)) {
            return false;
        }
        recordRelief();
        return true;
    }

    private void recordRelief() {
        List<VirtualMachineInstanceMigration> migrations = witness.migrations();
        List<MigrationPlan> plans = witness.plans();
        expectations.record(
                Expectation.CARRIED_OUT,
                plans.stream().allMatch(this::carriedOut) && migrations.size() == planned(plans),
                "%d moves planned, %d migrations, %d succeeded"
                        .formatted(planned(plans), migrations.size(), succeeded()));
        boolean cool = await(hot + " is relieved", () -> load.percent(hot) <= target);
        expectations.record(Expectation.RELIEVED, cool, "%s uses %d %% of its CPU".formatted(hot, load.percent(hot)));
        int before = plans.getFirst().getSpec().expected().scoreBefore();
        expectations.record(Expectation.BETTER, score() > before, "%d before, %d after".formatted(before, score()));
        narrator.good("%s uses %d %% of its CPU; score %d -> %d".formatted(hot, load.percent(hot), before, score()));
        Map<String, Long> moved = migrations.stream()
                .collect(Collectors.groupingBy(migration -> migration.getSpec().vmiName(), Collectors.counting()));
        expectations.record(
                Expectation.AT_REST,
                policyHolds(ConditionType.BALANCED) && moved.values().stream().allMatch(times -> times == 1),
                "the policy is Balanced; moved: " + moved.keySet());
    }

    private void contradict() {
        narrator.chapter("A rule that cannot hold");
        int migrations = witness.migrations().size();
        int plans = witness.plans().size();
        stage.apply("contradiction.yaml");
        narrator.tell("rule %s is applied; it contradicts %s".formatted(CONTRADICTION, CONTRADICTED));
        boolean named = await(CONTRADICTION + " is Conflicting", this::conflictNamed);
        String message = contradiction();
        expectations.record(Expectation.CONFLICT_NAMED, named, message);
        narrator.tell(CONTRADICTION + " is Conflicting: " + message);
        Instant from = narrator.now();
        boolean acted = witness.await(
                WATCHED,
                () -> witness.migrations().size() > migrations
                        || witness.plans().size() > plans);
        expectations.record(Expectation.NOT_ACTED_ON, !acted, "no plan and no migration in " + narrator.since(from));
    }

    private boolean conflictNamed() {
        return witness.rules().stream()
                .filter(rule -> rule.getMetadata().getName().equals(CONTRADICTION))
                .map(PlacementConstraint::getStatus)
                .anyMatch(status -> status != null
                        && StatusReading.holds(status.conditions(), ConditionType.CONFLICTING)
                        && status.conflictsWith().stream().anyMatch(other -> other.endsWith("/" + CONTRADICTED)));
    }

    private String contradiction() {
        return witness.rules().stream()
                .filter(rule -> rule.getMetadata().getName().equals(CONTRADICTION) && rule.getStatus() != null)
                .map(rule -> StatusReading.message(rule.getStatus().conditions(), ConditionType.CONFLICTING))
                .findFirst()
                .orElse("it has no status");
    }

    private boolean await(String what, BooleanSupplier condition) {
        boolean held = witness.await(LIMIT, () -> {
            stage.requireOperator();
            return condition.getAsBoolean();
        });
        if (!held) {
            narrator.bad("Not within %d s: %s.".formatted(LIMIT.toSeconds(), what));
        }
        return held;
    }

    /** Whether the operator has seen the end of all that was moved and wants nothing more. */
    private boolean settled() {
        Integer counted = policy().getStatus().movesLastDay();
        return witness.plans().stream().allMatch(StatusReading::ended)
                && atRest()
                && policyHolds(ConditionType.BALANCED)
                && counted != null
                && counted == succeeded();
    }

    private boolean atRest() {
        return witness.migrations().stream().allMatch(VirtualMachineInstanceMigration::ended);
    }

    private boolean carriedOut(MigrationPlan plan) {
        Map<String, MoveStatus> states =
                plan.getStatus().moves().stream().collect(Collectors.toMap(MoveStatus::id, status -> status));
        return plan.getSpec().moves().stream().allMatch(move -> {
            MoveStatus status = states.get(move.id());
            return status != null && status.state() == MoveState.SUCCEEDED && arrived(move, status);
        });
    }

    private boolean arrived(PlannedMove move, MoveStatus status) {
        return witness.migrations().stream()
                .filter(migration -> migration.getMetadata().getName().equals(status.migration()))
                .anyMatch(migration -> Commentary.target(migration).equals(move.to())
                        && witness.instances().stream()
                                .anyMatch(instance -> instance.getMetadata()
                                                .getName()
                                                .equals(move.virtualMachine().name())
                                        && move.to().equals(instance.getStatus().nodeName())));
    }

    private static int planned(List<MigrationPlan> plans) {
        return plans.stream().mapToInt(plan -> plan.getSpec().moves().size()).sum();
    }

    private long succeeded() {
        return witness.migrations().stream()
                .filter(migration -> "Succeeded".equals(migration.getStatus().phase()))
                .count();
    }

    private long running() {
        return witness.instances().stream().filter(Commentary::running).count();
    }

    private Map<String, List<String>> byNode() {
        return witness.instances().stream()
                .filter(Commentary::running)
                .collect(Collectors.groupingBy(
                        instance -> Objects.requireNonNull(instance.getStatus().nodeName()),
                        TreeMap::new,
                        Collectors.mapping(Story::name, Collectors.toList())));
    }

    private static String name(VirtualMachineInstance instance) {
        return instance.getMetadata().getName();
    }

    private PlacementPolicy policy() {
        return witness.policies().getFirst();
    }

    private boolean policyHolds(ConditionType type) {
        return witness.policies().stream().anyMatch(policy -> StatusReading.holds(policy, type));
    }

    private int score() {
        return Objects.requireNonNullElse(policy().getStatus().score(), 0);
    }

    private List<Node> nodes() {
        return stage.client().nodes().list().getItems().stream()
                .map(node -> new Node(
                        node.getMetadata().getName(),
                        node.getMetadata().getUid(),
                        node.getMetadata().getLabels(),
                        List.of(),
                        true,
                        false,
                        Resources.NONE,
                        null))
                .toList();
    }

    @Override
    public void close() {
        if (witness != null) {
            witness.close();
        }
    }
}
