package dev.drover.plan;

import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether moves make sense as a list: each from where its virtual machine is by then, and after moves that come before it. */
final class PlanShape {
    private PlanShape() {}

    /** @return sentences for a person; none when they do */
    static List<String> faults(Cluster cluster, List<Move> moves) {
        List<String> faults = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Map<VmId, String> place = new HashMap<>();
        Map<VmId, String> lastMove = new HashMap<>();
        cluster.vms().stream().filter(Vm::running).forEach(vm -> place.put(vm.id(), String.valueOf(vm.node())));
        for (Move move : moves) {
            if (!move.from().equals(place.get(move.vm()))) {
                faults.add("Move " + move.id() + " takes " + move.vm() + " from (" + move.from() + "), but it is on ("
                        + place.get(move.vm()) + ").");
            }
            if (!known.containsAll(move.after())) {
                faults.add("Move " + move.id() + " follows " + move.after() + ", not all of which come before it.");
            }
            String earlier = lastMove.put(move.vm(), move.id());
            if (earlier != null && !move.after().contains(earlier)) {
                faults.add("Move " + move.id() + " does not follow " + earlier + " of the same virtual machine.");
            }
            if (!known.add(move.id())) {
                faults.add("The id " + move.id() + " is used twice.");
            }
            place.put(move.vm(), move.to());
        }
        return faults;
    }
}
