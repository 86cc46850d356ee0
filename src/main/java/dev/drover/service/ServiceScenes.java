package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.LastMove;
import dev.drover.api.v1alpha1.PreviousNode;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.PriorityClass;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import dev.drover.observe.Machines;
import dev.drover.observe.Mark;
import dev.drover.observe.ServiceMembers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what belongs to which service in what the caches show at one instant. */
final class ServiceScenes {
    private final Machines seen;
    private final ServiceMembers members;
    private final Map<VmId, VirtualMachine> machines;
    private final Map<VmId, VirtualMachineInstance> instances;
    private final Map<VmId, VirtualMachinePlacement> placements;
    private final Set<VmId> moving;
    private final Instant now;
    private final NodeFates fates;
    private final List<Turn> queue;

    /**
     * Costs as much as there are virtual machines.
     *
     * @param brakePercent of the nodes: when more are lost, nothing is restarted
     */
    ServiceScenes(Machines seen, int brakePercent, Instant now) {
        this.seen = seen;
        this.members = new ServiceMembers(seen.services(), seen.machines());
        this.machines = byId(seen.machines());
        this.instances = byId(seen.instances());
        this.placements = byId(seen.placements());
        this.moving = seen.migrations().stream().map(ServiceScenes::vmOf).collect(Collectors.toSet());
        this.now = now;
        this.fates = new NodeFates(seen.nodes(), seen.remediations(), Losses.told(seen.services()), brakePercent, now);
        Map<String, Integer> priorities = seen.priorities().stream()
                .collect(Collectors.toMap(each -> each.getMetadata().getName(), PriorityClass::getValue, Math::max));
        this.queue = new RestartQueue(fates, members, instances, priorities, now).of(seen.services());
    }

    private static <T extends HasMetadata> Map<VmId, T> byId(List<T> objects) {
        return objects.stream().collect(Collectors.toMap(ServiceScenes::id, Function.identity(), (a, b) -> b));
    }

