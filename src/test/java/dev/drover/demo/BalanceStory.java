package dev.drover.demo;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.api.v1alpha1.PlannedMove;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.status.ConditionType;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Virtual machines start, one node gets hot, a rule cannot hold. Each chapter says whether the story can go on. */
final class BalanceStory implements Story {

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
    private final Witness witness;
    private final Load load;
    private final Patience patience;

    BalanceStory(Stage stage, Narrator narrator, Expectations expectations, Witness witness) {
        this.stage = stage;
        this.narrator = narrator;
        this.expectations = expectations;
        this.witness = witness;
        this.load = new Load(stage.client());
        this.patience = new Patience(stage, narrator, witness);
    }

    @Override
    public void tell() {
        if (startVirtualMachines()) {
            String hot = fullestNode();
            if (heat(hot) && relieve(hot)) {
                contradict();
            }
        }
        expectations.record(BalanceExpectation.RULES_HELD, witness.breaches() == 0 && witness.instants() > 0, judged());
    }

    private boolean startVirtualMachines() {
        if (!patience.await("the policy is carried out", () -> witness.policyHolds(ConditionType.READY))) {
            return false;
        }
        List.of("db.yaml", "app.yaml", "web.yaml").forEach(stage::apply);
        boolean all = patience.await("all virtual machines run", () -> witness.running() == VIRTUAL_MACHINES);
        expectations.record(BalanceExpectation.ALL_RUN, all, "%d of %d".formatted(witness.running(), VIRTUAL_MACHINES));
        witness.byNode().forEach((node, guests) -> narrator.tell(node + ": " + String.join(", ", guests)));
        narrator.tell(judged());
        return all
                && patience.await(
                        "nothing is worth a move",
                        () -> witness.policyHolds(ConditionType.BALANCED) && witness.atRest());
    }

    private String judged() {
        return "%d rules checked at %d instants, %d breaches"
                .formatted(witness.rulesJudged(), witness.instants(), witness.breaches());
    }

    private String fullestNode() {
        Map<String, List<String>> byNode = witness.byNode();
        return byNode.keySet().stream()
                .max(Comparator.comparing(node -> byNode.get(node).size()))
                .orElseThrow();
    }

    private boolean heat(String hot) {
        narrator.chapter("Trouble: one node gets hot");
        List<String> guests = witness.byNode().get(hot);
        double each = HOT_CORES / guests.size();
        narrator.tell("score %d; now %s on %s ask for %.1f CPUs each, instead of 0.3"
                .formatted(witness.score(), String.join(", ", guests), hot, each));
        guests.forEach(guest -> demand(guest, each));
        boolean isHot = patience.await(hot + " is hot", () -> load.percent(hot) > target());
        String seen = "%s uses %d %% of its CPU, the target is %d %%".formatted(hot, load.percent(hot), target());
        expectations.record(BalanceExpectation.HOT, isHot, seen);
        narrator.bad(seen);
        return isHot;
    }

