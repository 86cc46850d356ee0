package dev.drover.reconcile;

import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.api.v1alpha1.PlacementPolicyStatus;
import dev.drover.api.v1alpha1.VirtualMachineProfileStatus;
import dev.drover.service.Outlook;
import java.util.Map;

/** The statuses of the kinds that users write, and what is to be said of services, by the uid of the object, as one cycle found them. */
record Report(
        Map<String, PlacementPolicyStatus> policies,
        Map<String, PlacementConstraintStatus> constraints,
        Map<String, VirtualMachineProfileStatus> profiles,
        Map<String, Outlook> services) {
    static final Report NONE = new Report(Map.of(), Map.of(), Map.of(), Map.of());

    Report {
        policies = Map.copyOf(policies);
        constraints = Map.copyOf(constraints);
        profiles = Map.copyOf(profiles);
        services = Map.copyOf(services);
    }
}
