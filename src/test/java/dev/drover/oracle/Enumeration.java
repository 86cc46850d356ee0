package dev.drover.oracle;

import dev.drover.oracle.PlainRule.Apart;
import dev.drover.oracle.PlainRule.AtMost;
import dev.drover.oracle.PlainRule.Level;
import dev.drover.oracle.PlainRule.Together;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** The simplest oracle: looks at every placement, and says of each from first principles whether it is in the space. */
final class Enumeration {
    private final SmallCase of;
    private final Space space;
    private final Placed now;
    private final int[] nodeOf;
    private int violations = Integer.MAX_VALUE;
    private long cost = Long.MAX_VALUE;
    private int[] best = {};

    private Enumeration(SmallCase of, Space space) {
        this.of = of;
        this.space = space;
        now = new Placed(of, of.rest());
        nodeOf = of.rest().clone();
    }

    static Optimum optimum(SmallCase of, Space space) {
        Enumeration all = new Enumeration(of, space);
        all.place(0);
        return new Optimum(all.violations, all.cost, all.best);
    }

    /** Whether a placement is in the space. */
    static boolean contains(Placed placed, Space space) {
        return new Enumeration(placed.of(), space).isInSpace(placed);
    }

    private void place(int vm) {
        if (vm < of.vms()) {
            of.options().get(vm).stream().forEach(node -> {
                nodeOf[vm] = node;
                place(vm + 1);
            });
            return;
        }
        Placed placed = new Placed(of, nodeOf.clone());
        if (isInSpace(placed)) {
            int breaches = placed.violations();
            long price = placed.cost();
            if (breaches < violations || breaches == violations && price < cost) {
                violations = breaches;
                cost = price;
                best = placed.nodeOf();
            }
        }
    }

    private boolean isInSpace(Placed placed) {
        return moved(placed).allMatch(vm -> fits(placed, vm))
                && (space == Space.AT_LAST || of.rules().stream().allMatch(rule -> keeps(placed, rule)));
    }

    private IntStream moved(Placed placed) {
        return IntStream.range(0, of.vms()).filter(placed::isMoved);
    }

    /** Whether the node that a virtual machine moves to has room for all that is held there. */
    private boolean fits(Placed placed, int vm) {
        int node = placed.nodeOf()[vm];
        for (int resource = 0; resource < of.request()[vm].length; resource++) {
            long held = 0;
            for (int other = 0; other < of.vms(); other++) {
                held += holds(placed, other).get(node) ? of.request()[other][resource] : 0;
            }
            if (of.request()[vm][resource] > 0 && held > of.room()[node][resource]) {
                return false;
            }
        }
        return true;
    }

    /** The nodes on which a virtual machine has a copy at the instant that is judged. */
    private BitSet holds(Placed placed, int vm) {
        BitSet nodes = new BitSet();
        nodes.set(placed.nodeOf()[vm]);
        if (space == Space.ANY_ORDER) {
            nodes.set(of.source()[vm]);
            nodes.set(of.rest()[vm]);
        }
        return nodes;
    }

    private BitSet domains(Placed placed, PlainRule rule, int vm) {
        BitSet domains = new BitSet();
        holds(placed, vm).stream()
                .map(node -> rule.domainOf()[node])
                .filter(domain -> domain >= 0)
                .forEach(domains::set);
        return domains;
    }

    private boolean keeps(Placed placed, PlainRule rule) {
        boolean atLast = placed.breaches(rule) <= now.breaches(rule);
        return atLast && (!rule.continuous() || keepsAlways(placed, rule));
    }

    private boolean keepsAlways(Placed placed, PlainRule rule) {
        return switch (rule) {
            case Apart apart -> moved(placed).allMatch(vm -> meetsNobody(placed, apart, vm));
            case Level level -> staysLevel(placed, level);
            case Together together -> staysTogether(placed, together);
            case AtMost atMost ->
                moved(placed).filter(atMost.members()::get).allMatch(vm -> staysBelow(placed, atMost, vm));
        };
    }

    private boolean meetsNobody(Placed placed, Apart rule, int vm) {
        int entered = rule.domainOf()[placed.nodeOf()[vm]];
        boolean isNew = entered >= 0 && entered != rule.domainOf()[of.rest()[vm]];
        return !isNew
                || IntStream.range(0, of.vms())
                        .noneMatch(other -> rule.forbids(vm, other)
                                && domains(placed, rule, other).get(entered));
    }

    /** Any move may have ended, be under way or not have begun: the fullest domain has all copies, the emptiest only what is sure. */
    private boolean staysLevel(Placed placed, Level rule) {
        int[] domains = rule.numbers();
        int most = Arrays.stream(domains)
                .map(domain -> possible(placed, rule, domain))
                .max()
                .orElse(0);
        int least = Arrays.stream(domains)
                .map(domain -> certain(placed, rule, domain))
                .min()
                .orElse(0);
        int mostNow = Arrays.stream(domains)
                .map(domain -> possible(now, rule, domain))
                .max()
                .orElse(0);
        int leastNow = Arrays.stream(domains)
                .map(domain -> possible(now, rule, domain))
                .min()
                .orElse(0);
        int tolerated = Math.max(rule.most(), mostNow - leastNow);
        return moved(placed).filter(rule.members()::get).allMatch(vm -> {
            int left = rule.domainOf()[of.rest()[vm]];
            int entered = rule.domainOf()[placed.nodeOf()[vm]];
            return left == entered
                    || (entered < 0 || possible(placed, rule, entered) - least <= rule.most())
                            && (left < 0 || most - least <= tolerated);
        });
    }

    private int possible(Placed placed, Level rule, int domain) {
        return (int) rule.members().stream()
                .filter(vm -> domains(placed, rule, vm).get(domain))
                .count();
    }

    private int certain(Placed placed, Level rule, int domain) {
        return (int) rule.members().stream()
                .filter(vm -> holds(placed, vm).stream().allMatch(node -> rule.domainOf()[node] == domain))
                .count();
    }

    /** At no instant more members have a copy outside of the domain where most are than now; worst is when all moves are under way. */
    private boolean staysTogether(Placed placed, Together rule) {
        long running = rule.members().stream()
                .filter(vm -> !domains(now, rule, vm).isEmpty())
                .count();
        return running < 2 || together(placed, rule) >= together(now, rule);
    }

    /** The most members that have all their copies in one domain. */
    private int together(Placed placed, Together rule) {
        return Arrays.stream(rule.numbers())
                .map(domain -> (int) rule.members().stream()
                        .filter(vm -> {
                            BitSet domains = domains(placed, rule, vm);
                            return domains.cardinality() == 1 && domains.get(domain);
                        })
                        .count())
                .max()
                .orElse(0);
    }

    private boolean staysBelow(Placed placed, AtMost rule, int vm) {
        int entered = rule.domainOf()[placed.nodeOf()[vm]];
        if (entered < 0) {
            return true;
        }
        long used = rule.members().stream()
                .mapToLong(other -> rule.weight()[other]
                        * holds(placed, other).stream()
                                .filter(node -> rule.domainOf()[node] == entered)
                                .count())
                .sum();
        boolean binds = rule.binding().stream()
                .anyMatch(other -> domains(placed, rule, other).get(entered));
        return !binds || used <= rule.most()[entered];
    }
}
