package dev.drover.oracle;

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

/** The best placement, proven by CP-SAT. What is in a space is written as constraints on the final state only. */
final class CpSatPlacement {
    private final SmallCase of;
    private final Space space;
    private final PlacementModel model;
    private final CpSat sat;

    private CpSatPlacement(SmallCase of, Space space) {
        this.of = of;
        this.space = space;
        model = new PlacementModel(of);
        sat = model.sat;
    }

    static Optimum optimum(SmallCase of, Space space) {
        return new CpSatPlacement(of, space).optimum();
    }

    private Optimum optimum() {
        LinearExprBuilder violations = LinearExpr.newBuilder().add(model.outlawed());
        Placed now = new Placed(of, of.rest());
        for (PlainRule rule : of.rules()) {
            LinearArgument breaches = model.breaches(rule);
            violations.add(breaches);
            if (space == Space.ANY_ORDER) {
                sat.atMost(breaches, now.breaches(rule));
                if (rule.continuous()) {
                    keep(rule);
                }
            }
        }
        IntStream.range(0, of.nodes()).forEach(this::limit);
        LinearExpr cost = cost();
        CpSat.Solution solution = sat.least(violations.build(), cost);
        return new Optimum(
                Math.toIntExact(solution.valueOf(violations.build())), solution.valueOf(cost), model.nodeOf(solution));
    }

    /** What is known to hold its node for the whole time beside what enters it. */
    private boolean staysHeld(int vm, int node) {
        return space == Space.ANY_ORDER && (of.source()[vm] == node || of.rest()[vm] == node);
    }

    /** A node that something enters has room. */
    private void limit(int node) {
        for (int resource = 0; resource < of.room()[node].length; resource++) {
            int column = resource;
            LinearExprBuilder held = LinearExpr.newBuilder();
            for (int vm = 0; vm < of.vms(); vm++) {
                long amount = of.request()[vm][resource];
                if (staysHeld(vm, node)) {
                    held.add(amount);
                } else {
                    model.choices(vm, other -> other == node).forEach(choice -> held.addTerm(choice, amount));
                }
            }
            Literal entered = model.entered(node, vm -> of.request()[vm][column] > 0);
            sat.atMost(held.build(), of.room()[node][resource], entered);
        }
    }

    private void keep(PlainRule rule) {
        switch (rule) {
            case Apart apart -> keep(apart);
            case Level level -> keep(level);
            case Together together -> keep(together);
            case AtMost atMost -> keep(atMost);
        }
    }

    /** Nobody enters a domain where another has a copy, and no two enter one. */
    private void keep(Apart rule) {
        int[] domain = rule.domainOf();
        for (int vm = 0; vm < of.vms(); vm++) {
            for (int other = 0; other < of.vms(); other++) {
                if (rule.forbids(vm, other)) {
                    for (int node = 0; node < of.nodes(); node++) {
                        keep(rule, vm, other, domain[node]);
                    }
                }
            }
        }
    }

    private void keep(Apart rule, int vm, int other, int entered) {
        int[] domain = rule.domainOf();
        if (entered < 0 || domain[of.rest()[vm]] == entered) {
            return;
        }
        List<Literal> entries = model.choices(vm, node -> domain[node] == entered);
        boolean isThere = domain[of.source()[other]] == entered || domain[of.rest()[other]] == entered;
        for (Literal entry : entries) {
            if (isThere) {
                sat.atMost(LinearExpr.term(entry, 1), 0);
            } else {
                model.choices(other, node -> domain[node] == entered).forEach(another -> sat.atMostOne(entry, another));
            }
        }
    }

    private void keep(Level rule) {
        int[] domains = rule.numbers();
        int[] counts =
                Arrays.stream(domains).map(domain -> possibleNow(rule, domain)).toArray();
        int difference = Arrays.stream(counts).max().orElse(0)
                - Arrays.stream(counts).min().orElse(0);
        int tolerated = Math.max(rule.most(), difference);
        Literal someLeave = sat.any(changes(rule, domain -> domain >= 0, domain -> true));
        for (int full : domains) {
            Literal someEnter = sat.any(changes(rule, domain -> true, domain -> domain == full));
            for (int empty : domains) {
                LinearExpr apart = CpSat.difference(possible(rule, full), certain(rule, empty), 0);
                sat.atMost(apart, rule.most(), someEnter);
                sat.atMost(apart, tolerated, someLeave);
            }
        }
    }

    private int possibleNow(PlainRule rule, int domain) {
        return (int)
                rule.members().stream().filter(vm -> hasCopy(rule, vm, domain)).count();
    }

    private boolean hasCopy(PlainRule rule, int vm, int domain) {
        return rule.domainOf()[of.source()[vm]] == domain || rule.domainOf()[of.rest()[vm]] == domain;
    }

