package dev.drover.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.model.Cluster;
import dev.drover.model.PodTerm;
import dev.drover.model.Scheduling;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the solver is told and what the checkers say are the same, though they share no code. */
class CompilerPropertyTest {
    private static final int NODES = 5;

    private static Cluster placed(RandomScenes random, int vms) {
        Scene scene = random.nodes(NODES);
        for (int i = 0; i < vms; i++) {
            if (random.chance(80)) {
                scene.vm("vm-" + i, random.place(NODES), random.app());
            } else {
                scene.vmIn("other", "vm-" + i, random.place(NODES), random.app());
            }
        }
        for (int i = random.number(0, 3); i > 0; i--) {
            scene.pod("pod-" + i, random.place(NODES), Scheduling.FREE, random.app());
        }
        if (random.chance(30)) {
            random.addTrouble(scene, NODES);
        }
        return scene.build();
    }

    @Property(tries = 3000)
    void atRestAConstraintIsBrokenExactlyWhenItsKernelsAre(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed).withScarcity();
        Cluster cluster = placed(random, random.number(0, 6));
        List<Constraint> constraints = List.of(random.constraint(1));
        CompiledRules rules = ConstraintCompiler.compile(cluster, constraints);
        Occupancy now = Occupancy.of(cluster);

        boolean kernels = rules.mustLeave().isEmpty() && new KernelOracle(cluster, rules, now).holdsAtRest();

