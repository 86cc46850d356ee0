package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How a pool of nodes is run. */
@ApiObject
public record PlacementPolicySpec(
        @Default("Recommend")
                @JsonPropertyDescription(
                        "Off: observe only. Recommend: write plans and act on those that a person approved. Automatic: approve them and act. Write \"Off\" in quotes: YAML reads it as a boolean without.")
                PolicyMode mode,
        @Default("Advise")
                @JsonPropertyDescription(
                        "How starting virtual machines are placed. Advise: the rules go onto the virt-launcher pod, the chosen node is a preference. "
                                + "Gate: the pod waits a moment, until its node is decided. Off: pods are left as they are. Write \"Off\" in quotes: YAML reads it as a boolean without.")
                AdmissionMode admission,
        @JsonPropertyDescription(
                        "Which nodes this policy governs. Needed, except in the policy named default: that one governs the nodes that no other policy selects. "
                                + "Policies must not overlap; of two that do, the newer gets Conflicting=True and does not act.")
                @Nullable
                LabelSelector nodeSelector,
        @Default("Balance")
                @JsonPropertyDescription(
                        "What is pursued where no rule is broken and no node is above its target, from aggressiveness 3 on. Balance: all nodes as full as each other. "
                                + "Consolidate: as few nodes in use as can serve all, so that the others can be switched off or given back.")
                Objective objective,
        @Default("3")
                @Min(1)
                @Max(5)
                @JsonPropertyDescription(
                        "How small a gain is worth a move. 1: only moves that repair constraints. 2: also relief of hot nodes, and preferred rules. 3 to 5: also the objective, 5 the most.")
                Integer aggressiveness,
        @Default("{}") @JsonPropertyDescription("How full a node may get before it counts as hot.")
                TargetUtilization targetUtilization,
        @Default("{}") @JsonPropertyDescription("How much each resource counts when nodes are compared.")
                ResourceWeights weights,
        @Default("{}") @JsonPropertyDescription("How the demand of virtual machines is found.") DemandSettings demand,
        @Default("{}") @JsonPropertyDescription("How much may be moved, and when.") MoveBudget budget,
        @Default("{}") @JsonPropertyDescription("How long a migration may stay in each phase before Drover ends it.")
                MigrationDeadlines migrationDeadlines) {
    public PlacementPolicySpec {
        mode = mode == null ? PolicyMode.RECOMMEND : mode;
        admission = admission == null ? AdmissionMode.ADVISE : admission;
        objective = objective == null ? Objective.BALANCE : objective;
        aggressiveness = aggressiveness == null ? 3 : aggressiveness;
        targetUtilization =
                targetUtilization == null ? new TargetUtilization(null, null, null, null) : targetUtilization;
        weights = weights == null ? new ResourceWeights(null, null, null, null) : weights;
        demand = demand == null ? DemandSettings.defaults() : demand;
        budget = budget == null ? new MoveBudget(null, null, null, null, null, null) : budget;
        migrationDeadlines =
                migrationDeadlines == null ? new MigrationDeadlines(null, null, null, null) : migrationDeadlines;
    }

    /** The values that the schema sets when a user states none, for all nodes. */
    public static PlacementPolicySpec defaults() {
        return new PlacementPolicySpec(null, null, null, null, null, null, null, null, null, null);
    }
}
