package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.ConstraintChecker.At;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Goal;
import dev.drover.placement.Outcome;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Lives through cycles of solving, planning and performing in a world where migrations take their time and some fail, and writes down
 * the story. At each start and each end the properties P1, P2, P4 and P5 are asserted; after at most so many cycles nothing moves (P13).
 */
final class PlanSimulator {
    /** A repair may need one cycle for each breach, where each must be at rest before the next. */
    private static final int MOST_CYCLES_THAT_MEND_NOTHING = 10;

    private static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(World.NOW), MigrationPricing::seconds);

    private final World world;
    private final Goal goal;
    private final Budget budget;
    private final SplittableRandom random;
    private final int failPercent;
    private final List<String> story = new ArrayList<>();
    private final TreeMap<Double, Move> ends = new TreeMap<>();
    private Execution execution = Execution.fresh("plan", List.of());
    private Breaches before;
    private double time;

    /** @param seed of durations and failures; @param failPercent how many of 100 migrations fail */
    PlanSimulator(World world, Goal goal, Budget budget, long seed, int failPercent) {
        this.world = world;
        this.goal = goal;
        this.budget = budget;
        this.random = new SplittableRandom(seed);
        this.failPercent = failPercent;
        before = breaches();
    }

    List<String> run() {
        return run(List.of());
    }

    /** @param asked for in the first cycle, in place of what the engine proposes; none when that decides */
    List<String> run(List<Relocation> asked) {
        int fewest = Integer.MAX_VALUE;
        int vain = 0;
        for (int cycle = 1; vain <= MOST_CYCLES_THAT_MEND_NOTHING; cycle++) {
            Outcome outcome = ENGINE.solve(world.instance(goal, Effort.DEFAULT));
            vain = outcome.before().violations() < fewest ? 0 : vain + 1;
            fewest = Math.min(fewest, outcome.before().violations());
            before = breaches();
            List<Relocation> wanted = cycle == 1 && !asked.isEmpty() ? asked : outcome.moves();
            if (wanted.isEmpty()) {
                say("cycle %d: nothing to do, score %.0f, violations %d"
                        .formatted(
                                cycle,
                                outcome.before().value(),
                                outcome.before().violations()));
                return story;
            }
            Plan plan = new Planner().plan(world.cluster(), world.constraints(), wanted, budget, world.everyNode());
            say("cycle %d: score %.0f, violations %d, %d moves, %.0f s (bound %.0f s)"
                    .formatted(
                            cycle,
                            outcome.before().value(),
                            outcome.before().violations(),
                            plan.moves().size(),
                            plan.makespanSeconds(),
                            plan.lowerBoundSeconds()));
            perform(plan);
        }
        throw new AssertionError("Still moving after (" + vain + ") cycles that mended nothing: " + story);
    }

    private void perform(Plan plan) {
        execution = Execution.fresh("plan", plan.moves());
        while (!execution.ended()) {
            execution = NextMoves.start(execution, this::startIfReady);
            if (ends.isEmpty()) {
                execution.pending().forEach(move -> say("skipped " + move.id() + ": it was to follow " + move.after()));
                return;
            }
            endNext();
        }
    }

    private MoveProgress startIfReady(Execution standing, Move move) {
        MoveProgress progress = standing.progressOf(move.id());
        if (!hasSlot(move)) {
            return progress;
        }
        return switch (MoveCheck.check(world.cluster(), world.constraints(), move, standing.pending())) {
            case MoveCheck.Ready ready -> {
                start(move);
                yield progress.running(move.id(), World.NOW);
            }
            // Its time comes when something ends.
            case MoveCheck.Waits waits -> progress;
            case MoveCheck.Void none -> {
                say("skipped %s: %s".formatted(move.id(), none.why()));
                yield progress.ended(MoveProgress.State.SKIPPED, World.NOW, none.why());
            }
        };
    }

    private boolean hasSlot(Move move) {
        long leaving = ends.values().stream()
                .filter(other -> other.from().equals(move.from()))
                .count();
        long entering = ends.values().stream()
                .filter(other -> other.to().equals(move.to()))
                .count();
        return ends.size() < budget.maxConcurrent()
                && leaving < budget.perSourceNode()
                && entering < budget.perTargetNode();
    }

    private void start(Move move) {
        assertThat(ends.values()).as("P1").noneMatch(other -> other.vm().equals(move.vm()));
        say("start   %s %s %s > %s: %s".formatted(move.id(), move.vm(), move.from(), move.to(), move.why()));
        world.moving(move.vm().name(), move.to());
        ends.put(time + move.seconds() * (0.5 + random.nextDouble()), move);
        assertSound();
    }

    private void endNext() {
        var next = ends.pollFirstEntry();
        Move move = next.getValue();
        time = next.getKey();
        boolean fails = random.nextInt(100) < failPercent;
        world.at(move.vm().name(), fails ? move.from() : move.to());
        MoveProgress.State how = fails ? MoveProgress.State.FAILED : MoveProgress.State.SUCCEEDED;
        execution = execution.with(execution.progressOf(move.id()).ended(how, World.NOW, ""));
        say((fails ? "failed  " : "arrived ") + move.id() + " " + move.vm());
        assertSound();
    }

    private void assertSound() {
        assertThat(ends.size()).as("P2").isLessThanOrEqualTo(budget.maxConcurrent());
        assertThat(breaches().since(before, world.constraints()))
                .as("P4, P5: %s", story)
                .isEmpty();
    }

    private Breaches breaches() {
        Cluster cluster = world.cluster();
        return Breaches.of(cluster, world.constraints(), Occupancy.of(cluster), At.INSTANT);
    }

    private void say(String line) {
        story.add(String.format(Locale.ROOT, "%4.0f s  %s", time, line));
    }
}