        assertThat(kernels)
                .as("%s", constraints)
                .isEqualTo(ConstraintChecker.check(cluster, constraints, now, At.REST)
                        .isEmpty());
    }

    @Property(tries = 2000)
    void aPreferenceIsMissedExactlyWhenItsKernelsAreBrokenAndForbidsNothing(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed).withScarcity().withPreferences();
        Cluster cluster = placed(random, random.number(0, 6));
        List<Constraint> constraints = List.of(random.constraint(1), random.constraint(2));
        List<Constraint> required =
                constraints.stream().filter(Constraint::required).toList();
        CompiledRules rules = ConstraintCompiler.compile(cluster, constraints);
        CompiledRules withoutPreferences = ConstraintCompiler.compile(cluster, required);
        Occupancy now = Occupancy.of(cluster);

        assertThat(new KernelOracle(cluster, rules, now).pleases())
                .as("%s", constraints)
                .isEqualTo(ConstraintChecker.unmet(cluster, constraints, now).isEmpty());
        assertThat(rules.mayEnter()).isEqualTo(withoutPreferences.mayEnter());
        assertThat(rules.mustLeave()).isEqualTo(withoutPreferences.mustLeave());
        assertThat(new KernelOracle(cluster, rules, now).holdsAtRest())
                .isEqualTo(new KernelOracle(cluster, withoutPreferences, now).holdsAtRest());
        assertThat(ConstraintChecker.check(cluster, constraints, now, At.REST))
                .isEqualTo(ConstraintChecker.check(cluster, required, now, At.REST));
    }

    @Property(tries = 2000)
    void aMoveBreaksNothingExactlyWhenTheKernelsAllowIt(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed).withScarcity();
        Cluster cluster = placed(random, random.number(1, 6));
        List<Constraint> constraints = holding(cluster, random);
        CompiledRules rules = ConstraintCompiler.compile(cluster, constraints);
        CompiledRules unconstrained = ConstraintCompiler.compile(cluster, List.of());
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            for (int node = 0; node < cluster.nodes().size(); node++) {
                if (unconstrained.mayEnter().get(vm).get(node)) {
                    assertThat(kernelsAllow(cluster, rules, vm, node))
                            .as(
                                    "%s to %s under %s",
                                    cluster.vms().get(vm), cluster.nodes().get(node), constraints)
                            .isEqualTo(checkerAllows(cluster, constraints, vm, node));
                }
            }
        }
    }

    /** Constraints that hold now, so that whatever is broken after a move is new. */
    private static List<Constraint> holding(Cluster cluster, RandomScenes random) {
        List<Constraint> constraints = new ArrayList<>();
        for (int i = random.number(1, 5); i > 0; i--) {
            constraints.add(random.constraint(i));
        }
        List<Constraint> holding = List.copyOf(constraints);
        do {
            constraints.clear();
            constraints.addAll(holding);
            holding = constraints.stream()
                    .filter(constraint ->
                            ConstraintChecker.check(cluster, constraints, Occupancy.of(cluster), At.REST).stream()
                                    .noneMatch(
                                            violation -> violation.constraint().equals(constraint.id())))
                    .toList();
        } while (holding.size() < constraints.size());
        return holding;
    }

    private static Set<String> both(Vm vm, String target) {
        Set<String> copies = new TreeSet<>(Set.of(target));
        if (vm.node() != null) {
            copies.add(vm.node());
        }
        return copies;
    }

    private static boolean kernelsAllow(Cluster cluster, CompiledRules rules, int index, int node) {
        Vm vm = cluster.vms().get(index);
        String target = cluster.nodes().get(node).name();
        boolean stays = target.equals(vm.node());
        boolean pinned = rules.pinned().get(index) && vm.running() && !stays;
        Occupancy now = Occupancy.of(cluster);
        return (stays || rules.mayEnter().get(index).get(node))
                && !pinned
                && new KernelOracle(cluster, rules, now.with(vm.id(), both(vm, target))).holdsNow()
                && new KernelOracle(cluster, rules, now.with(vm.id(), Set.of(target))).holdsAtRest();
    }

    private static boolean checkerAllows(Cluster cluster, List<Constraint> constraints, int index, int node) {
        Vm vm = cluster.vms().get(index);
        String target = cluster.nodes().get(node).name();
        Occupancy now = Occupancy.of(cluster);
        return ConstraintChecker.check(cluster, constraints, now.with(vm.id(), both(vm, target)), At.INSTANT)
                        .isEmpty()
                && ConstraintChecker.check(cluster, constraints, now.with(vm.id(), Set.of(target)), At.REST)
                        .isEmpty();
    }

    /** Virtual machines whose running pods carry today's terms, some also older ones, beside pods of others. */
    private static Cluster withTerms(RandomScenes random, boolean loose) {
        Scene scene = random.nodes(NODES);
        for (int i = random.number(1, 5); i > 0; i--) {
            Scheduling terms = random.scheduling(loose);
            String node = random.place(NODES);
            scene.vm("vm-" + i, node, terms, random.app());
            if (node != null) {
                scene.launcher("vm-" + i, olderTerms(random, terms, loose));
            }
        }
        for (int i = random.number(0, 3); i > 0; i--) {
            scene.pod("pod-" + i, random.place(NODES), random.scheduling(loose), random.app());
        }
        random.addTrouble(scene, NODES);
        return scene.build();
    }

    /** @param loose a running pod may also lack terms of today */
    private static Scheduling olderTerms(RandomScenes random, Scheduling terms, boolean loose) {
        if (loose && random.chance(30)) {
            return random.scheduling(true);
        }
        return random.chance(60) ? terms : and(terms, random.scheduling(false));
    }

    private static Scheduling and(Scheduling terms, Scheduling older) {
        List<PodTerm> antiAffinity = new ArrayList<>(terms.antiAffinity());
        antiAffinity.addAll(older.antiAffinity());
        return new Scheduling(
                terms.nodeSelector(),
                terms.nodeTerms(),
                terms.tolerations(),
                terms.affinity(),
                antiAffinity,
                terms.spreads());
    }

    @Property(tries = 3000)
    void antiAffinityAndNodeTermsAdmitExactlyWhatKubeSchedulerWould(@ForAll long seed) {
        Cluster cluster = withTerms(new RandomScenes(seed), false);
        CompiledRules rules = ConstraintCompiler.compile(cluster, List.of());
        KernelOracle kernels = new KernelOracle(cluster, rules, Occupancy.of(cluster));
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            for (int node = 0; node < NODES; node++) {
                Vm value = cluster.vms().get(vm);
                String target = cluster.nodes().get(node).name();
                if (!target.equals(value.node())) {
                    List<String> refusals =
                            NativeTermsChecker.refusals(cluster, Occupancy.of(cluster), value.id(), target);
                    assertThat(rules.mayEnter().get(vm).get(node) && kernels.lets(vm, node))
                            .as("%s to %s: %s", value, target, refusals)
                            .isEqualTo(refusals.isEmpty());
                }
            }
        }
    }

    @Property(tries = 3000)
    void whatTheKernelsOfAffinityAndSpreadAllowKubeSchedulerAdmits(@ForAll long seed) {
        Cluster cluster = withTerms(new RandomScenes(seed), true);
        CompiledRules rules = ConstraintCompiler.compile(cluster, List.of());
        Occupancy now = Occupancy.of(cluster);
        KernelOracle kernels = new KernelOracle(cluster, rules, now);
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            for (int node = 0; node < NODES; node++) {
                Vm value = cluster.vms().get(vm);
                String target = cluster.nodes().get(node).name();
                Occupancy moving = now.with(value.id(), both(value, target));
                boolean allowed = rules.mayEnter().get(vm).get(node)
                        && kernels.lets(vm, node)
                        && new KernelOracle(cluster, rules, moving).holdsNow();
                if (!target.equals(value.node()) && allowed) {
                    assertThat(NativeTermsChecker.refusals(cluster, now, value.id(), target))
                            .as("%s to %s", value, target)
                            .isEmpty();
                }
            }
        }
    }

    @Property(tries = 500)
    void everyNodeThatIsNotEnteredHasAReasonAndNoOther(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed);
        Cluster cluster = withTerms(random, true);
        List<Constraint> constraints = List.of(random.constraint(1), random.constraint(2));
        CompiledRules rules = ConstraintCompiler.compile(cluster, constraints);
        EntryRules entry = EntryRules.of(cluster, constraints);
        for (int vm = 0; vm < cluster.vms().size(); vm++) {
            for (int node = 0; node < NODES; node++) {
                List<String> reasons = entry.explainEntry(
                        cluster.vms().get(vm).id(), cluster.nodes().get(node).name());
                assertThat(reasons.isEmpty()).isEqualTo(rules.mayEnter().get(vm).get(node));
                assertThat(reasons).doesNotHaveDuplicates().noneMatch(String::isBlank);
            }
        }
    }
}
