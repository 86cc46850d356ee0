package dev.drover.oracle;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import dev.drover.placement.search.Problem;
import dev.drover.placement.search.Problem.Stranding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The least cost of a problem of the search on flat arrays, proven by CP-SAT. Every virtual machine is on a node. */
final class ProblemModel {
    private final CpSat sat = new CpSat();
    private final Problem of;
    private final Literal[][] on;

    private ProblemModel(Problem of) {
        this.of = of;
        on = new Literal[of.vms()][of.nodes()];
        for (int vm = 0; vm < of.vms(); vm++) {
            for (int node = 0; node < of.nodes(); node++) {
                on[vm][node] = sat.choice();
            }
            sat.exactlyOne(List.of(on[vm]));
        }
    }

    static long leastCost(Problem of) {
        return new ProblemModel(of).leastCost();
    }

    private long leastCost() {
        IntStream.range(0, of.nodes()).forEach(this::limit);
        IntStream.range(0, of.groups().count()).forEach(this::keepGroup);
        keepSets();
        LinearExprBuilder cost = LinearExpr.newBuilder();
        for (int node = 0; node < of.nodes(); node++) {
            addUse(node, cost);
        }
        addTravel(cost);
        LinearExpr all = cost.build();
        return sat.least(all).valueOf(all);
    }

    private List<Literal> choices(IntPredicate vms, IntPredicate nodes) {
        List<Literal> choices = new ArrayList<>();
        for (int vm = 0; vm < of.vms(); vm++) {
            for (int node = 0; node < of.nodes(); node++) {
                if (vms.test(vm) && nodes.test(node)) {
                    choices.add(on[vm][node]);
                }
            }
        }
        return choices;
    }

    private int demand(int vm, int r) {
        return of.demand()[vm * of.resources() + r];
    }

    private void limit(int node) {
        Literal entered = sat.any(choices(vm -> of.home()[vm] != node, other -> other == node));
        for (int r = 0; r < of.resources(); r++) {
            LinearExprBuilder held = LinearExpr.newBuilder();
            for (int vm = 0; vm < of.vms(); vm++) {
                if (of.heldAtBoth()[r] && of.home()[vm] == node) {
                    held.add(demand(vm, r));
                } else {
                    held.addTerm(on[vm][node], demand(vm, r));
                }
            }
            sat.atMost(held.build(), of.capacity()[node * of.resources() + r], entered);
        }
    }

    private void keepGroup(int group) {
        IntPredicate members = vm -> of.groups().of()[vm] == group;
        for (int node = 0; node < of.nodes(); node++) {
            int one = node;
            sat.atMost(CpSat.sum(choices(members, other -> other == one)).build(), 1);
        }
        List<Literal> domains = IntStream.range(0, of.topology().domains())
                .mapToObj(
                        domain -> sat.any(choices(members, node -> of.topology().domainOf()[node] == domain)))
                .toList();
        sat.atLeast(CpSat.sum(domains).build(), of.groups().minDomains()[group]);
        for (int needed : of.groups().needs()[group]) {
            for (int zone = 0; zone < of.topology().zones(); zone++) {
                int here = zone;
                IntPredicate nodes = node -> of.topology().zoneOf()[node] == here;
                Literal isThere = sat.any(choices(vm -> of.groups().of()[vm] == needed, nodes));
                choices(members, nodes).forEach(choice -> sat.implies(choice, isThere));
            }
        }
    }

    private void keepSets() {
        int[] setOf = of.sameDomain().of();
        for (int vm = 0; vm < setOf.length; vm++) {
            if (setOf[vm] >= 0) {
                int one = vm;
                int[] domains = of.sameDomain().domainOf()[setOf[vm]];
                int home = domains[of.home()[vm]];
                sat.atMost(
                        CpSat.sum(choices(other -> other == one, node -> domains[node] != home))
                                .build(),
                        0);
            }
        }
    }

    private LinearExpr use(int node, int r) {
        LinearExprBuilder use = LinearExpr.newBuilder();
        for (int vm = 0; vm < of.vms(); vm++) {
            use.addTerm(on[vm][node], demand(vm, r));
        }
        return use.build();
    }

    private void addUse(int node, LinearExprBuilder cost) {
        for (int r = 0; r < of.resources(); r++) {
            LinearExpr excess = LinearExpr.newBuilder()
                    .add(use(node, r))
                    .add(-of.comfort()[node * of.resources() + r])
                    .build();
            cost.addTerm(sat.above0(excess), of.excessWeight()[r]);
        }
        for (Stranding stranding : of.strandings()) {
            long plenty = of.capacity()[node * of.resources() + stranding.plenty()];
            long scarce = of.capacity()[node * of.resources() + stranding.scarce()];
            LinearExpr lack = LinearExpr.newBuilder()
                    .addTerm(use(node, stranding.plenty()), -stranding.ratio())
                    .add(use(node, stranding.scarce()))
                    .add(stranding.ratio() * plenty - scarce)
                    .build();
            cost.addTerm(sat.above0(lack), stranding.weight());
        }
    }

    private void addTravel(LinearExprBuilder cost) {
        int[] between = of.moveCosts().between();
        for (int vm = 0; vm < of.vms(); vm++) {
            for (int node = 0; node < of.nodes(); node++) {
                if (node != of.home()[vm]) {
                    long way = between.length == 0 ? 0 : between[of.home()[vm] * of.nodes() + node];
                    cost.addTerm(on[vm][node], of.moveCosts().ofVm()[vm] + way);
                }
            }
        }
        List<LinearExpr> away = new ArrayList<>();
        for (int group = 0; group < of.groups().count(); group++) {
            LinearExprBuilder members = LinearExpr.newBuilder();
            for (int vm = 0; vm < of.vms(); vm++) {
                for (int node = 0; node < of.nodes(); node++) {
                    if (of.groups().of()[vm] == group && node != of.home()[vm]) {
                        members.add(on[vm][node]);
                    }
                }
            }
            away.add(members.build());
        }
        cost.addTerm(sat.most(away), of.moveCosts().ofGroups());
    }
}
