package dev.drover.oracle;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import dev.drover.oracle.PlainRule.Apart;
import dev.drover.oracle.PlainRule.AtMost;
import dev.drover.oracle.PlainRule.Level;
import dev.drover.oracle.PlainRule.Together;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Where each virtual machine is once nothing moves, as choices of a CP-SAT model, and how much the rules are broken then. */
final class PlacementModel {
    final CpSat sat = new CpSat();
    private final SmallCase of;
    /** By virtual machine and node; null where it may not be. */
    private final Literal[][] on;

    PlacementModel(SmallCase of) {
        this.of = of;
        on = new Literal[of.vms()][of.nodes()];
        for (int vm = 0; vm < of.vms(); vm++) {
            List<Literal> choices = new ArrayList<>();
            for (int node : of.options().get(vm).stream().toArray()) {
                on[vm][node] = sat.choice();
                choices.add(on[vm][node]);
            }
            sat.exactlyOne(choices);
        }
    }

    /** Those of the choices that put one of {@code vms} on one of these nodes. */
    List<Literal> choices(BitSet vms, IntPredicate nodes) {
        return vms.stream().boxed().flatMap(vm -> choices(vm, nodes).stream()).toList();
    }

    List<Literal> choices(int vm, IntPredicate nodes) {
        return IntStream.range(0, of.nodes())
                .filter(node -> on[vm][node] != null && nodes.test(node))
                .mapToObj(node -> on[vm][node])
                .toList();
    }

    /** Those of the choices that move it. */
    List<Literal> moves(int vm) {
        return choices(vm, node -> node != of.rest()[vm]);
    }

    BitSet everybody() {
        BitSet all = new BitSet();
        all.set(0, of.vms());
        return all;
    }

    private LinearExprBuilder count(PlainRule rule, BitSet vms, int domain) {
        return CpSat.sum(choices(vms, node -> rule.domainOf()[node] == domain));
    }

    /** How many rest where a rule about single nodes does not want them. */
    LinearArgument outlawed() {
        List<Literal> staying = of.outlawed().stream()
                .boxed()
                .flatMap(vm -> choices(vm, node -> node == of.rest()[vm]).stream())
                .toList();
        return CpSat.sum(staying).build();
    }

    /** See {@link Placed#breaches}. */
    LinearArgument breaches(PlainRule rule) {
        int[] domains = rule.numbers();
        if (domains.length == 0) {
            return LinearExpr.constant(0);
        }
        return switch (rule) {
            case Apart apart -> tooMany(apart, domains);
            case Level level -> above(level, domains);
            case Together together -> outside(together, domains);
            case AtMost atMost -> overweight(atMost, domains);
        };
    }

    private List<LinearExpr> counts(PlainRule rule, BitSet vms, int[] domains) {
        return Arrays.stream(domains)
                .mapToObj(domain -> count(rule, vms, domain).build())
                .toList();
    }

    /**
     * In peace are only those of one side, only those of the other, or one who is of both. Which of the three it is, is chosen for each
     * domain; at least as many are too many as the choice says, and the least is asked for.
     */
    private LinearArgument tooMany(Apart rule, int[] domains) {
        BitSet both = (BitSet) rule.ones().clone();
        both.and(rule.others());
        BitSet left = (BitSet) rule.ones().clone();
        left.andNot(both);
        BitSet right = (BitSet) rule.others().clone();
        right.andNot(both);
        List<LinearArgument> tooMany = new ArrayList<>();
        for (int domain : domains) {
            List<Literal> ofBoth = choices(both, node -> rule.domainOf()[node] == domain);
            Literal onlyLeft = sat.choice();
            Literal onlyRight = sat.choice();
            Literal one = sat.choice();
            sat.exactlyOne(List.of(onlyLeft, onlyRight, one));
            choices(left, node -> rule.domainOf()[node] == domain)
                    .forEach(choice -> tooMany.add(sat.unless(onlyLeft, choice)));
            choices(right, node -> rule.domainOf()[node] == domain)
                    .forEach(choice -> tooMany.add(sat.unless(onlyRight, choice)));
            tooMany.add(sat.above0(CpSat.sum(ofBoth).add(-1).build()));
            tooMany.add(sat.unless(one, sat.any(ofBoth)));
        }
        return CpSat.sum(tooMany).build();
    }

    /** The members outside of the domains that are chosen for them. */
    private LinearArgument outside(Together rule, int[] domains) {
        List<Literal> chosen = new ArrayList<>();
        List<Literal> outside = new ArrayList<>();
        for (int domain : domains) {
            Literal open = sat.choice();
            chosen.add(open);
            choices(rule.members(), node -> rule.domainOf()[node] == domain)
                    .forEach(choice -> outside.add(sat.unless(open, choice)));
        }
        sat.atMost(CpSat.sum(chosen).build(), rule.most());
        return CpSat.sum(outside).build();
    }

    private LinearArgument above(Level rule, int[] domains) {
        List<LinearExpr> counts = counts(rule, rule.members(), domains);
        IntVar least = sat.least(counts);
        return CpSat.sum(counts.stream()
                        .map(count -> sat.above0(CpSat.difference(count, least, rule.most())))
                        .toList())
                .build();
    }

    private LinearArgument overweight(AtMost rule, int[] domains) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        long unit = rule.leastWeight();
        for (int domain : domains) {
            LinearExpr used = used(rule, domain).build();
            if (unit < Long.MAX_VALUE) {
                LinearExpr rounded = LinearExpr.newBuilder()
                        .add(used)
                        .add(unit - 1 - rule.most()[domain])
                        .build();
                sum.add(sat.when(
                        sat.any(choices(rule.binding(), node -> rule.domainOf()[node] == domain)),
                        sat.above0(sat.quotient(rounded, unit))));
            }
        }
        return sum.build();
    }

    /** Whether one of these, of those that rest elsewhere, comes to the node. */
    Literal entered(int node, IntPredicate vms) {
        return sat.any(choices(only(vm -> of.rest()[vm] != node && vms.test(vm)), other -> other == node));
    }

    private BitSet only(IntPredicate vms) {
        BitSet some = new BitSet();
        IntStream.range(0, of.vms()).filter(vms).forEach(some::set);
        return some;
    }

    /** A node that something enters has room at last. */
    void limitToRoom() {
        for (int node = 0; node < of.nodes(); node++) {
            int here = node;
            for (int resource = 0; resource < of.room()[node].length; resource++) {
                int column = resource;
                LinearExprBuilder held = LinearExpr.newBuilder();
                everybody().stream().forEach(vm -> choices(vm, other -> other == here)
                        .forEach(choice -> held.addTerm(choice, of.request()[vm][column])));
                Literal entered = entered(node, vm -> of.request()[vm][column] > 0);
                sat.atMost(held.build(), of.room()[node][resource], entered);
            }
        }
    }

    LinearExprBuilder used(AtMost rule, int domain) {
        LinearExprBuilder used = LinearExpr.newBuilder();
        rule.members().stream().forEach(vm -> choices(vm, node -> rule.domainOf()[node] == domain)
                .forEach(choice -> used.addTerm(choice, rule.weight()[vm])));
        return used;
    }

    int[] nodeOf(CpSat.Solution solution) {
        return IntStream.range(0, of.vms())
                .map(vm -> IntStream.range(0, of.nodes())
                        .filter(node -> on[vm][node] != null && solution.valueOf(on[vm][node]) == 1)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }
}
