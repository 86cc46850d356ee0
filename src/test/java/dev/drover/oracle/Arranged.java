package dev.drover.oracle;

import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Stranding;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** One arrangement of a problem of the search on flat arrays, judged term by term as the problem's documentation has it. */
record Arranged(Problem of, int[] nodeOf) {

    private IntStream vms() {
        return IntStream.range(0, of.vms());
    }

    private boolean isAway(int vm) {
        return nodeOf[vm] != of.home()[vm];
    }

    long cost() {
        long sum = 0;
        for (int node = 0; node < of.nodes(); node++) {
            for (int r = 0; r < of.resources(); r++) {
                sum += of.excessWeight()[r] * Math.max(0, use(node, r) - of.comfort()[node * of.resources() + r]);
            }
            for (Stranding stranding : of.strandings()) {
                long lack = stranding.ratio() * unused(node, stranding.plenty()) - unused(node, stranding.scarce());
                sum += stranding.weight() * Math.max(0, lack);
            }
        }
        return sum + travel();
    }

    private long travel() {
        int[] between = of.moveCosts().between();
        long sum = vms().filter(this::isAway)
                .mapToLong(vm -> of.moveCosts().ofVm()[vm]
                        + (between.length == 0 ? 0 : between[of.home()[vm] * of.nodes() + nodeOf[vm]]))
                .sum();
        long most = IntStream.range(0, of.groups().count())
                .mapToLong(group -> vms().filter(vm -> of.groups().of()[vm] == group && isAway(vm))
                        .count())
                .max()
                .orElse(0);
        return sum + of.moveCosts().ofGroups() * most;
    }

    private long use(int node, int r) {
        return vms().filter(vm -> nodeOf[vm] == node)
                .mapToLong(vm -> of.demand()[vm * of.resources() + r])
                .sum();
    }

    private long unused(int node, int r) {
        return of.capacity()[node * of.resources() + r] - use(node, r);
    }

    boolean keepsRules() {
        return IntStream.range(0, of.nodes()).allMatch(this::fits)
                && IntStream.range(0, of.groups().count()).allMatch(this::keepsGroup)
                && vms().allMatch(this::isInDomainOfItsSet);
    }

    /** A node that something entered has room for what is there and what is still held there. */
    private boolean fits(int node) {
        boolean isEntered = vms().anyMatch(vm -> nodeOf[vm] == node && isAway(vm));
        return !isEntered
                || IntStream.range(0, of.resources()).allMatch(r -> {
                    long held = vms().filter(vm -> nodeOf[vm] == node || of.heldAtBoth()[r] && of.home()[vm] == node)
                            .mapToLong(vm -> of.demand()[vm * of.resources() + r])
                            .sum();
                    return held <= of.capacity()[node * of.resources() + r];
                });
    }

    private boolean keepsGroup(int group) {
        int members = (int) vms().filter(vm -> of.groups().of()[vm] == group).count();
        Set<Integer> zones = places(group, of.topology().zoneOf());
        return places(group, IntStream.range(0, of.nodes()).toArray()).size() == members
                && places(group, of.topology().domainOf()).size() >= of.groups().minDomains()[group]
                && IntStream.of(of.groups().needs()[group])
                        .allMatch(
                                needed -> places(needed, of.topology().zoneOf()).containsAll(zones));
    }

    private Set<Integer> places(int group, int[] placeOf) {
        Set<Integer> places = new HashSet<>();
        vms().filter(vm -> of.groups().of()[vm] == group).forEach(vm -> places.add(placeOf[nodeOf[vm]]));
        return places;
    }

    private boolean isInDomainOfItsSet(int vm) {
        int[] setOf = of.sameDomain().of();
        if (setOf.length == 0 || setOf[vm] < 0) {
            return true;
        }
        int[] domains = of.sameDomain().domainOf()[setOf[vm]];
        return domains[nodeOf[vm]] == domains[of.home()[vm]];
    }
}
