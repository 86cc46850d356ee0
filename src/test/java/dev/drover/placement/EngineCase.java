package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.plan.Judge;
import java.time.InstantSource;
import java.util.List;

/**
 * A world and what the engine proposes in it.
 *
 * @param moves as {@code vm>node}; a name ending in * stands for any virtual machine or node that begins so
 */
record EngineCase(String name, int aggressiveness, World world, String... moves) {
    static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), vm -> 10);

    @Override
    public String toString() {
        return name;
    }

    /** These moves and no others, and safe to make. */
    void check() {
        Goal goal = new Goal(1, 1, 0.80, 0.85, aggressiveness, 256);
        Instance instance = world.instance(goal, Effort.DEFAULT);
        List<Relocation> relocations = ENGINE.solve(instance).moves();
        assertThat(relocations).hasSize(moves.length);
        for (String move : moves) {
            String vm = move.substring(0, move.indexOf('>'));
            assertThat(relocations)
                    .anyMatch(relocation -> matches(relocation.vm().name(), vm)
                            && relocation.to().equals(move.substring(move.indexOf('>') + 1)));
        }
        Judge.assertSafe(instance.cluster(), world.constraints(), relocations);
    }

    private static boolean matches(String name, String pattern) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }
}
