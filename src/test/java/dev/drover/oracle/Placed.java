package dev.drover.oracle;

import dev.drover.oracle.PlainRule.Apart;
import dev.drover.oracle.PlainRule.AtMost;
import dev.drover.oracle.PlainRule.Level;
import dev.drover.oracle.PlainRule.Together;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * One placement of a small case, judged term by term from nothing but the placement.
 *
 * @param nodeOf for each virtual machine the node where it will be
 */
record Placed(SmallCase of, int[] nodeOf) {

    boolean isMoved(int vm) {
        return nodeOf[vm] != of.rest()[vm];
    }

    int moves() {
        return (int) vms().filter(this::isMoved).count();
    }

    private IntStream vms() {
        return IntStream.range(0, of.vms());
    }

    /** By how much all rules together are broken once nothing moves. */
    int violations() {
        int outlawed = (int) of.outlawed().stream().filter(vm -> !isMoved(vm)).count();
        return outlawed + of.rules().stream().mapToInt(this::breaches).sum();
    }

    int breaches(PlainRule rule) {
        return switch (rule) {
            case Apart apart ->
                IntStream.range(0, rule.domains())
                        .map(domain -> tooMany(apart, domain))
                        .sum();
            case Level level -> {
                int least = domainsIn(level)
                        .map(domain -> count(level.members(), level, domain))
                        .min()
                        .orElse(0);
                yield domainsIn(level)
                        .map(domain -> Math.max(0, count(level.members(), level, domain) - least - level.most()))
                        .sum();
            }
            case Together together -> {
                int[] counts = domainsIn(together)
                        .map(domain -> count(together.members(), together, domain))
                        .toArray();
                int kept = Arrays.stream(counts)
                        .map(count -> -count)
                        .sorted()
                        .limit(together.most())
                        .sum();
                yield Arrays.stream(counts).sum() + kept;
            }
            case AtMost atMost ->
                domainsIn(atMost)
                        .filter(domain -> count(atMost.binding(), atMost, domain) > 0)
                        .mapToLong(domain ->
                                Math.ceilDiv(used(atMost, domain) - atMost.most()[domain], atMost.leastWeight()))
                        .filter(units -> units > 0)
                        .mapToInt(Math::toIntExact)
                        .sum();
        };
    }

    /** All but the largest number that could share the domain in peace. */
    private int tooMany(Apart rule, int domain) {
        int[] here = vms().filter(vm -> rule.domainOf()[nodeOf[vm]] == domain).toArray();
        int most = 0;
        for (int set = 0; set < 1 << here.length; set++) {
            int chosen = set;
            int[] kept = IntStream.range(0, here.length)
                    .filter(i -> (chosen & 1 << i) != 0)
                    .map(i -> here[i])
                    .toArray();
            if (Arrays.stream(kept).noneMatch(vm -> Arrays.stream(kept).anyMatch(other -> rule.forbids(vm, other)))) {
                most = Math.max(most, (int)
                        Arrays.stream(kept).filter(rule.members()::get).count());
            }
        }
        return (int) Arrays.stream(here).filter(rule.members()::get).count() - most;
    }

    private static IntStream domainsIn(PlainRule rule) {
        return Arrays.stream(rule.numbers());
    }

    private int count(BitSet members, PlainRule rule, int domain) {
        return (int) members.stream()
                .filter(vm -> rule.domainOf()[nodeOf[vm]] == domain)
                .count();
    }

    private long used(AtMost rule, int domain) {
        return rule.members().stream()
                .filter(vm -> rule.domainOf()[nodeOf[vm]] == domain)
                .mapToLong(vm -> rule.weight()[vm])
                .sum();
    }

    /** Contention and moves together, in the unit of {@link SmallCase#excessCost}. */
    long cost() {
        return contentionCost() + moves() * of.moveCost();
    }

    /** In units of an average node, as {@link dev.drover.placement.Score} has it. */
    double contention() {
        return contentionCost() / (double) of.averageNode();
    }

    private long contentionCost() {
        long sum = 0;
        for (int node = 0; node < of.nodes(); node++) {
            for (int kind = 0; kind < 2; kind++) {
                long use = of.otherUse()[node][kind];
                for (int vm = 0; vm < of.vms(); vm++) {
                    use += nodeOf[vm] == node ? of.demand()[vm][kind] : 0;
                }
                long room = of.allocatable()[node][kind];
                long excess = Math.max(0, 100 * use - SmallCase.TARGET[kind] * room) + 100 * Math.max(0, use - room);
                sum += excess * of.excessCost(kind);
            }
        }
        return sum;
    }
}
