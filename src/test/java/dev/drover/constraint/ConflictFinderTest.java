package dev.drover.constraint;

import static dev.drover.constraint.Scene.ZONE;
import static dev.drover.constraint.Scene.constraint;
import static dev.drover.constraint.Scene.selector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictFinderTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
    private static final Rule ZONE_SPREAD = new Rule.Spread(ZONE, OptionalInt.empty());
    private static final Rule TOGETHER = new Rule.Colocate(Node.HOSTNAME_LABEL);
    private static final Rule IN_A = new Rule.AllowedNodes(selector(ZONE + "=a"));
    private static final Rule IN_B = new Rule.AllowedNodes(selector(ZONE + "=b"));
    private static final Rule NOT_IN_A = new Rule.ForbiddenNodes(selector(ZONE + "=a"));
    private static final Rule APART = new Rule.SeparateFrom(Selection.inNamespace(Scene.NAMESPACE, selector("app=db")));
    private static final Rule AT_MOST_ONE_IN_A = new Rule.Capacity(selector(ZONE + "=a"), null, 1, null);

    private static final Rule NO_LIMIT =
            new Rule.Capacity(Selector.EVERYTHING, null, Long.MAX_VALUE, Node.HOSTNAME_LABEL);

    /** Three virtual machines app=web that have not started; n1 and n2 in zone a, n3 in zone b. */
    private static Scene web() {
        return Scene.ofThreeNodes()
                .vm("web-0", null, "app=web")
                .vm("web-1", null, "app=web")
                .vm("web-2", null, "app=web");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                row("three on three nodes can be spread", web(), List.of(SPREAD), List.of()),
                row("three cannot be spread over two zones", web(), List.of(ZONE_SPREAD), List.of(0)),
                row("allowed and forbidden leave no node", web(), List.of(IN_A, NOT_IN_A), List.of(0, 1)),
                row("two allowed sets that do not meet", web(), List.of(IN_A, TOGETHER, IN_B), List.of(0, 2)),
                row("spread over the two nodes that are allowed", web(), List.of(SPREAD, IN_A), List.of(0, 1)),
                row("together and spread", web(), List.of(TOGETHER, SPREAD), List.of(0, 1)),
                row("together in a zone that is allowed", web(), List.of(TOGETHER, IN_A), List.of()),
                row(
                        "apart from others who have room elsewhere",
                        web().vm("db-0", null, "app=db"),
                        List.of(APART, new Rule.SameDomain(ZONE), IN_B),
                        List.of()),
                row(
                        "a spread of which only one domain is left by a newer rule, and together",
                        web(),
                        List.of(
                                new Rule.Spread(ZONE, OptionalInt.of(1)),
                                new Rule.SameDomain(ZONE),
                                new Rule.ForbiddenNodes(selector(ZONE + "=b"))),
                        List.of()),
                row("a cap below what must be there", web(), List.of(IN_A, AT_MOST_ONE_IN_A), List.of(0, 1)),
                row(
                        "of nodes that look the same only one is too small",
                        web().cpu("n1", 500),
                        List.of(new Rule.Overcommit(Selector.EVERYTHING, Resources.CPU, 100)),
                        List.of()),
                row("a cap that a spread exceeds", web(), List.of(AT_MOST_ONE_IN_A, SPREAD), List.of(0, 1)),
                row(
                        "a label that no node has",
                        web(),
                        List.of(new Rule.Spread("rack", OptionalInt.empty())),
                        List.of(0)),
                row(
                        "allowed on no node at all",
                        web(),
                        List.of(new Rule.AllowedNodes(selector("disk=none"))),
                        List.of(0)));
    }

    private static Arguments row(String name, Scene scene, List<Rule> rules, List<Integer> conflicting) {
        return Arguments.of(name, scene.build(), rules, conflicting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void namesTheRulesThatCannotHold(String name, Cluster cluster, List<Rule> rules, List<Integer> conflicting) {
        List<Constraint> constraints = IntStream.range(0, rules.size())
                .mapToObj(i -> constraint(i, rules.get(i), "app=web"))
                .toList();

        List<Conflict> conflicts = ConflictFinder.find(cluster, constraints);

        if (conflicting.isEmpty()) {
            assertThat(conflicts).isEmpty();
        } else {
            assertThat(conflicts).singleElement().satisfies(conflict -> {
                assertThat(conflict.constraints())
                        .containsExactlyInAnyOrderElementsOf(conflicting.stream()
                                .map(i -> constraints.get(i).id())
                                .toList());
                conflict.constraints()
                        .forEach(id -> assertThat(conflict.message()).contains(id.toString()));
            });
        }
    }

    @Test
    void theNewestOfAConflictIsNotActedOnHoweverTheyAreListed() {
        Constraint oldest = constraint(1, IN_A, "app=web");
        Constraint newest = constraint(2, IN_B, "app=web");
        List<Constraint> listed = List.of(newest, oldest);

        List<Conflict> conflicts = ConflictFinder.find(web().build(), listed);

        assertThat(conflicts).hasSize(1);
        assertThat(conflicts.getFirst().vms()).extracting(Object::toString).contains("shop/web-0");
        assertThat(ConflictFinder.withoutConflicting(listed, conflicts)).containsExactly(oldest);
    }

    @Test
    void pinnedOnOneNodeTheyCannotBeSpread() {
        Cluster cluster = Scene.ofThreeNodes()
                .vm("web-0", "n1", "app=web")
                .vm("web-1", "n1", "app=web")
                .build();
        List<Constraint> constraints =
                List.of(constraint(1, new Rule.Pinned(), "app=web"), constraint(2, SPREAD, "app=web"));

        assertThat(ConflictFinder.find(cluster, constraints))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.constraints()).hasSize(2));
    }

    @Test
    void exclusiveNodesForEveryoneElseToo() {
        Scene scene = new Scene().node("n1").vm("web-0", null, "app=web").vm("db-0", null, "app=db");
        List<Constraint> alone = List.of(constraint(1, new Rule.Exclusive(), "app=web"));

        assertThat(ConflictFinder.find(scene.build(), alone)).hasSize(1);
        assertThat(ConflictFinder.find(scene.node("n2").build(), alone)).isEmpty();
    }

    @Test
    void whatPassesIsNoConflict() {
        Taint unreachable = new Taint("node.kubernetes.io/unreachable", "", Taint.Effect.NO_EXECUTE);
        Cluster cluster =
                web().cordoned("n1").notReady("n2").tainted("n3", unreachable).build();

        assertThat(ConflictFinder.find(cluster, List.of(constraint(1, SPREAD, "app=web"))))
                .isEmpty();
    }

    @Test
    void aLastingTaintTakesANodeAway() {
        Cluster cluster = web().tainted("n3", new Taint("dedicated", "gpu", Taint.Effect.NO_SCHEDULE))
                .build();

        assertThat(ConflictFinder.find(cluster, List.of(constraint(1, SPREAD, "app=web"))))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.message()).contains("(2) at most"));
    }

    @Test
    void anEmptyClusterHasNoConflicts() {
        assertThat(ConflictFinder.find(new Scene().build(), List.of(constraint(1, ZONE_SPREAD, "app=web"))))
                .isEmpty();
    }

    @Test
    void aLargeClusterIsDecidedToo() {
        Scene scene = new Scene();
        IntStream.range(0, 100).forEach(i -> scene.node("n" + i, ZONE + "=z" + i % 3));
        IntStream.range(0, 500).forEach(i -> scene.vm("vm-" + i, null, "app=a" + i % 50, "tier=t" + i % 2));
        List<Constraint> constraints = Stream.concat(
                        IntStream.range(0, 50).mapToObj(i -> constraint(i, SPREAD, "app=a" + i)),
                        Stream.of(
                                constraint(50, new Rule.AllowedNodes(selector(ZONE + "=z0")), "tier=t0"),
                                constraint(51, new Rule.Exclusive(), "app=a7"),
                                constraint(52, new Rule.Spread(ZONE, OptionalInt.of(1)), "app=a9"),
                                constraint(53, new Rule.Capacity(selector(ZONE + "=z0"), null, 249, null), "tier=t0")))
                .toList();

        List<Conflict> conflicts = ConflictFinder.find(scene.build(), constraints);

        assertThat(conflicts).singleElement().satisfies(conflict -> assertThat(conflict.constraints())
                .containsExactlyInAnyOrder(
                        constraints.get(50).id(), constraints.get(53).id()));
    }

    @Test
    void whatSelectsNothingIsDiagnosed() {
        Constraint nobody = constraint(1, SPREAD, "app=typo");
        Constraint nowhere = constraint(2, new Rule.AllowedNodes(selector("disk=none")), "app=web");
        Constraint nothing = constraint(3, new Rule.Capacity(Selector.EVERYTHING, "cpus", 3, null), "app=web");
        Constraint noOthers = constraint(4, APART, "app=web");
        Constraint noRacks = constraint(5, new Rule.Capacity(Selector.EVERYTHING, null, 3, "rack"), "app=web");

        assertThat(Diagnosis.of(web().build(), List.of(nobody, nowhere, nothing, noOthers, noRacks)))
                .extracting(Diagnosis::constraint, Diagnosis::kind)
                .containsExactly(
                        tuple(nobody.id(), Diagnosis.Kind.NO_VIRTUAL_MACHINES),
                        tuple(nowhere.id(), Diagnosis.Kind.NO_NODES),
                        tuple(nothing.id(), Diagnosis.Kind.UNKNOWN_RESOURCE),
                        tuple(noOthers.id(), Diagnosis.Kind.NO_VIRTUAL_MACHINES),
                        tuple(noRacks.id(), Diagnosis.Kind.NO_DOMAINS));
    }
}
