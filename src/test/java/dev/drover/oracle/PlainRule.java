package dev.drover.oracle;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A rule about virtual machines in domains of nodes, in numbers. In {@code domainOf} a node that is in no domain has -1, and what is on
 * it does not count. How much a rule is broken is how many virtual machines would have to leave their domain for it to hold.
 */
sealed interface PlainRule {
    int[] domainOf();

    /** Whom the rule is about. */
    BitSet members();

    /** Whether it binds at each instant; else only once nothing moves. */
    boolean continuous();

    /** The numbers of the domains that there are. */
    default int[] numbers() {
        return Arrays.stream(domainOf())
                .filter(domain -> domain >= 0)
                .distinct()
                .toArray();
    }

    default int domains() {
        int most = 0;
        for (int domain : domainOf()) {
            most = Math.max(most, domain + 1);
        }
        return most;
    }

    /** No one of {@code ones} meets another one of {@code others} in a domain. */
    record Apart(int[] domainOf, BitSet ones, BitSet others, boolean continuous) implements PlainRule {
        @Override
        public BitSet members() {
            BitSet all = (BitSet) ones.clone();
            all.or(others);
            return all;
        }

        boolean forbids(int vm, int other) {
            return vm != other && (ones.get(vm) && others.get(other) || others.get(vm) && ones.get(other));
        }
    }

    /** The numbers of members in any two domains differ by at most {@code most}. */
    record Level(int[] domainOf, BitSet members, int most, boolean continuous) implements PlainRule {}

    /** The members that are in some domain are in {@code most} of them at the most; where it binds at each instant, in one. */
    record Together(int[] domainOf, BitSet members, int most, boolean continuous) implements PlainRule {}

    /**
     * In each domain with one of {@code binding} the weights of the members add up to {@code most} of the domain or less; what is too much
     * counts in units of the least weight.
     */
    record AtMost(int[] domainOf, BitSet members, BitSet binding, long[] weight, long[] most, boolean continuous)
            implements PlainRule {
        long leastWeight() {
            return members.stream()
                    .mapToLong(vm -> weight[vm])
                    .filter(amount -> amount > 0)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
    }
}