    private int target() {
        return witness.policy().getSpec().targetUtilization().cpuPercent();
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

    private boolean relieve(String hot) {
        narrator.chapter("Drover puts it right");
        boolean planned =
                patience.await("there is a plan", () -> !witness.plans().isEmpty());
        List<PlannedMove> moves = planned ? witness.plans().getFirst().getSpec().moves() : List.of();
        expectations.record(
                BalanceExpectation.PLANNED,
                moves.stream().anyMatch(move -> move.from().equals(hot))
                        && moves.stream().allMatch(move -> move.message() != null),
                "moves of the first plan: %d, from %s"
                        .formatted(
                                moves.size(),
                                moves.stream().map(PlannedMove::from).distinct().toList()));
        if (!planned || !patience.await("the plans have ended, and nothing more is worth a move", this::settled)) {
            return false;
        }
        recordMigrations();
        recordRelief(hot);
        return true;
    }

    private void recordMigrations() {
        List<MigrationPlan> plans = witness.plans();
        List<VirtualMachineInstanceMigration> migrations = witness.migrations();
        int planned =
                plans.stream().mapToInt(plan -> plan.getSpec().moves().size()).sum();
        expectations.record(
                BalanceExpectation.CARRIED_OUT,
                plans.stream().allMatch(this::carriedOut) && migrations.size() == planned,
                "%d moves planned, %d migrations, %d succeeded"
                        .formatted(planned, migrations.size(), witness.succeeded()));
        List<String> moved = migrations.stream()
                .map(migration -> migration.getSpec().vmiName())
                .toList();
        expectations.record(
                BalanceExpectation.AT_REST,
                witness.policyHolds(ConditionType.BALANCED)
                        && moved.size() == Set.copyOf(moved).size(),
                "the policy is Balanced; moved: " + String.join(", ", moved));
    }

    private void recordRelief(String hot) {
        boolean cool = patience.await(hot + " is relieved", () -> load.percent(hot) <= target());
        String seen = "%s uses %d %% of its CPU".formatted(hot, load.percent(hot));
        expectations.record(BalanceExpectation.RELIEVED, cool, seen);
        int before = witness.plans().getFirst().getSpec().expected().scoreBefore();
        int after = witness.score();
        expectations.record(BalanceExpectation.BETTER, after > before, "%d before, %d after".formatted(before, after));
        narrator.good("%s; score %d -> %d".formatted(seen, before, after));
        narrator.tell(judged());
    }

    private void contradict() {
        narrator.chapter("A rule that cannot hold");
        int migrations = witness.migrations().size();
        int plans = witness.plans().size();
        stage.apply("contradiction.yaml");
        narrator.tell("rule %s is applied; it contradicts %s".formatted(CONTRADICTION, CONTRADICTED));
        boolean named = patience.await(
                CONTRADICTION + " is Conflicting",
                () -> contradiction().filter(BalanceStory::conflictNamed).isPresent());
        String conflicts =
                contradiction().map(status -> status.conflictsWith().toString()).orElse("it has no status");
        expectations.record(BalanceExpectation.CONFLICT_NAMED, named, "conflictsWith " + conflicts);
        contradiction()
                .map(status -> StatusReading.message(status.conditions(), ConditionType.CONFLICTING))
                .ifPresent(message -> narrator.tell(CONTRADICTION + " is Conflicting: " + message));
        Instant from = narrator.now();
        boolean acted = witness.await(
                WATCHED,
                () -> witness.migrations().size() > migrations
                        || witness.plans().size() > plans);
        String seen = (acted ? "a plan or a migration after " : "no plan and no migration in ") + narrator.since(from);
        expectations.record(BalanceExpectation.NOT_ACTED_ON, !acted, seen);
        narrator.tell(seen);
    }

    private static boolean conflictNamed(PlacementConstraintStatus status) {
        return StatusReading.holds(status.conditions(), ConditionType.CONFLICTING)
                && status.conflictsWith().stream().anyMatch(other -> other.endsWith("/" + CONTRADICTED));
    }

    /** The status of the rule that contradicts; empty while the operator has not written it. */
    private Optional<PlacementConstraintStatus> contradiction() {
        return witness.rules().stream()
                .filter(rule -> rule.getMetadata().getName().equals(CONTRADICTION))
                .map(PlacementConstraint::getStatus)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Whether the operator has seen the end of all that was moved and wants nothing more. */
    private boolean settled() {
        return witness.plans().stream().allMatch(StatusReading::ended)
                && witness.atRest()
                && witness.policyHolds(ConditionType.BALANCED)
                && witness.movesCounted() == witness.succeeded();
    }

    private boolean carriedOut(MigrationPlan plan) {
        Map<String, MoveStatus> states =
                plan.getStatus().moves().stream().collect(Collectors.toMap(MoveStatus::id, status -> status));
        return plan.getSpec().moves().stream().allMatch(move -> {
            MoveStatus status = states.get(move.id());
            return status != null && status.state() == MoveState.SUCCEEDED && arrived(move, status);
        });
    }

    /** Whether the move's own migration went to the planned node, and the guest is there. */
    private boolean arrived(PlannedMove move, MoveStatus status) {
        String guest = move.virtualMachine().name();
        return witness.migrations().stream()
                        .anyMatch(migration -> migration.getMetadata().getName().equals(status.migration())
                                && Commentary.target(migration).equals(move.to()))
                && witness.byNode().getOrDefault(move.to(), List.of()).contains(guest);
    }
}
