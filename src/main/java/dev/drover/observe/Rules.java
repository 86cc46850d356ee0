package dev.drover.observe;

import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Selection;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The constraints that could be read, oldest first, and why the others could not. */
record Rules(List<Constraint> constraints, Map<ConstraintId, String> rejected) {

    static Rules read(Written written) {
        List<Constraint> read = new ArrayList<>();
        Map<ConstraintId, String> rejected = new HashMap<>();
        for (PlacementConstraint resource : written.constraints()) {
            try {
                read.add(ConstraintReader.read(resource));
            } catch (IllegalArgumentException unreadable) {
                rejected.put(ConstraintReader.id(resource), unreadable.getMessage());
            }
        }
        for (ClusterPlacementConstraint resource : written.clusterConstraints()) {
            try {
                read.add(ConstraintReader.read(resource));
            } catch (IllegalArgumentException unreadable) {
                rejected.put(ConstraintReader.id(resource), unreadable.getMessage());
            }
        }
        for (PlacementConstraint inline : InlineRules.of(written.services())) {
            ConstraintId id = InlineRules.id(inline);
            try {
                read.add(ConstraintReader.read(id, ConstraintReader.created(inline.getMetadata()), inline.getSpec()));
            } catch (IllegalArgumentException unreadable) {
                rejected.put(id, unreadable.getMessage());
            }
        }
        read.sort(Comparator.comparing(Constraint::created).thenComparing(Constraint::id));
        return new Rules(read, rejected);
    }

    /** The constraints that match the labels of VirtualMachine objects only, which never reach the instances. */
    Map<ConstraintId, String> labelsNotOnTemplate(
            List<Vm> vms, List<VirtualMachine> machines, Map<String, Map<String, String>> namespaces) {
        Map<ConstraintId, String> found = new HashMap<>();
        for (Constraint constraint : constraints) {
            Selection selection = constraint.selection();
            if (vms.stream().anyMatch(vm -> selection.selects(vm, namespaces))) {
                continue;
            }
            machines.stream()
                    .filter(machine -> onlyByOwnLabels(machine, selection, namespaces))
                    .map(machine -> machine.getMetadata().getNamespace() + "/"
                            + machine.getMetadata().getName())
                    .min(Comparator.naturalOrder())
                    .ifPresent(machine -> found.put(constraint.id(), message(machine)));
        }
        return found;
    }

    private static boolean onlyByOwnLabels(
            VirtualMachine machine, Selection selection, Map<String, Map<String, String>> namespaces) {
        String namespace = machine.getMetadata().getNamespace();
        Map<String, String> own = machine.getMetadata().getLabels();
        return own != null
                && selection.selects(namespace, own, namespaces)
                && !selection.selects(
                        namespace, machine.getSpec().template().metadata().labels(), namespaces);
    }

    private static String message(String machine) {
        return "The selector matches labels in metadata.labels of the VirtualMachine (" + machine
                + "), which never reach the running instance. Put them in spec.template.metadata.labels, and restart the virtual machine.";
    }
}
