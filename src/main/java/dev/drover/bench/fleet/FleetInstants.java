package dev.drover.bench.fleet;

import dev.drover.bench.fleet.Fleet.Member;
import dev.drover.plan.sequence.Leg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether two of a group are on one node while a fleet moves, with plain collections: one that moves is at both ends. */
final class FleetInstants {
    private record Place(int group, int node) {}

    private record Stay(int vm, double from, double to) {}

    private final Fleet fleet;
    private final Map<Place, List<Stay>> stays = new HashMap<>();

    private FleetInstants(Fleet fleet) {
        this.fleet = fleet;
    }

    /** @param moving for each move of the legs the member that moves */
    static List<String> breaches(Fleet fleet, int[] moving, List<Leg> legs) {
        FleetInstants instants = new FleetInstants(fleet);
        Map<Integer, List<Leg>> legsOf = new HashMap<>();
        legs.stream().sorted(Comparator.comparingDouble(Leg::start)).forEach(leg -> legsOf.computeIfAbsent(
                        moving[leg.move()], vm -> new ArrayList<>())
                .add(leg));
        for (int vm = 0; vm < fleet.members().size(); vm++) {
            if (fleet.members().get(vm).group() != Fleet.ALONE) {
                instants.stay(vm, legsOf.getOrDefault(vm, List.of()));
            }
        }
        return instants.meetings();
    }

    private void stay(int vm, List<Leg> legs) {
        Member member = fleet.members().get(vm);
        int node = member.node();
        double from = 0;
        for (Leg leg : legs) {
            add(vm, node, from, leg.end());
            node = leg.to();
            from = leg.start();
        }
        add(vm, node, from, Double.POSITIVE_INFINITY);
    }

    private void add(int vm, int node, double from, double to) {
        int group = fleet.members().get(vm).group();
        stays.computeIfAbsent(new Place(group, node), place -> new ArrayList<>())
                .add(new Stay(vm, from, to));
    }

    private List<String> meetings() {
        List<String> meetings = new ArrayList<>();
        stays.forEach((place, all) -> {
            all.sort(Comparator.comparingDouble(Stay::from));
            for (int i = 1; i < all.size(); i++) {
                if (all.get(i).from() < all.get(i - 1).to()) {
                    meetings.add("two of group " + place.group() + " are on node " + place.node() + " at "
                            + all.get(i).from() + " s");
                }
            }
        });
        meetings.sort(null);
        return meetings;
    }
}
