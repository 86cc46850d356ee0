package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.LastMove;
import dev.drover.api.v1alpha1.PreviousNode;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Selector;
import dev.drover.model.VmId;
import dev.drover.observe.Machines;
import dev.drover.observe.SelectorReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
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
    private final Map<String, List<VirtualMachine>> byNamespace;
    private final Map<VmId, VirtualMachineInstance> instances;
    private final Map<VmId, VirtualMachinePlacement> placements;
    private final Set<VmId> moving;
    private final Map<VmId, Claim> claims = new HashMap<>();

    /** Who adopts a virtual machine: the oldest service whose selector matches it, and of that the first application. */
    private record Claim(String serviceUid, String service, String application) {}

    ServiceScenes(Machines seen) {
        this.seen = seen;
        this.byNamespace = seen.machines().stream()
                .collect(Collectors.groupingBy(machine -> machine.getMetadata().getNamespace()));
        this.instances = byId(seen.instances());
        this.placements = byId(seen.placements());
        this.moving = seen.migrations().stream().map(ServiceScenes::vmOf).collect(Collectors.toSet());
        seen.services().forEach(this::claim);
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

    private void claim(ApplicationService service) {
        for (Application application : service.getSpec().applications()) {
            if (application.virtualMachines().selector() != null) {
                Claim claim = new Claim(
                        service.getMetadata().getUid(), service.getMetadata().getName(), application.name());
                for (VirtualMachine machine : matched(service, application)) {
                    claims.putIfAbsent(id(machine), claim);
                }
            }
        }
    }

    private List<VirtualMachine> matched(ApplicationService service, Application application) {
        Selector selector = SelectorReader.read(application.virtualMachines().selector());
        return byNamespace.getOrDefault(service.getMetadata().getNamespace(), List.of()).stream()
                .filter(machine ->
                        selector.matches(machine.getSpec().template().metadata().labels()))
                .sorted(Comparator.comparing(machine -> machine.getMetadata().getName()))
                .toList();
    }

    ServiceScene of(ApplicationService service) {
        String uid = service.getMetadata().getUid();
        Set<String> wanted = names(service);
        Map<String, SeenMachine> machines = new HashMap<>();
        for (VirtualMachine machine :
                byNamespace.getOrDefault(service.getMetadata().getNamespace(), List.of())) {
            String name = machine.getMetadata().getName();
            if (wanted.contains(name) || Mark.of(machine).isOf(uid)) {
                machines.put(name, see(machine, uid));
            }
        }
        Map<String, List<SeenMachine>> adopted = new HashMap<>();
        Map<String, String> elsewhere = new HashMap<>();
        for (Application application : service.getSpec().applications()) {
            if (application.virtualMachines().selector() != null) {
                adopted.put(application.name(), adopted(service, application, elsewhere));
            }
        }
        Long generation = service.getMetadata().getGeneration();
        return new ServiceScene(
                generation == null ? 0 : generation,
                service.getMetadata().getDeletionTimestamp() != null,
                annotation(service, ServiceLabels.RESTART),
                machines,
                adopted,
                elsewhere);
    }

    private List<SeenMachine> adopted(
            ApplicationService service, Application application, Map<String, String> elsewhere) {
        List<SeenMachine> found = new ArrayList<>();
        Claim own =
                new Claim(service.getMetadata().getUid(), service.getMetadata().getName(), application.name());
        for (VirtualMachine machine : matched(service, application)) {
            Claim claim = claims.getOrDefault(id(machine), own);
            if (!Mark.of(machine).isNone()) {
                elsewhere.put(machine.getMetadata().getName(), labelOf(machine, ServiceLabels.SERVICE));
            } else if (!claim.serviceUid().equals(own.serviceUid())) {
                elsewhere.put(machine.getMetadata().getName(), claim.service());
            } else if (claim.equals(own)) {
                found.add(see(machine, own.serviceUid()));
            }
        }
        return found;
    }

    private static Set<String> names(ApplicationService service) {
        Set<String> names = new HashSet<>();
        for (Application application : service.getSpec().applications()) {
            for (int ordinal = 0; ordinal < application.templated(); ordinal++) {
                names.add(application.name() + "-" + ordinal);
            }
        }
        return names;
    }

    private static String annotation(HasMetadata object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    private static String labelOf(HasMetadata object, String key) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(key, "");
    }

    private SeenMachine see(VirtualMachine machine, String serviceUid) {
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
                moving.contains(id(machine)),
                instance == null ? null : see(instance),
                served(placements.get(id(machine))));
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

    private static SeenMachine.Served served(@Nullable VirtualMachinePlacement placement) {
        if (placement == null || placement.getStatus() == null) {
            return SeenMachine.Served.UNKNOWN;
        }
        LastMove lastMove = placement.getStatus().previousNodes().stream()
                .findFirst()
                .map(ServiceScenes::lastMove)
                .orElse(null);
        return new SeenMachine.Served(
                placement.getStatus().demand(), placement.getStatus().score(), lastMove);
    }

    private static LastMove lastMove(PreviousNode attempt) {
        return new LastMove(attempt.node(), attempt.target(), attempt.time(), attempt.outcome());
    }
}
