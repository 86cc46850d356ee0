package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.api.v1alpha1.VirtualMachineProfileStatus;
import dev.drover.api.v1alpha1.VirtualMachineTarget;
import dev.drover.model.Vm;
import dev.drover.observe.SelectorReader;
import dev.drover.observe.Snapshot;
import dev.drover.status.ConditionType;
import dev.drover.status.Conditions;
import dev.drover.status.ObjectReason;
import dev.drover.status.Reason;
import dev.drover.status.RuleReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the status of each profile says. A pure function of the view. */
final class ProfileReports {

    private ProfileReports() {}

    /** By uid of the custom resource. */
    static Map<String, VirtualMachineProfileStatus> statuses(View view) {
        Map<String, VirtualMachineProfileStatus> result = new HashMap<>();
        for (VirtualMachineProfile profile : view.snapshot().profiles()) {
            result.put(profile.getMetadata().getUid(), status(view, profile));
        }
        return result;
    }

    private static VirtualMachineProfileStatus status(View view, VirtualMachineProfile profile) {
        Snapshot snapshot = view.snapshot();
        String uid = profile.getMetadata().getUid();
        List<Vm> selected = snapshot.cluster().vms().stream()
                .filter(vm -> vm.id().namespace().equals(profile.getMetadata().getNamespace()))
                .filter(vm -> selects(profile.getSpec().virtualMachines(), vm))
                .toList();
        List<Vm> taken = selected.stream()
                .filter(vm -> !uid.equals(describedBy(snapshot, vm)))
                .toList();
        long generation = Objects.requireNonNullElse(profile.getMetadata().getGeneration(), 0L);
        List<Condition> previous =
                profile.getStatus() == null ? List.of() : profile.getStatus().conditions();
        Conditions conditions = new Conditions(previous, generation, view.now());
        conditions.set(
                ConditionType.ACCEPTED,
                true,
                selected.isEmpty() ? RuleReason.SELECTOR_MATCHES_NOTHING : RuleReason.ACCEPTED,
                selected.isEmpty()
                        ? RuleReason.SELECTOR_MATCHES_NOTHING.meaning() + " "
                                + RuleReason.SELECTOR_MATCHES_NOTHING.remedy()
                        : "");
        String conflict = taken.isEmpty()
                ? ""
                : "The virtual machine (%s), and %d in all, are described by another profile already. %s"
                        .formatted(taken.getFirst().id(), taken.size(), RuleReason.OLDER_PROFILE_WINS.remedy());
        Reason standing = taken.isEmpty() ? RuleReason.NO_CONFLICT : RuleReason.OLDER_PROFILE_WINS;
        conditions.set(ConditionType.CONFLICTING, !taken.isEmpty(), standing, conflict);
        conditions.set(
                ConditionType.READY,
                taken.isEmpty(),
                taken.isEmpty() ? ObjectReason.RECONCILED : RuleReason.OLDER_PROFILE_WINS,
                conflict);
        return new VirtualMachineProfileStatus(conditions.toList(), generation, selected.size() - taken.size());
    }

    private static String describedBy(Snapshot snapshot, Vm vm) {
        VirtualMachineProfile profile = snapshot.profileOf().get(vm.id());
        return profile == null ? "" : profile.getMetadata().getUid();
    }

    private static boolean selects(VirtualMachineTarget target, Vm vm) {
        return target.name() != null
                ? target.name().equals(vm.id().name())
                : SelectorReader.read(target.selector()).matches(vm.labels());
    }
}
