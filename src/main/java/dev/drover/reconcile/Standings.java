package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Automation;
import dev.drover.api.v1alpha1.Management;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.Relocation;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.api.v1alpha1.VirtualMachineProfileSpec;
import dev.drover.model.Migration;
import dev.drover.model.Pod;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.ServiceMembers;
import dev.drover.observe.Snapshot;
import dev.drover.plan.History;
import dev.drover.plan.Policy;
import dev.drover.status.GateReason;
import dev.drover.status.MachineReason;
import dev.drover.status.ServiceReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what may be done with each virtual machine of one policy now (P1, P3, P6, P7). A pure function of the snapshot. */
final class Standings {
    private final Snapshot snapshot;
    private final Histories histories;
    private final Policy policy;
    private final boolean windowOpen;
    private final Instant now;
    private final Set<VmId> moving;
    private final Map<String, List<Pod>> launchers;

    Standings(Snapshot snapshot, Histories histories, Policy policy, PlacementPolicy resource) {
        this(
                snapshot,
                histories,
                policy,
                Windows.open(
                        resource.getSpec().budget().windows(),
                        snapshot.cluster().takenAt()));
    }

    /** For what no window binds. */
    static Standings inAnyWindow(Snapshot snapshot, Histories histories, Policy policy) {
        return new Standings(snapshot, histories, policy, true);
    }

    private Standings(Snapshot snapshot, Histories histories, Policy policy, boolean windowOpen) {
        this.snapshot = snapshot;
        this.histories = histories;
        this.policy = policy;
        this.now = snapshot.cluster().takenAt();
        this.windowOpen = windowOpen;
        this.moving = snapshot.cluster().migrations().stream()
                .filter(Migration::inFlight)
                .map(Migration::vm)
                .collect(Collectors.toSet());
        this.launchers = snapshot.cluster().pods().stream()
                .filter(pod -> pod.isLauncher() && pod.node() != null)
                .collect(Collectors.groupingBy(Pod::instanceUid));
    }

    Standing of(Vm vm) {
        VirtualMachineProfile profile = snapshot.profileOf().get(vm.id());
        VirtualMachineProfileSpec spec = profile == null ? null : profile.getSpec();
        boolean byApproval = spec != null && spec.automation() == Automation.RECOMMEND;
        Standing unsettled = unsettled(vm, byApproval);
        if (unsettled != null) {
            return unsettled;
        }
        if (spec != null && spec.automation() == Automation.OFF) {
            return Standing.fixed(
                    false,
                    MachineReason.AUTOMATION_OFF,
                    "The profile (%s) has automation Off.".formatted(name(profile)));
        }
        if (spec != null && spec.relocation() == Relocation.NEVER) {
            return Standing.fixed(
                    byApproval,
                    MachineReason.RELOCATION_NEVER,
                    "The profile (%s) has relocation Never.".formatted(name(profile)));
        }
        Standing ofService = ofService(vm, byApproval);
        if (ofService != null) {
            return ofService;
        }
        if (!vm.migratability().live()) {
            return Standing.fixed(
                    byApproval,
                    MachineReason.NOT_LIVE_MIGRATABLE,
                    "KubeVirt says that it cannot move live (%s)."
                            .formatted(vm.migratability().reason()));
        }
        return resting(vm, spec, byApproval);
    }

    /** Null when it belongs to no service, or that lets it go. */
    private @Nullable Standing ofService(Vm vm, boolean byApproval) {
        ServiceMembers.Member member = snapshot.members().of(vm);
        if (member == null) {
            return null;
        }
        String service = member.service().getMetadata().getName();
        if (member.service().getSpec().management() == Management.PAUSED) {
            return Standing.fixed(
                    byApproval,
                    ServiceReason.SERVICE_PAUSED,
                    "Its ApplicationService (%s) is paused.".formatted(service));
        }
        return member.application().relocation() == Relocation.NEVER
                ? Standing.fixed(
                        byApproval,
                        MachineReason.RELOCATION_NEVER,
                        "The application (%s) of its ApplicationService (%s) has relocation Never."
                                .formatted(member.application().name(), service))
                : null;
    }

    /** What is under way with it has to end first; null when nothing is. */
    private @Nullable Standing unsettled(Vm vm, boolean byApproval) {
        if (!vm.running()) {
            return Standing.fixed(byApproval, MachineReason.STARTING, "It is being started.");
        }
        if (moving.contains(vm.id()) || vm.target() != null) {
            return Standing.fixed(byApproval, MachineReason.MIGRATING, "It is being migrated.");
        }
        String notKept = histories.whyNotKept(vm);
        if (!notKept.isEmpty()) {
            return Standing.fixed(
                    byApproval,
                    MachineReason.HISTORY_NOT_KEPT,
                    MachineReason.HISTORY_NOT_KEPT.meaning() + " The API server says: " + notKept);
        }
        return leftBehind(vm)
                .map(pod -> Standing.fixed(
                        byApproval,
                        MachineReason.POD_LEFT_BEHIND,
                        "Its pod (%s) on the node (%s) has not ended. If that node is dead, fence it."
                                .formatted(pod.name(), pod.node())))
                .orElse(null);
    }

    /** KubeVirt creates no target pod as long as another one is left of an earlier migration. */
    private Optional<Pod> leftBehind(Vm vm) {
        return launchers.getOrDefault(vm.instanceUid(), List.of()).stream()
                .filter(pod -> !Objects.equals(pod.node(), vm.node()))
                .findFirst();
    }

    private Standing resting(Vm vm, @Nullable VirtualMachineProfileSpec spec, boolean byApproval) {
        History history = histories.of(vm);
        int limit = policy.movesPerDay();
        if (spec != null && spec.maxMigrationsPerDay() != null) {
            limit = Math.min(limit, spec.maxMigrationsPerDay());
        }
        if (snapshot.kubeVirt().updating()) {
            return Standing.rests(
                    byApproval,
                    GateReason.KUBE_VIRT_UPDATING,
                    "KubeVirt is being updated; only constraints are repaired.");
        }
        if (!windowOpen) {
            return Standing.rests(
                    byApproval,
                    GateReason.OUTSIDE_WINDOW,
                    "No window of the policy (%s) is open.".formatted(policy.name()));
        }
        if (history.cooling(now)) {
            return Standing.rests(
                    byApproval, MachineReason.COOLDOWN, "It rests until %s.".formatted(history.cooldownUntil()));
        }
        if (history.movesLastDay(now) >= limit) {
            return Standing.rests(
                    byApproval,
                    MachineReason.DAILY_LIMIT,
                    "It was moved %d times in 24 hours, and at most %d are allowed."
                            .formatted(history.movesLastDay(now), limit));
        }
        return Standing.free(byApproval);
    }

    private static String name(@Nullable VirtualMachineProfile profile) {
        return profile == null ? "" : profile.getMetadata().getName();
    }
}
