package dev.drover.admission;

import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of those who wait may be decided on: those that belong to no gang, and gangs of which nobody is missing. For one situation. */
final class Gangs {
    /** By gang: the instances of its members that have a node already, or are promised one. */
    private final Map<String, Set<String>> seated = new HashMap<>();

    /** @param vms all that the situation shows */
    Gangs(List<Vm> vms) {
        for (Vm vm : vms) {
            if (vm.running() || vm.target() != null) {
                Membership.of(vm)
                        .ifPresent(membership -> seated.computeIfAbsent(membership.gang(), gang -> new HashSet<>())
                                .add(vm.instanceUid()));
            }
        }
    }

    /**
     * @param ready those to decide for, each list together or not at all
     * @param incomplete why others have to wait
     */
    record Roll(List<List<GatedPod>> ready, Map<GatedPod, String> incomplete) {}

    Roll call(Collection<GatedPod> waiting) {
        Roll roll = new Roll(new ArrayList<>(), new LinkedHashMap<>());
        Map<String, List<GatedPod>> gangs = new LinkedHashMap<>();
        for (GatedPod pod : waiting) {
            Optional<Membership> membership = pod.membership();
            if (membership.isPresent()) {
                gangs.computeIfAbsent(membership.get().gang(), gang -> new ArrayList<>())
                        .add(pod);
            } else {
                roll.ready().add(List.of(pod));
            }
        }
        gangs.forEach((gang, pods) -> call(roll, gang, pods));
        return roll;
    }

    private void call(Roll roll, String gang, List<GatedPod> pods) {
        Set<String> there = new HashSet<>(seated.getOrDefault(gang, Set.of()));
        pods.forEach(pod -> there.add(pod.instanceUid()));
        int size = pods.stream()
                .mapToInt(pod -> pod.membership().orElseThrow().size())
                .max()
                .orElse(0);
        if (there.size() >= size) {
            roll.ready().add(pods);
        } else {
            String missing = "Its gang (%s) starts together or not at all, and %d of %d are there."
                    .formatted(gang, there.size(), size);
            pods.forEach(pod -> roll.incomplete().put(pod, missing));
        }
    }
}
