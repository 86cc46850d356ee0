package dev.drover.constraint;

import dev.drover.model.Selector;
import dev.drover.model.Vm;
import java.util.Map;
import java.util.Set;

/**
 * The virtual machines that a constraint is about: by the labels of the instance, in some namespaces.
 *
 * @param namespaces names, united with what {@code namespaceSelector} selects
 * @param namespaceSelector {@link Selector#EVERYTHING} for all namespaces, {@link Selector#NOTHING} for the named ones only
 */
public record Selection(Selector virtualMachines, Set<String> namespaces, Selector namespaceSelector) {
    public Selection {
        namespaces = Set.copyOf(namespaces);
    }

    public static Selection inNamespace(String namespace, Selector virtualMachines) {
        return new Selection(virtualMachines, Set.of(namespace), Selector.NOTHING);
    }

    public boolean selects(Vm vm, Map<String, Map<String, String>> namespaceLabels) {
        return selects(vm.id().namespace(), vm.labels(), namespaceLabels);
    }

    public boolean selects(
            String namespace, Map<String, String> labels, Map<String, Map<String, String>> namespaceLabels) {
        boolean inNamespace = namespaces.contains(namespace)
                || namespaceSelector.matches(namespaceLabels.getOrDefault(namespace, Map.of()));
        return inNamespace && virtualMachines.matches(labels);
    }
}
