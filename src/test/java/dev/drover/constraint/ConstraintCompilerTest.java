package dev.drover.constraint;

import static dev.drover.constraint.Scene.ZONE;
import static dev.drover.constraint.Scene.constraint;
import static dev.drover.constraint.Scene.id;
import static dev.drover.constraint.Scene.selector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.constraint.NativeTerms.Launcher;
import dev.drover.constraint.NativeTerms.Purpose;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.TopologySpread;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConstraintCompilerTest {
    private static final Rule ZONE_SPREAD = new Rule.Spread(ZONE, OptionalInt.empty());

    /** Names of the nodes that a virtual machine may enter. */
    private static Set<String> entered(Cluster cluster, String vm, Constraint... constraints) {
        CompiledRules rules = ConstraintCompiler.compile(cluster, List.of(constraints));
        BitSet nodes = rules.mayEnter().get(cluster.vmIndex().get(id(vm)));
        Set<String> names = new TreeSet<>();
        nodes.stream().forEach(node -> names.add(cluster.nodes().get(node).name()));
        return names;
    }

    private static Scheduling against(PodTerm... terms) {
        return new Scheduling(Map.of(), List.of(), List.of(), List.of(), List.of(terms), List.of());
    }

    private static PodTerm pods(String topologyKey, String... labels) {
        return new PodTerm(selector(labels), Set.of(Scene.NAMESPACE), Selector.NOTHING, topologyKey);
    }

    /** What the launcher pod of a virtual machine app=web carries under these constraints. */
    private static Scheduling carried(Cluster cluster, String vm, Constraint... constraints) {
        Launcher launcher = new Launcher(Scene.NAMESPACE, Map.of("app", "web"), "vmi-" + vm);
        NativeTerms terms =
                NativeTerms.of(launcher, List.of(constraints), cluster.namespaces(), Purpose.MIGRATION_TARGET);
        return against(terms.antiAffinity().toArray(PodTerm[]::new));
    }

    @Test
    void nodesThatAreOutOfServiceAreNotEntered() {
        Cluster cluster = Scene.ofThreeNodes()
                .node("n4")
                .cordoned("n1")
                .notReady("n2")
                .tainted("n3", new Taint("dedicated", "gpu", Taint.Effect.NO_EXECUTE))
                .vm("web", "n1")
                .build();

        assertThat(entered(cluster, "web")).containsExactly("n4");
        EntryRules entry = EntryRules.of(cluster, List.of());
        assertThat(entry.explainEntry(id("web"), "n1")).containsExactly("the node is cordoned");
        assertThat(entry.explainEntry(id("web"), "n2")).containsExactly("the node is not ready");
        assertThat(entry.explainEntry(id("web"), "n3"))
                .containsExactly("the taint is not tolerated: dedicated=gpu:NoExecute");
        assertThat(entry.explainEntry(id("web"), "n4")).isEmpty();
    }

    @Test
    void everyReasonAgainstANodeIsGiven() {
        Scheduling scheduling = new Scheduling(
                Map.of("cpu", "epyc"), List.of(selector("disk=ssd")), List.of(), List.of(), List.of(), List.of());
        Cluster cluster =
                Scene.ofThreeNodes().vm("web", null, scheduling, "app=web").build();
        Constraint allowed = constraint(1, new Rule.AllowedNodes(selector(ZONE + "=b")), "app=web");
        Constraint racks = constraint(2, new Rule.Colocate("rack"), "app=web");

        assertThat(EntryRules.of(cluster, List.of(allowed, racks)).explainEntry(id("web"), "n1"))
                .containsExactly(
                        "the virtual machine's node selector is not met: cpu=epyc",
                        "the virtual machine's node affinity is not met: disk=ssd",
                        "PlacementConstraint shop/allowednodes-1 does not allow the node",
                        "PlacementConstraint shop/colocate-2 needs the label (rack), which the node does not have");
        assertThatThrownBy(() -> EntryRules.of(cluster, List.of()).explainEntry(id("web"), "n9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(n9)");
    }

    @Test
    void whoMustLeaveAndWhoMustStay() {
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web-0", "n1", "app=web")
                .vm("web-1", "n3", "app=web")
                .vm("db", "n1", "app=db")
                .build();

        CompiledRules rules = ConstraintCompiler.compile(
                cluster,
                List.of(
                        constraint(1, new Rule.ForbiddenNodes(selector(ZONE + "=a")), "app=web"),
                        constraint(2, new Rule.Pinned(), "app=db")));

        assertThat(rules.mustLeave()).containsOnlyKeys(cluster.vmIndex().get(id("web-0")));
        assertThat(rules.pinned().stream()).containsExactly(cluster.vmIndex().get(id("db")));
    }

    @Test
    void equalDemandsShareOneSetOfNodes() {
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web-0", "n1", "app=web")
                .vm("web-1", "n3", "app=web")
                .build();

        List<BitSet> mayEnter = ConstraintCompiler.compile(
                        cluster, List.of(constraint(1, new Rule.AllowedNodes(selector(ZONE + "=a")), "app=web")))
                .mayEnter();

        assertThat(mayEnter.get(0)).isSameAs(mayEnter.get(1));
    }

    @Test
    void aPodOfSomethingElseKeepsOutWhatItsTermsSelect() {
        Cluster cluster = Scene.ofThreeNodes()
                .pod("quiet", "n1", against(pods(ZONE, "app=web")))
                .vm("web", null, "app=web")
                .vm("db", null, "app=db")
                .build();

        assertThat(entered(cluster, "web")).containsExactly("n3");
        assertThat(entered(cluster, "db")).containsExactly("n1", "n2", "n3");
    }

    @Test
    void aVirtualMachineKeepsAwayFromPodsThatItsOwnTermsSelect() {
        Cluster cluster = Scene.ofThreeNodes()
                .pod("noisy", "n3", Scheduling.FREE, "app=noisy")
                .vm("web", null, against(pods(ZONE, "app=noisy")), "app=web")
                .build();

        assertThat(entered(cluster, "web")).containsExactly("n1", "n2");
    }

    @Test
    void termsThatSuccessorsCarryAgainMoveWithTheVirtualMachines() {
        Scheduling apart = against(pods(Node.HOSTNAME_LABEL, "app=web"));
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web-0", "n1", apart, "app=web")
                .vm("web-1", "n2", apart, "app=web")
                .launcher("web-0", apart)
                .launcher("web-1", apart)
                .build();

        CompiledRules rules = ConstraintCompiler.compile(cluster, List.of());

        assertThat(entered(cluster, "web-0")).containsExactly("n1", "n2", "n3");
        assertThat(rules.separations()).singleElement().satisfies(separation -> {
            assertThat(separation.origin()).isEqualTo(CompiledRules.Origin.NATIVE);
            assertThat(separation.holders().cardinality()).isEqualTo(2);
            assertThat(separation.members().cardinality()).isEqualTo(2);
        });
    }

    @Test
    void termsOfAPresentConstraintAreItsKernelOnly() {
        Scene scene = Scene.ofThreeNodes().vm("web-0", "n1", "app=web").vm("web-1", "n3", "app=web");
        Constraint spread = constraint(1, ZONE_SPREAD, "app=web");
        Cluster plain = scene.build();
        Cluster cluster = scene.launcher("web-0", carried(plain, "web-0", spread))
                .launcher("web-1", carried(plain, "web-1", spread))
                .build();

        CompiledRules rules = ConstraintCompiler.compile(cluster, List.of(spread));

        assertThat(rules.separations())
                .singleElement()
                .satisfies(separation -> assertThat(separation.origin().title()).isEqualTo(spread.title()));
        assertThat(entered(cluster, "web-0", spread)).containsExactly("n1", "n2", "n3");
    }

    @Test
    void termsOfARemovedConstraintStillBindOthersButNotTheirOwner() {
        Scene scene = Scene.ofThreeNodes()
                .vm("web-0", "n1", "app=web")
                .vm("web-1", "n3", "app=web")
                .vm("web-2", null, "app=web");
        Constraint removed = constraint(1, ZONE_SPREAD, "app=web");
        Cluster plain = scene.build();
        Cluster cluster = scene.launcher("web-0", carried(plain, "web-0", removed))
                .launcher("web-1", Scheduling.FREE)
                .build();

        assertThat(entered(cluster, "web-0")).containsExactly("n1", "n2", "n3");
        assertThat(entered(cluster, "web-1")).containsExactly("n3");
        assertThat(entered(cluster, "web-2")).containsExactly("n3");
        assertThat(EntryRules.of(cluster, List.of()).explainEntry(id("web-2"), "n1"))
                .singleElement()
                .asString()
                .contains("a running pod's anti-affinity", ZONE, "app=web");
    }

    @Test
    void aTermThatSelectsItsOwnPodClosesTheRestOfItsDomain() {
        Scheduling unaware = against(pods(ZONE, "app=web"));
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web", "n1", unaware, "app=web")
                .launcher("web", unaware)
                .build();

        assertThat(entered(cluster, "web")).containsExactly("n1", "n3");
    }

    @Test
    void kubeVirtsTermAgainstItsOwnSourceBindsNobodyElse() {
        PodTerm ownSource = new PodTerm(
                new Selector(List.of(Requirement.in("kubevirt.io/created-by", "vmi-web"))),
                Set.of(Scene.NAMESPACE),
                Selector.NOTHING,
                Node.HOSTNAME_LABEL);
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web", "n1", "app=web")
                .launcher("web", against(ownSource))
                .vm("other", "n2", "app=web")
                .build();

        assertThat(entered(cluster, "other")).containsExactly("n1", "n2", "n3");
        assertThat(ConstraintCompiler.compile(cluster, List.of()).separations()).isEmpty();
    }

    @Test
    void requiredAffinityIsAnAttractionAndNeedsTheLabel() {
        Scheduling near =
                new Scheduling(Map.of(), List.of(), List.of(), List.of(pods(ZONE, "app=db")), List.of(), List.of());
        Cluster cluster = Scene.ofThreeNodes()
                .node("bare")
                .vm("web", null, near, "app=web")
                .pod("db", "n3", Scheduling.FREE, "app=db")
                .build();

        assertThat(entered(cluster, "web")).containsExactly("n1", "n2", "n3");
        assertThat(ConstraintCompiler.compile(cluster, List.of()).attractions())
                .singleElement()
                .satisfies(attraction -> assertThat(attraction.fixedMembers()).containsExactly(0, 1));
    }

    @Test
    void nativeSpreadCountsOverTheNodesThatThePodsOwnSelectorAdmits() {
        Scheduling level = new Scheduling(
                Map.of(ZONE, "a"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new TopologySpread(selector("app=web"), ZONE, 1)));
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web", "n1", level, "app=web")
                .pod("old", "n2", Scheduling.FREE, "app=web")
                .build();

        assertThat(ConstraintCompiler.compile(cluster, List.of()).skews())
                .singleElement()
                .satisfies(skew -> {
                    assertThat(skew.domainOf()).containsExactly(0, 0, -1);
                    assertThat(skew.fixedMembers()).containsExactly(1, 0);
                });
    }

    @Test
    void aCapCountsOnlyTheNodesThatItNames() {
        Cluster cluster = Scene.ofThreeNodes().vm("web", "n1", "app=web").build();
        Rule cores = new Rule.Capacity(selector(ZONE + "=a"), "cpu", 5_000, Node.HOSTNAME_LABEL);

        assertThat(ConstraintCompiler.compile(cluster, List.of(constraint(1, cores, "app=web")))
                        .caps())
                .singleElement()
                .satisfies(cap -> {
                    assertThat(cap.domainOf()).containsExactly(0, 1, -1);
                    assertThat(cap.weightOf()).containsExactly(1_000);
                    assertThat(cap.max()).containsOnly(5_000);
                });
    }
}
