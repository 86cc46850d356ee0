package dev.drover.constraint;

import static dev.drover.constraint.Scene.ZONE;
import static dev.drover.constraint.Scene.constraint;
import static dev.drover.constraint.Scene.id;
import static dev.drover.constraint.Scene.selector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One accepted and one broken placement for each kind of rule. */
class ConstraintCheckerTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
    private static final Rule ZONE_SPREAD = new Rule.Spread(ZONE, OptionalInt.empty());
    private static final Rule ZONE_SKEW = new Rule.Spread(ZONE, OptionalInt.of(1));
    private static final Rule APART = new Rule.SeparateFrom(Selection.inNamespace(Scene.NAMESPACE, selector("app=db")));

    static Stream<Arguments> placements() {
        return Stream.of(
                row("spread: each on its own node", SPREAD, on("web", "n1", "n2")),
                row("spread: two on one node", SPREAD, on("web", "n1", "n1"), "web-0@n1", "web-1@n1"),
                row(
                        "spread over zones: two nodes of one zone",
                        ZONE_SPREAD,
                        on("web", "n1", "n2"),
                        "web-0@n1",
                        "web-1@n2"),
                row("spread over zones: one in each", ZONE_SPREAD, on("web", "n1", "n3")),
                row("spread over zones: a node without a zone", ZONE_SPREAD, on("web", "bare"), "web-0@bare"),
                row("skew of 1: two and one", ZONE_SKEW, on("web", "n1", "n2", "n3")),
                row("skew of 1: two and none", ZONE_SKEW, on("web", "n1", "n2"), "web-1@n2"),
                row("colocate: on one node", new Rule.Colocate(Node.HOSTNAME_LABEL), on("web", "n2", "n2")),
                row(
                        "colocate: on two",
                        new Rule.Colocate(Node.HOSTNAME_LABEL),
                        on("web", "n1", "n1", "n2"),
                        "web-2@n2"),
                row("same domain: two nodes of a zone", new Rule.SameDomain(ZONE), on("web", "n1", "n2")),
                row("same domain: two zones", new Rule.SameDomain(ZONE), on("web", "n1", "n2", "n3"), "web-2@n3"),
                row("same domain: no zone", new Rule.SameDomain(ZONE), on("web", "bare"), "web-0@bare"),
                row("separate: others elsewhere", APART, on("web", "n1", "n1").vm("db", "n2", "app=db")),
                row("separate: shares a node", APART, on("web", "n1", "n2").vm("db", "n2", "app=db"), "web-1@n2"),
                row(
                        "separate: one that both select is alone",
                        APART,
                        new Scene().node("n1").vm("x", "n1", "app=web", "app=db")),
                row("allowed: on an allowed node", new Rule.AllowedNodes(selector(ZONE + "=a")), on("web", "n1")),
                row("allowed: elsewhere", new Rule.AllowedNodes(selector(ZONE + "=a")), on("web", "n3"), "web-0@n3"),
                row("forbidden: elsewhere", new Rule.ForbiddenNodes(selector(ZONE + "=a")), on("web", "n3")),
                row("forbidden: on it", new Rule.ForbiddenNodes(selector(ZONE + "=a")), on("web", "n1"), "web-0@n1"),
                row(
                        "exclusive: among themselves",
                        new Rule.Exclusive(),
                        on("web", "n1", "n1").vm("db", "n2", "app=db")),
                row(
                        "exclusive: with another",
                        new Rule.Exclusive(),
                        on("web", "n1").vm("db", "n1", "app=db"),
                        "web-0@n1"),
                row("pinned: stays", new Rule.Pinned(), on("web", "n1")),
                row("reserve: as much as there is", cores(8), on("web", "n1", "n1")),
                row("reserve: a little more", cores(9), on("web", "n1", "n1"), "web-1@n1"),
                row(
                        "reserve: beside one that is not meant",
                        cores(16),
                        on("web", "n1").vm("db", "n1", "app=db"),
                        "web-0@n1"),
                row("nodes in use: as many", inUse(1), on("web", "n1", "n1", "n3")),
                row("nodes in use: the emptiest is too many", inUse(1), on("web", "n1", "n1", "n2"), "web-2@n2"),
                row(
                        "overcommit: one guest of one core where 1.92 may be given",
                        vcpus(12),
                        on("web", "n1", "n3", "n3")),
                row("overcommit: one too many on a node", vcpus(12), on("web", "n1", "n1", "n3"), "web-1@n1"),
                row("capacity: as many", count(2, null), on("web", "n1", "n2", "n3")),
                row("capacity: one too many", count(1, null), on("web", "n1", "n2", "n3"), "web-1@n2"),
                row("capacity by domain: one each", count(1, Node.HOSTNAME_LABEL), on("web", "n1", "n2")),
                row("capacity by domain: two", count(1, Node.HOSTNAME_LABEL), on("web", "n1", "n1"), "web-1@n1"),
                row("capacity of cpu: 2 of 2 cores", cpu(2_000), on("web", "n1", "n2")),
                row("capacity of cpu: 2 of 1.999 cores", cpu(1_999), on("web", "n1", "n2"), "web-1@n2"));
    }

    private static Rule cores(long cores) {
        return new Rule.Reserve(Resources.of(1_000 * cores, 0));
    }

    private static Rule inUse(int max) {
        return new Rule.MaxNodesInUse(selector(ZONE + "=a"), max);
    }

    private static Rule vcpus(int ratioPercent) {
        return new Rule.Overcommit(selector(ZONE + "=a"), Resources.CPU, ratioPercent);
    }

    private static Rule count(long max, @Nullable String topologyKey) {
        return new Rule.Capacity(selector(ZONE + "=a"), null, max, topologyKey);
    }

    private static Rule cpu(long max) {
        return new Rule.Capacity(selector(ZONE + "=a"), Resources.CPU, max, null);
    }

    /** Virtual machines app=web named by their position, on these of the nodes n1, n2 (zone a), n3 (zone b) and bare (no zone). */
    private static Scene on(String app, String... nodes) {
        Scene scene = Scene.ofThreeNodes().node("bare");
        for (int i = 0; i < nodes.length; i++) {
            scene.vm(app + "-" + i, nodes[i], "app=" + app);
        }
        return scene;
    }

    private static Arguments row(String name, Rule rule, Scene scene, String... broken) {
        return Arguments.of(name, rule, scene.build(), List.of(broken));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("placements")
    void judgesAPlacementAtRest(String name, Rule rule, Cluster cluster, List<String> broken) {
        List<Violation> violations = ConstraintChecker.check(
                cluster, List.of(constraint(1, rule, "app=web")), Occupancy.of(cluster), At.REST);

        assertThat(violations)
                .extracting(violation -> violation.vm().name() + "@" + violation.node())
                .containsExactlyInAnyOrderElementsOf(broken);
        assertThat(violations).allSatisfy(violation -> assertThat(violation.message())
                .startsWith("virtual machine shop/" + violation.vm().name()));
    }

    @Test
    void aMovingVirtualMachineCountsOnBothNodesButNotAgainstItself() {
        Cluster cluster = on("web", "n1", "n3").build();
        List<Constraint> spread = List.of(constraint(1, SPREAD, "app=web"));
        Occupancy inItsZone = Occupancy.of(cluster).with(id("web-0"), Set.of("n1", "n2"));
        Occupancy ontoTheOther = Occupancy.of(cluster).with(id("web-0"), Set.of("n1", "n3"));

        assertThat(ConstraintChecker.check(
                        cluster, List.of(constraint(1, ZONE_SPREAD, "app=web")), inItsZone, At.INSTANT))
                .isEmpty();
        assertThat(ConstraintChecker.check(cluster, spread, ontoTheOther, At.INSTANT))
                .extracting(Violation::vm)
                .containsExactly(id("web-0"), id("web-1"));
    }

    @Test
    void aDiscreteRuleIsJudgedAtRestOnly() {
        Cluster cluster = on("web", "n1", "n3").build();
        List<Constraint> together = List.of(constraint(1, new Rule.SameDomain(ZONE), "app=web"));

        assertThat(ConstraintChecker.check(cluster, together, Occupancy.of(cluster), At.INSTANT))
                .isEmpty();
        assertThat(ConstraintChecker.check(cluster, together, Occupancy.of(cluster), At.REST))
                .hasSize(1);
    }

    @Test
    void togetherAtEachInstantOnlyOneThatRunsAloneMayLeaveItsDomain() {
        List<Constraint> together =
                List.of(constraint(1, new Rule.SameDomain(ZONE), "app=web").during(Rule.During.CONTINUOUS));
        Cluster alone = on("web", "n1").build();
        Cluster two = on("web", "n1", "n2").build();
        Occupancy oneLeaves = Occupancy.of(alone).with(id("web-0"), Set.of("n1", "n3"));
        Occupancy oneOfTwoLeaves = Occupancy.of(two).with(id("web-0"), Set.of("n1", "n3"));

        assertThat(ConstraintChecker.check(alone, together, oneLeaves, At.INSTANT))
                .isEmpty();
        assertThat(ConstraintChecker.check(two, together, oneOfTwoLeaves, At.INSTANT))
                .extracting(violation -> violation.vm().name() + "@" + violation.node())
                .containsExactly("web-0@n3");
    }

    @Test
    void aSpreadAtRestIsNotJudgedWhileSomethingMoves() {
        Cluster cluster = on("web", "n1", "n3").build();
        List<Constraint> spread = List.of(constraint(1, SPREAD, "app=web").during(Rule.During.DISCRETE));
        Occupancy passing = Occupancy.of(cluster).with(id("web-0"), Set.of("n1", "n3"));

        assertThat(ConstraintChecker.check(cluster, spread, passing, At.INSTANT))
                .isEmpty();
        assertThat(ConstraintChecker.check(cluster, spread, passing, At.REST)).isNotEmpty();
    }

    @Test
    void nobodyEntersANodeUnderQuarantineAndNobodyLeavesIt() {
        Cluster cluster = on("web", "n1", "n3").build();
        List<Constraint> quarantine = List.of(constraint(1, new Rule.Quarantine(selector(ZONE + "=a")), "app=web"));
        Occupancy moving =
                Occupancy.of(cluster).with(id("web-0"), Set.of("n1", "bare")).with(id("web-1"), Set.of("n2", "n3"));

        assertThat(ConstraintChecker.check(cluster, quarantine, Occupancy.of(cluster), At.REST))
                .isEmpty();
        assertThat(ConstraintChecker.check(cluster, quarantine, moving, At.INSTANT))
                .extracting(violation -> violation.vm().name() + "@" + violation.node())
                .containsExactly("web-0@bare", "web-1@n2");
    }

    @Test
    void aPinnedVirtualMachineMayStartAnywhereAndThenStays() {
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web-0", null, "app=web")
                .vm("web-1", "n1", "app=web")
                .build();
        Occupancy moved = Occupancy.of(cluster).with(id("web-0"), Set.of("n3")).with(id("web-1"), Set.of("n1", "n2"));

        assertThat(ConstraintChecker.check(
                        cluster, List.of(constraint(1, new Rule.Pinned(), "app=web")), moved, At.INSTANT))
                .extracting(violation -> violation.vm().name() + "@" + violation.node())
                .containsExactly("web-1@n2");
    }

    @Test
    void aZoneThatNobodyMayEnterDoesNotCountAsTheEmptiest() {
        Scene scene = on("web", "n1", "n2");
        List<Constraint> skew = List.of(constraint(1, ZONE_SKEW, "app=web"));

        assertThat(ConstraintChecker.check(scene.build(), skew, Occupancy.of(scene.build()), At.REST))
                .hasSize(1);
        Cluster cordoned = scene.cordoned("n3").build();
        assertThat(ConstraintChecker.check(cordoned, skew, Occupancy.of(cordoned), At.REST))
                .isEmpty();
    }

    @Test
    void nothingIsClaimedOfANodeThatIsNotListed() {
        Cluster cluster = on("web", "gone", "gone").build();

        assertThat(ConstraintChecker.check(
                        cluster, List.of(constraint(1, SPREAD, "app=web")), Occupancy.of(cluster), At.REST))
                .isEmpty();
    }
}
