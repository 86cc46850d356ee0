package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A move says which terms of the cost it changes; of a single one that is all that changes. */
class EffectTest {

    record Case(String name, World world, Goal goal, int violations, long preference, int nodesInUse) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Goal consolidate = new Goal(1, 1, 0.80, 0.85, 3, 256, Goal.Objective.CONSOLIDATE);
        return Stream.of(
                new Case(
                        "a broken rule is mended",
                        World.ofNodes(2).vms(2, "web", "n1", 1_000, "app=web").rule(apart(), "app=web"),
                        Goal.DEFAULT.repairing(),
                        1,
                        0,
                        0),
                new Case(
                        "a hot node is relieved",
                        World.ofNodes(2).vm("a", "n1", 5_000).vm("b", "n1", 4_500),
                        Goal.DEFAULT,
                        0,
                        0,
                        0),
                new Case(
                        "a wish is granted",
                        World.ofNodes(2)
                                .vm("a", "n1", 1_000, "app=web")
                                .preferring(new Rule.AllowedNodes(World.onNode("n2")), 7, "app=web"),
                        Goal.DEFAULT,
                        0,
                        7,
                        0),
                new Case(
                        "a node is freed",
                        World.ofNodes(2).vm("a", "n1", 1_000).vm("b", "n2", 2_000),
                        consolidate,
                        0,
                        0,
                        1));
    }

    private static Rule apart() {
        return new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_what_changes(Case given) {
        Outcome.Improved outcome = (Outcome.Improved) new AnytimeEngine(InstantSource.system(), vm -> 1)
                .solve(given.world().instance(given.goal(), Effort.DEFAULT));

        assertThat(outcome.moves()).hasSize(1);
        Effect effect = outcome.moves().getFirst().effect();
        assertThat(effect.violations()).isEqualTo(given.violations());
        assertThat(effect.preference()).isEqualTo(given.preference());
        assertThat(effect.nodesInUse()).isEqualTo(given.nodesInUse());
        assertThat(effect.contention())
                .isCloseTo(outcome.before().contention() - outcome.after().contention(), within(1e-9));
        assertThat(effect.imbalance())
                .isCloseTo(outcome.before().imbalance() - outcome.after().imbalance(), within(1e-9));
    }
}
