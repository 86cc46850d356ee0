package dev.drover.observe;

import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.api.v1alpha1.VirtualMachineTarget;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which profile describes which virtual machine: a name beats a selector, of two of a kind the older wins. */
final class Profiles {

    private record Described(VirtualMachineProfile profile, @Nullable String name, Selector selector) {}

    private final Map<String, List<Described>> byNamespace = new HashMap<>();

    /** @param profiles oldest first */
    Profiles(List<VirtualMachineProfile> profiles, List<Fault> faults) {
        for (VirtualMachineProfile profile : profiles) {
            VirtualMachineTarget target = profile.getSpec().virtualMachines();
            try {
                byNamespace
                        .computeIfAbsent(profile.getMetadata().getNamespace(), namespace -> new ArrayList<>())
                        .add(new Described(profile, target.name(), SelectorReader.read(target.selector())));
            } catch (IllegalArgumentException malformed) {
                faults.add(new Fault(
                        "VirtualMachineProfile",
                        profile.getMetadata().getNamespace(),
                        profile.getMetadata().getName(),
                        malformed.getMessage()));
            }
        }
    }

    @Nullable
    VirtualMachineProfile of(Vm vm) {
        VirtualMachineProfile selected = null;
        for (Described described : byNamespace.getOrDefault(vm.id().namespace(), List.of())) {
            if (vm.id().name().equals(described.name())) {
                return described.profile();
            }
            boolean matches = described.name() == null && described.selector().matches(vm.labels());
            if (selected == null && matches) {
                selected = described.profile();
            }
        }
        return selected;
    }
}
