package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Node;
import dev.drover.model.Selector;
import dev.drover.placement.Goal;
import dev.drover.placement.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four nodes: n1 and n2 in the zone east, n3 and n4 in the zone west. */
class PoolsTest {
    private static final List<Node> NODES = new World()
            .node("n1", "east")
            .node("n2", "east")
            .node("n3", "west")
            .node("n4", "west")
            .cluster()
            .nodes();
    private static final Selector EAST = World.inZone("east");
    private static final Selector WEST = World.inZone("west");

    @Test
    void the_default_governs_what_no_other_policy_selects() {
        Pools pools = assign(policy("default", 0, Selector.EVERYTHING), policy("east", 1, EAST));

        assertThat(nodesOf(pools, "east")).containsExactly("n1", "n2");
        assertThat(nodesOf(pools, "default")).containsExactly("n3", "n4");
        assertThat(pools.conflicts()).isEmpty();
    }

    @Test
    void the_default_alone_governs_all() {
        assertThat(nodesOf(assign(policy("default", 0, Selector.EVERYTHING)), "default"))
                .containsExactly("n1", "n2", "n3", "n4");
    }

    @Test
    void without_a_default_the_rest_is_governed_by_nobody() {
        Pools pools = assign(policy("east", 1, EAST));

        assertThat(pools.pools()).hasSize(1);
        assertThat(nodesOf(pools, "east")).containsExactly("n1", "n2");
    }

    @Test
    void of_two_policies_over_one_node_the_older_keeps_all_and_the_newer_governs_none() {
        Pools pools = assign(policy("newer", 2, Selector.EVERYTHING), policy("older", 1, EAST));

        assertThat(nodesOf(pools, "older")).containsExactly("n1", "n2");
        assertThat(pools.pools()).extracting(pool -> pool.policy().name()).containsExactly("older");
        assertThat(pools.conflicts())
                .containsEntry(
                        "newer",
                        "The policy (newer) selects the node (n1), and 2 in all, that the older policy (older) governs. Make the two node selectors disjoint.");
    }

    @Test
    void what_a_policy_in_conflict_selects_falls_to_the_default() {
        Pools pools = assign(
                policy("default", 0, Selector.EVERYTHING),
                policy("older", 1, EAST),
                policy("newer", 2, Selector.EVERYTHING));

        assertThat(nodesOf(pools, "default")).containsExactly("n3", "n4");
    }

    @Test
    void of_two_policies_of_the_same_second_the_name_decides() {
        Pools pools = assign(policy("b", 1, WEST), policy("a", 1, WEST));

        assertThat(nodesOf(pools, "a")).containsExactly("n3", "n4");
        assertThat(pools.conflicts()).containsOnlyKeys("b");
    }

    @Test
    void a_selector_that_matches_nothing_makes_an_empty_pool() {
        Pools pools = assign(policy("nowhere", 1, World.inZone("south")));

        assertThat(nodesOf(pools, "nowhere")).isEmpty();
        assertThat(pools.conflicts()).isEmpty();
    }

    private static Pools assign(Policy... policies) {
        return Pools.assign(NODES, List.of(policies));
    }

    private static List<String> nodesOf(Pools pools, String policy) {
        return pools.pools().stream()
                .filter(pool -> pool.policy().name().equals(policy))
                .flatMap(pool ->
                        pool.nodes().stream().mapToObj(node -> NODES.get(node).name()))
                .toList();
    }

    private static Policy policy(String name, int age, Selector nodes) {
        return new Policy(
                name,
                "uid-" + name,
                World.NOW.plusSeconds(age),
                Policy.Mode.AUTOMATIC,
                nodes,
                Goal.DEFAULT,
                new Budget(4, 2, 2),
                4,
                Duration.ofMinutes(15),
                new Policy.Deadlines(
                        Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(1)));
    }
}