    /** The choices that take a member from one of these domains to another one that is one of those. */
    private List<Literal> changes(PlainRule rule, IntPredicate from, IntPredicate to) {
        List<Literal> changes = new ArrayList<>();
        rule.members().stream().forEach(vm -> {
            int left = rule.domainOf()[of.rest()[vm]];
            if (from.test(left)) {
                changes.addAll(
                        model.choices(vm, node -> rule.domainOf()[node] != left && to.test(rule.domainOf()[node])));
            }
        });
        return changes;
    }

    /** How many members have or get a copy in a domain. */
    private LinearExpr possible(Level rule, int domain) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        rule.members().stream().forEach(vm -> {
            if (hasCopy(rule, vm, domain)) {
                sum.add(1);
            } else {
                model.choices(vm, node -> rule.domainOf()[node] == domain).forEach(sum::add);
            }
        });
        return sum.build();
    }

    /** How many members have all their copies in a domain. */
    private LinearExpr certain(Level rule, int domain) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        rule.members().stream()
                .filter(vm -> rule.domainOf()[of.source()[vm]] == domain && rule.domainOf()[of.rest()[vm]] == domain)
                .forEach(vm -> model.choices(vm, node -> rule.domainOf()[node] == domain)
                        .forEach(sum::add));
        return sum.build();
    }

    /** Of the domains where the most members are with all their copies there is one that nobody leaves; who is alone may leave. */
    private void keep(Together rule) {
        int[] domains = rule.numbers();
        int most = Arrays.stream(domains)
                .map(domain -> wholeNow(rule, domain))
                .max()
                .orElse(0);
        if (rule.members().cardinality() < 2 || most == 0) {
            return;
        }
        List<Literal> kept = new ArrayList<>();
        for (int domain : domains) {
            if (wholeNow(rule, domain) == most) {
                Literal home = sat.choice();
                kept.add(home);
                changes(rule, left -> left == domain, entered -> true)
                        .forEach(change -> sat.atMost(LinearExpr.term(change, 1), 0, home));
            }
        }
        sat.exactlyOne(kept);
    }

    private int wholeNow(PlainRule rule, int domain) {
        return (int) rule.members().stream()
                .filter(vm -> rule.domainOf()[of.source()[vm]] == domain && rule.domainOf()[of.rest()[vm]] == domain)
                .count();
    }

    /** A domain that some member moves into and that is limited has room for all copies; one that moves inside it counts twice. */
    private void keep(AtMost rule) {
        int[] domains = rule.numbers();
        for (int domain : domains) {
            LinearExprBuilder used = LinearExpr.newBuilder();
            List<Literal> entries = new ArrayList<>();
            rule.members().stream().forEach(vm -> {
                BitSet held = new BitSet();
                held.set(of.source()[vm]);
                held.set(of.rest()[vm]);
                used.add(rule.weight()[vm]
                        * held.stream()
                                .filter(node -> rule.domainOf()[node] == domain)
                                .count());
                model.choices(vm, node -> rule.domainOf()[node] == domain && !held.get(node))
                        .forEach(choice -> {
                            used.addTerm(choice, rule.weight()[vm]);
                            entries.add(choice);
                        });
            });
            sat.atMost(used.build(), rule.most()[domain], sat.any(entries), binds(rule, domain));
        }
    }

    /** Whether one of those for whose sake the domain is limited has a copy there or gets one. */
    private Literal binds(AtMost rule, int domain) {
        boolean isThere = rule.binding().stream().anyMatch(vm -> hasCopy(rule, vm, domain));
        return isThere ? sat.always() : sat.any(model.choices(rule.binding(), node -> rule.domainOf()[node] == domain));
    }

    private LinearExpr cost() {
        LinearExprBuilder cost = LinearExpr.newBuilder();
        for (int node = 0; node < of.nodes(); node++) {
            for (int kind = 0; kind < 2; kind++) {
                LinearExpr use = use(node, kind);
                long room = of.allocatable()[node][kind];
                long price = of.excessCost(kind);
                LinearExpr aboveTarget = LinearExpr.newBuilder()
                        .addTerm(use, 100)
                        .add(-SmallCase.TARGET[kind] * room)
                        .build();
                LinearExpr aboveRoom =
                        LinearExpr.newBuilder().add(use).add(-room).build();
                cost.addTerm(sat.above0(aboveTarget), price).addTerm(sat.above0(aboveRoom), 100 * price);
            }
        }
        for (int vm = 0; vm < of.vms(); vm++) {
            model.moves(vm).forEach(move -> cost.addTerm(move, of.moveCost()));
        }
        return cost.build();
    }

    private LinearExpr use(int node, int kind) {
        LinearExprBuilder use = LinearExpr.newBuilder().add(of.otherUse()[node][kind]);
        for (int vm = 0; vm < of.vms(); vm++) {
            long amount = of.demand()[vm][kind];
            model.choices(vm, other -> other == node).forEach(choice -> use.addTerm(choice, amount));
        }
        return use.build();
    }
}
