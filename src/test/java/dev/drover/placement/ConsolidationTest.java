package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.plan.Judge;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** As few nodes in use as can serve all. */
class ConsolidationTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    static Stream<Arguments> worlds() {
        return Stream.of(
                Arguments.of("two half empty nodes become one", 3, halfEmpty(), 1),
                Arguments.of(
                        "what cannot move live stays",
                        3,
                        halfEmpty().notLive("web").notLive("db"),
                        0),
                Arguments.of(
                        "a node is not emptied in part",
                        3,
                        halfEmpty()
                                .vm("fixed-1", "n1", 500)
                                .vm("fixed-2", "n2", 500)
                                .notLive("fixed-1")
                                .notLive("fixed-2"),
                        0),
                Arguments.of(
                        "no node gets above its target",
                        3,
                        World.ofNodes(2).vm("web", "n1", 4_500).vm("db", "n2", 4_500),
                        0),
                Arguments.of(
                        "rules keep apart what they keep apart",
                        3,
                        World.ofNodes(2)
                                .vm("web", "n1", 1_000, "app=shop")
                                .vm("db", "n2", 1_000, "app=shop")
                                .rule(SPREAD, "app=shop"),
                        0),
                Arguments.of("an empty node is not filled", 3, World.ofNodes(3).vm("web", "n1", 2_000), 0),
                Arguments.of("a policy that only relieves frees nothing", 2, halfEmpty(), 0),
                Arguments.of(
                        "seventeen moves are too many for one node at level 3",
                        3,
                        World.ofNodes(2).vms(17, "a", "n1", 200).vms(17, "b", "n2", 200),
                        0),
                Arguments.of(
                        "but not at level 5",
                        5,
                        World.ofNodes(2).vms(17, "a", "n1", 200).vms(17, "b", "n2", 200),
                        17));
    }

    private static World halfEmpty() {
        return World.ofNodes(2).vm("web", "n1", 2_000).vm("db", "n2", 2_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void proposes(String name, int level, World world, int moves) {
        List<Relocation> found = solve(world, level).moves();

        assertThat(found).hasSize(moves);
        Judge.assertSafe(world.cluster(), world.constraints(), found);
    }

    @Test
    void a_freed_node_is_named_with_what_it_does_to_the_other() {
        World world = World.ofNodes(2).vm("web", "n1", 2_000).vm("db", "n2", 5_000);

        assertThat(solve(world, 3).moves())
                .extracting(Relocation::to, Relocation::reason, Relocation::why, Relocation::gain)
                .containsExactly(tuple(
                        "n2",
                        Relocation.Reason.CONSOLIDATION,
                        "frees n1; n2 at 50% of cpu, target 80%; after: 70%",
                        1.0));
    }

    @Test
    void the_score_is_the_part_of_the_nodes_that_would_do() {
        World world = World.ofNodes(4).vm("a", "n1", 2_000).vm("b", "n2", 2_000).vm("c", "n3", 2_000);

        assertThat(solve(world, 1).before().value()).isCloseTo(100.0 / 3, within(1e-9));
    }

    @Property(tries = 100)
    void moves_for_consolidation_alone_free_a_node_and_heat_none(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.settled(seed);
        Outcome outcome = solve(world, 5);
        Judge.assertSafe(world.cluster(), world.constraints(), outcome.moves());
        if (outcome instanceof Outcome.Improved improved
                && improved.relocations().stream().allMatch(move -> move.reason() == Relocation.Reason.CONSOLIDATION)) {
            long before = used(world);
            outcome.moves().forEach(move -> world.at(move.vm().name(), move.to()));
            assertThat(used(world)).isLessThan(before);
            assertThat(improved.after().contention())
                    .isLessThanOrEqualTo(improved.before().contention() + Cost.ROUNDING);
        }
    }

    /** Where there is room, one cycle frees what can be freed. */
    @Property(tries = 100)
    void what_was_freed_stays_free(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = RandomWorlds.roomy(seed);
        solve(world, 4).moves().forEach(move -> world.at(move.vm().name(), move.to()));
        long used = used(world);
        solve(world, 4).moves().forEach(move -> world.at(move.vm().name(), move.to()));
        assertThat(used(world)).isLessThanOrEqualTo(used);
    }

    private static long used(World world) {
        return world.cluster().vms().stream().map(vm -> vm.node()).collect(Collectors.toSet()).stream()
                .filter(node -> node != null)
                .count();
    }

    private static Outcome solve(World world, int level) {
        Goal goal = new Goal(1, 1, 0.80, 0.85, level, 256, Goal.Objective.CONSOLIDATE);
        return EngineCase.ENGINE.solve(world.instance(goal, Effort.DEFAULT));
    }
}
