package dev.drover.constraint;

import static dev.drover.constraint.Scene.ZONE;
import static dev.drover.constraint.Scene.constraint;
import static dev.drover.constraint.Scene.selector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Resources;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each virtual machine of a scene requests one core, and each of its nodes has 16 unless it says otherwise. */
class DeadlockTest {
    private static final Constraint SPREAD =
            constraint(1, new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "app=web");
    private static final Constraint TOGETHER = constraint(2, new Rule.Colocate(Node.HOSTNAME_LABEL), "app=log");
    private static final Constraint IN_A = constraint(3, new Rule.AllowedNodes(selector(ZONE + "=a")), "app=web");

    /** Three app=web, of which two share n1. */
    private static Scene web() {
        return Scene.ofThreeNodes()
                .vm("web-0", "n1", "app=web")
                .vm("web-1", "n1", "app=web")
                .vm("web-2", "n2", "app=web");
    }

    private static BitSet all(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }

    private static Optional<Conflict> find(Scene scene, BitSet movable, Constraint... constraints) {
        Cluster cluster = scene.build();
        return Deadlock.find(
                cluster, List.of(constraints), movable, all(cluster.nodes().size()));
    }

    private static Optional<Conflict> find(Scene scene, Constraint... constraints) {
        return find(scene, all(scene.build().vms().size()), constraints);
    }

    @Test
    void what_is_broken_and_can_be_mended_is_no_deadlock() {
        assertThat(find(web(), SPREAD, TOGETHER)).isEmpty();
    }

    @Test
    void a_cordon_leaves_too_few_nodes_and_only_the_rule_that_needs_them_is_named() {
        assertThat(find(web().vm("log-0", "n1", "app=log").cordoned("n3"), SPREAD, TOGETHER))
                .hasValueSatisfying(conflict -> {
                    assertThat(conflict.constraints()).containsExactly(SPREAD.id());
                    assertThat(conflict.message())
                            .isEqualTo(
                                    "PlacementConstraint shop/spread-1 cannot hold as things are: each needs a domain of its own, "
                                            + "and the nodes that they may use are in too few, (2) at most: "
                                            + "shop/web-0, shop/web-1, shop/web-2. Cordoned or not ready: n3. Free room, open nodes, "
                                            + "let more of them move, or change the rule.");
                });
    }

    @Test
    void nodes_without_room_for_it_leave_no_way_out_whoever_moves() {
        Scene full = web().cpu("n1", 2_000).cpu("n2", 1_000).cpu("n3", 500);

        assertThat(find(full, SPREAD)).hasValueSatisfying(conflict -> {
            assertThat(conflict.constraints()).containsExactly(SPREAD.id());
            assertThat(conflict.vms()).isNotEmpty();
        });
    }

    @Test
    void those_that_may_not_be_moved_now_are_named() {
        BitSet onlyTheThird = new BitSet();
        onlyTheThird.set(2);

        assertThat(find(web(), onlyTheThird, SPREAD)).hasValueSatisfying(conflict -> assertThat(conflict.message())
                .contains("Not to be moved now: shop/web-0, shop/web-1."));
    }

    @Test
    void two_rules_that_could_hold_but_for_a_cordon_are_named_together() {
        Constraint wide = constraint(4, new Rule.Spread(ZONE, OptionalInt.of(1)), "app=web");
        Constraint notOnTwo = constraint(5, new Rule.ForbiddenNodes(selector(Node.HOSTNAME_LABEL + "=n2")), "app=web");
        Scene scene = web().node("n4", ZONE + "=a").cordoned("n4");

        assertThat(find(scene, wide, SPREAD, notOnTwo))
                .hasValueSatisfying(conflict ->
                        assertThat(conflict.constraints()).containsExactlyInAnyOrder(SPREAD.id(), notOnTwo.id()));
    }

    @Test
    void what_is_on_its_way_counts_where_it_will_be() {
        Scene leaving = web().moving("web-1", "n3");

        assertThat(find(leaving, new BitSet(), SPREAD)).isEmpty();
    }

    @Test
    void a_rule_that_holds_or_is_only_preferred_or_is_about_nobody_is_never_named() {
        Constraint preferred = SPREAD.preferred(50);
        Constraint nobody = constraint(6, new Rule.Exclusive(), "app=typo");

        assertThat(find(web().cordoned("n3"), preferred, nobody, IN_A)).isEmpty();
    }

    @Test
    void who_stands_on_a_node_of_no_concern_is_of_no_concern() {
        Cluster cluster = web().cordoned("n2").build();
        BitSet onlyNode3 = new BitSet();
        onlyNode3.set(2);

        assertThat(Deadlock.find(cluster, List.of(SPREAD), new BitSet(), onlyNode3))
                .isEmpty();
    }

    @Test
    void in_a_large_cluster_the_few_that_a_rule_is_about_are_enough() {
        Scene scene = new Scene();
        IntStream.range(0, 50).forEach(i -> scene.node("n" + i).cpu("n" + i, i < 2 ? 16_000 : 500));
        IntStream.range(0, 1_000).forEach(i -> scene.vm("other-" + i, "n" + i % 50, "app=other"));
        IntStream.range(0, 3).forEach(i -> scene.vm("web-" + i, "n0", "app=web"));

        assertThat(find(scene, SPREAD)).hasValueSatisfying(conflict -> assertThat(conflict.constraints())
                .containsExactly(SPREAD.id()));
    }

    @Test
    void what_is_reserved_on_nodes_that_others_do_not_leave_is_named() {
        Constraint reserve = constraint(7, new Rule.Reserve(Resources.of(16_000, 0)), "app=web");
        Scene scene = Scene.ofThreeNodes()
                .vm("web-0", "n1", "app=web")
                .vm("a", "n1")
                .vm("b", "n2")
                .vm("c", "n3");
        BitSet onlyWeb = new BitSet();
        onlyWeb.set(3);

        assertThat(find(scene, onlyWeb, reserve)).hasValueSatisfying(conflict -> assertThat(conflict.constraints())
                .containsExactly(reserve.id()));
        assertThat(find(scene, reserve)).isEmpty();
    }
}
