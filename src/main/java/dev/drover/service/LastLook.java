package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Right before a virtual machine is started, its instance and the nodes that it was on last are read from the API server, with the
 * remediations when one is lost: caches may be behind, and a second start cannot be taken back (P7, P18).
 *
 * @param nodes by name
 * @param remediations of all nodes
 * @param instances by namespace and name
 */
record LastLook(
        Function<String, Optional<SlimNode>> nodes,
        Supplier<List<Remediation>> remediations,
        BiFunction<String, String, Optional<VirtualMachineInstance>> instances,
        InstantSource clock) {

    /** Why it must not be started; empty when it may be. */
    String against(ApplicationService service, String machine) {
        VirtualMachineInstance instance =
                instances.apply(service.getMetadata().getNamespace(), machine).orElse(null);
        if (instance != null && !instance.ended()) {
            return "It has an instance by now.";
        }
        Instant now = clock.instant();
        List<SlimNode> found = Losses.nodes(Losses.told(service).get(machine), instance).stream()
                .map(nodes)
                .flatMap(Optional::stream)
                .toList();
        Order order = Order.of(ServiceScenes.annotation(service, ServiceLabels.RECOVER), now);
        boolean lost = found.stream().anyMatch(node -> !node.getStatus().ready());
        List<Remediation> completed = lost ? remediations.get() : List.of();
        Loss loss = new Losses(new NodeFates(found, completed, List.of(), 100, now), service, order, now)
                .of(machine, instance);
        return loss == null || loss.proven()
                ? ""
                : "Its node (%s) is not ready by now, or not for long, and it is not proven that it is down."
                        .formatted(loss.node());
    }

    /** Whether its status tells of a node that it has lost. */
    static boolean concerns(ApplicationService service, String machine) {
        ServiceVirtualMachine told = Losses.told(service).get(machine);
        return told != null && told.loss() != null;
    }
}