    private static VmId id(HasMetadata object) {
        return new VmId(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    private static VmId vmOf(VirtualMachineInstanceMigration migration) {
        return new VmId(
                migration.getMetadata().getNamespace(), migration.getSpec().vmiName());
    }

    boolean isOf(Machines other) {
        return seen == other;
    }

    /** Whether the caches show the service as it is here, or newer. */
    boolean knows(ApplicationService service) {
        Long shown = members.generation(service);
        Long wanted = service.getMetadata().getGeneration();
        return shown != null && (wanted == null || shown >= wanted);
    }

    /** Costs as much as the service has virtual machines. */
    ServiceScene of(ApplicationService service, @Nullable Outlook outlook) {
        String uid = service.getMetadata().getUid();
        Order order = Order.of(annotation(service, ServiceLabels.RECOVER), now);
        Losses losses = new Losses(fates, service, order, now);
        ServiceMembers.Holding holding = members.of(service);
        Map<String, SeenMachine> found = new HashMap<>();
        holding.made().forEach(machine -> found.put(machine.getMetadata().getName(), see(machine, uid, losses)));
        Map<String, Integer> sizes = Sizes.of(service, found.values());
        for (String name : names(service, sizes)) {
            VirtualMachine machine = machines.get(new VmId(service.getMetadata().getNamespace(), name));
            if (machine != null) {
                found.putIfAbsent(name, see(machine, uid, losses));
            }
        }
        Map<String, List<SeenMachine>> adopted = new HashMap<>();
        for (Application application : service.getSpec().applications()) {
            if (application.virtualMachines().selector() != null) {
                adopted.put(
                        application.name(),
                        adopted(holding.adopted().getOrDefault(application.name(), List.of()), uid, losses));
            }
        }
        Set<String> wanted = names(service, sizes);
        found.values().stream().filter(SeenMachine::ours).map(SeenMachine::name).forEach(wanted::add);
        Long generation = service.getMetadata().getGeneration();
        return new ServiceScene(
                generation == null ? 0 : generation,
                service.getMetadata().getDeletionTimestamp() != null,
                annotation(service, ServiceLabels.RESTART),
                found,
                adopted,
                sizes,
                holding.elsewhere(),
                outlook,
                new Recovering(lost(service, wanted, losses, adopted), queue, order.mistake()),
                orders(found.keySet(), service));
    }

    /** Of one that neither has an order nor is bound to a node nothing is said. */
    private Map<String, SeenOrder> orders(Set<String> names, ApplicationService service) {
        Map<String, SeenOrder> orders = new HashMap<>();
        for (String name : names) {
            VirtualMachine machine = machines.get(new VmId(service.getMetadata().getNamespace(), name));
            SeenOrder order = machine == null ? SeenOrder.NONE : order(machine);
            if (!order.equals(SeenOrder.NONE)) {
                orders.put(name, order);
            }
        }
        return orders;
    }

    private static SeenOrder order(VirtualMachine machine) {
        return new SeenOrder(
                annotation(machine, ServiceLabels.RELOCATE),
                machine.getSpec().template().spec().nodeSelector().getOrDefault(Node.HOSTNAME_LABEL, ""));
    }

    /** Also of those that are to be made, and may have been there before, and of those that go. */
    private Map<String, Loss> lost(
            ApplicationService service, Set<String> names, Losses losses, Map<String, List<SeenMachine>> adopted) {
        adopted.values().forEach(members -> members.forEach(member -> names.add(member.name())));
        Map<String, Loss> lost = new HashMap<>();
        for (String name : names) {
            Loss loss =
                    losses.of(name, instances.get(new VmId(service.getMetadata().getNamespace(), name)));
            if (loss != null) {
                lost.put(name, loss);
            }
        }
        return lost;
    }

    private List<SeenMachine> adopted(List<VirtualMachine> adopted, String uid, Losses losses) {
        return adopted.stream()
                .sorted(Comparator.comparing(machine -> machine.getMetadata().getName()))
                .map(machine -> see(machine, uid, losses))
                .toList();
    }

    private static Set<String> names(ApplicationService service, Map<String, Integer> sizes) {
        Set<String> names = new HashSet<>();
        for (Application application : service.getSpec().applications()) {
            int size = sizes.getOrDefault(application.name(), application.templated());
            for (int ordinal = 0; ordinal < size; ordinal++) {
                names.add(application.name() + "-" + ordinal);
            }
        }
        return names;
    }

    static String annotation(HasMetadata object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    private SeenMachine see(VirtualMachine machine, String serviceUid, Losses losses) {
        String strategy = machine.getSpec().runStrategy();
        Mark mark = Mark.of(machine);
        Long generation = machine.getMetadata().getGeneration();
        VirtualMachineInstance instance = instances.get(id(machine));
        return new SeenMachine(
                machine.getMetadata().getName(),
                machine.getMetadata().getUid(),
                mark.isOf(serviceUid),
                mark.application(),
                machine.getMetadata().getDeletionTimestamp() != null,
                generation == null ? 0 : generation,
                annotation(machine, ServiceLabels.APPLIED),
                strategy == null ? "" : strategy,
                RestartQueue.isIdle(machine, instance),
                losses.silent(instance),
                moving.contains(id(machine)),
                instance == null ? null : see(instance),
                served(machine, placements.get(id(machine))));
    }

    private static SeenInstance see(VirtualMachineInstance instance) {
        VirtualMachineInstance.Status status = instance.getStatus();
        Condition ready = status.ready().orElse(null);
        ConditionStatus told =
                ready == null ? ConditionStatus.UNKNOWN : ready.isTrue() ? ConditionStatus.TRUE : ConditionStatus.FALSE;
        return new SeenInstance(
                Instant.parse(instance.getMetadata().getCreationTimestamp()),
                instance.ended() || instance.getMetadata().getDeletionTimestamp() != null,
                status.running(),
                told,
                ready == null || ready.isTrue() || ready.message() == null ? "" : ready.message(),
                status.nodeName(),
                status.phaseTransitionTimestamps().stream()
                        .map(VirtualMachineInstance.PhaseTransition::phaseTransitionTimestamp)
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .findFirst()
                        .orElse(null),
                told == ConditionStatus.TRUE ? time(ready.lastTransitionTime()) : null);
    }

    private static @Nullable Instant time(@Nullable String written) {
        return written == null ? null : Instant.parse(written);
    }

    private static SeenMachine.Served served(VirtualMachine machine, @Nullable VirtualMachinePlacement placement) {
        if (placement == null || placement.getStatus() == null) {
            return SeenMachine.Served.UNKNOWN;
        }
        LastMove lastMove = placement.getStatus().previousNodes().stream()
                .findFirst()
                .map(ServiceScenes::lastMove)
                .orElse(null);
        return new SeenMachine.Served(
                placement.getStatus().demand(),
                placement.getStatus().score(),
                lastMove,
                isOf(placement, machine) ? placement.getStatus().relocation() : null);
    }

    /** Not of an earlier one of the same name. */
    private static boolean isOf(VirtualMachinePlacement placement, VirtualMachine machine) {
        return placement.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(machine.getMetadata().getUid()));
    }

    private static LastMove lastMove(PreviousNode attempt) {
        return new LastMove(attempt.node(), attempt.target(), attempt.time(), attempt.outcome());
    }
}
