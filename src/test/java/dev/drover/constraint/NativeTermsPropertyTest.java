package dev.drover.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.NativeTerms.Enforcer;
import dev.drover.constraint.NativeTerms.Launcher;
import dev.drover.constraint.NativeTerms.Purpose;
import dev.drover.model.Cluster;
import dev.drover.model.PodTerm;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** With the native terms on every launcher pod, kube-scheduler puts a pod just where the constraints let it. */
class NativeTermsPropertyTest {
    private static final int NODES = 5;

    @Property(tries = 3000)
    void kubeSchedulerAdmitsAMoveExactlyWhenNoConstraintBreaks(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed);
        Scene scene = random.nodes(NODES);
        for (int i = random.number(1, 6); i > 0; i--) {
            if (random.chance(80)) {
                scene.vm("vm-" + i, random.place(NODES), random.app());
            } else {
                scene.vmIn("other", "vm-" + i, random.place(NODES), random.app());
            }
        }
        Cluster plain = scene.build();
        List<Constraint> constraints = enforcedByScheduler(plain, random);
        Cluster carrying = carrying(plain, constraints);
        Occupancy now = Occupancy.of(plain);
        for (Vm vm : plain.vms()) {
            for (int i = 0; i < NODES; i++) {
                String target = "n" + i;
                Set<String> both = new TreeSet<>(now.nodes(vm.id()));
                both.add(target);
                List<Violation> violations =
                        ConstraintChecker.check(plain, constraints, now.with(vm.id(), both), At.INSTANT);
                if (!target.equals(vm.node())) {
                    assertThat(NativeTermsChecker.refusals(carrying, now, vm.id(), target)
                                    .isEmpty())
                            .as("%s to %s under %s: %s", vm, target, constraints, violations)
                            .isEqualTo(violations.isEmpty());
                }
            }
        }
    }

    @Property(tries = 1000)
    void whatPodsCarryForPresentConstraintsIsNotCountedTwice(@ForAll long seed) {
        RandomScenes random = new RandomScenes(seed).withPreferences();
        Scene scene = random.nodes(NODES);
        int vms = random.number(1, 6);
        for (int i = 0; i < vms; i++) {
            scene.vm("vm-" + i, "n" + random.number(0, NODES - 1), random.app());
        }
        List<Constraint> constraints = List.of(random.constraint(1), random.constraint(2), random.constraint(3));
        Cluster bare = scene.build();
        for (Vm vm : carrying(bare, constraints).vms()) {
            scene.launcher(vm.id().name(), readBack(vm.scheduling(), random));
        }

        CompiledRules before = ConstraintCompiler.compile(bare, constraints);
        CompiledRules after = ConstraintCompiler.compile(scene.build(), constraints);

        assertThat(after.mayEnter()).as("%s", constraints).isEqualTo(before.mayEnter());
        assertThat(after.separations()).hasSameSizeAs(before.separations());
    }

    /** The same terms as another writer may order them. */
    private static Scheduling readBack(Scheduling written, RandomScenes random) {
        List<PodTerm> terms = written.antiAffinity().stream()
                .map(term -> new PodTerm(
                        new Selector(random.shuffled(term.pods().requirements())),
                        term.namespaces(),
                        new Selector(random.shuffled(term.namespaceSelector().requirements())),
                        term.topologyKey()))
                .toList();
        return new Scheduling(Map.of(), List.of(), List.of(), List.of(), random.shuffled(terms), List.of());
    }

    /** Rules that hold now and have a required native form at each move. */
    private static List<Constraint> enforcedByScheduler(Cluster cluster, RandomScenes random) {
        List<Constraint> constraints = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Constraint constraint = random.constraint(i);
            boolean skew = constraint.rule() instanceof Rule.Spread spread
                    && spread.maxSkew().isPresent();
            boolean holds = ConstraintChecker.check(cluster, List.of(constraint), Occupancy.of(cluster), At.REST)
                    .isEmpty();
            boolean continuous = constraint.during() == Rule.During.CONTINUOUS;
            if (!skew && holds && continuous && NativeTerms.enforcedBy(constraint) == Enforcer.SCHEDULER) {
                constraints.add(constraint);
            }
        }
        return constraints.subList(0, Math.min(3, constraints.size()));
    }

    /** The same cluster, each virtual machine with what its launcher pods carry. */
    private static Cluster carrying(Cluster cluster, List<Constraint> constraints) {
        List<Vm> vms = cluster.vms().stream()
                .map(vm -> withTerms(
                        vm,
                        NativeTerms.of(
                                new Launcher(vm.id().namespace(), vm.labels(), vm.instanceUid()),
                                constraints,
                                cluster.namespaces(),
                                Purpose.MIGRATION_TARGET)))
                .toList();
        return new Cluster(cluster.takenAt(), cluster.nodes(), vms, List.of(), List.of(), cluster.namespaces());
    }

    private static Vm withTerms(Vm vm, NativeTerms terms) {
        List<Selector> nodeTerms =
                terms.nodeAlternatives().equals(List.of(Selector.EVERYTHING)) ? List.of() : terms.nodeAlternatives();
        Scheduling scheduling =
                new Scheduling(Map.of(), nodeTerms, List.of(), List.of(), terms.antiAffinity(), terms.spreads());
        return vm.with(scheduling);
    }
}
