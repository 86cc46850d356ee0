package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the nodes of a policy are doing. */
@ApiObject
public record PlacementPolicyStatus(
        @Size(max = Limits.CONDITIONS)
                @JsonPropertyDescription(
                        "Ready: the policy is being carried out. Fresh: what Drover sees is up to date. Balanced: nothing is worth a move. "
                                + "Paused: mode is Off. CircuitOpen: too many migrations failed, so nothing moves that no person approved. Conflicting: another policy governs the same nodes.")
                List<Condition> conditions,
        @Min(0)
                @Max(Limits.GENERATION)
                @JsonPropertyDescription("The metadata.generation that this status was written for.")
                @Nullable
                Long observedGeneration,
        @Min(0)
                @Max(100)
                @JsonPropertyDescription(
                        "How well the virtual machines are served: 0 is not at all, 100 is no broken constraint, no contention, even load.")
                @Nullable
                Integer score,
        @JsonPropertyDescription("Where the demand comes from at the moment: Metrics or Requests.") @Nullable
                DemandSource demandSource,
        @Min(0) @Max(100000) @JsonPropertyDescription("How many nodes the policy governs.") @Nullable Integer nodes,
        @Min(0)
                @Max(1000000)
                @JsonPropertyDescription("How many running virtual machines are on these nodes.")
                @Nullable
                Integer virtualMachines,
        @Min(0)
                @Max(100000)
                @JsonPropertyDescription(
                        "How many migrations are in flight from or to these nodes, everyone's counted.")
                @Nullable
                Integer inFlight,
        @Min(0)
                @Max(1000000)
                @JsonPropertyDescription(
                        "How many migrations succeeded on these nodes in the last 24 hours, everyone's counted.")
                @Nullable
                Integer movesLastDay,
        @Size(max = 10)
                @JsonPropertyDescription("Why something that should be done is not done: the ten most important.")
                List<Fault> faults,
        @Size(max = 20)
                @JsonPropertyDescription(
                        "Removed rules whose terms are still on running virt-launcher pods. They bind the scheduler until these pods are gone: a restart or a move of the virtual machine renews them.")
                List<LeftoverTerms> leftoverTerms) {
    public PlacementPolicyStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        faults = faults == null ? List.of() : List.copyOf(faults);
        leftoverTerms = leftoverTerms == null ? List.of() : List.copyOf(leftoverTerms);
    }
}
