package dev.drover.bench.premove;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.forecast.DemandSeries;
import dev.drover.forecast.Forecast;
import dev.drover.forecast.Outlook;
import dev.drover.forecast.Rhythm;
import dev.drover.model.Cluster;
import dev.drover.model.VmId;
import dev.drover.placement.Anticipation;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Goal;
import dev.drover.placement.Instance;
import dev.drover.placement.Relocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A load that is played, five minutes a step, with the decisions of the loop at the beginning of each: nodes that are hot, nodes that are
 * forecast to be, evenness. What is decided is done before the step is served. A virtual machine that moved rests, and moves no more than four times a day.
 */
final class Replay {
    static final int PER_DAY = 288;
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Rhythm RHYTHM = Rhythm.of(Duration.ofMinutes(30), Duration.ofDays(1), STEP);
    private static final int RESTS = 3;
    private static final int MOST_PER_DAY = 4;
    private static final int MOST_AT_ONCE = 32;
    private static final Goal GOAL = new Goal(1, 0, Pool.TARGET, 0.85, 3, MOST_AT_ONCE);
    /** The clock stands still, so that no search is ever cut short. */
    private static final Engine ENGINE = new AnytimeEngine(InstantSource.fixed(Instant.EPOCH), vm -> 10);

    private static final Effort EFFORT = new Effort(1, 20_000, 60_000);

    private final Pool pool;
    private final int steps;
    private final boolean looksAhead;
    private final Anticipation anticipation = new Anticipation(ENGINE);
    private final DemandSeries[] series;
    private final int[] restsUntil;
    private final int[] movedToday;

    private Replay(List<double[]> load, boolean looksAhead) {
        pool = new Pool(load);
        steps = load.getFirst().length;
        this.looksAhead = looksAhead;
        series = IntStream.range(0, pool.vms())
                .mapToObj(_ -> new DemandSeries(RHYTHM))
                .toArray(DemandSeries[]::new);
        restsUntil = new int[pool.vms()];
        movedToday = new int[pool.vms()];
    }

    /**
     * @param load by virtual machine, in millicores, of equally many steps
     * @param from the first step that counts
     */
    static Tally of(List<double[]> load, int from, boolean looksAhead) {
        Replay replay = new Replay(load, looksAhead);
        Tally tally = Tally.NONE;
        for (int step = 1; step < replay.steps; step++) {
            Tally done = replay.step(step);
            tally = step >= from ? tally.plus(done) : tally;
        }
        return tally;
    }

    private Tally step(int step) {
        if (step % PER_DAY == 0) {
            Arrays.fill(movedToday, 0);
        }
        Instant now = RHYTHM.start(step);
        Cluster seen = pool.seen(step, now);
        Instance instance = new Instance(seen, rules(seen), movable(step), every(), GOAL, EFFORT);
        List<Relocation> moves = decide(instance, looksAhead ? outlook(step) : Outlook.NONE);
        long early = moves.stream()
                .filter(move -> move.reason() == Relocation.Reason.FORECAST)
                .count();
        boolean isWorse = early > 0 && Anticipation.worsens(seen, Anticipation.ends(moves), instance);
        perform(moves, seen, step);
        return pool.serve(step).plus(new Tally(0, 0, 0, 0, moves.size(), early, isWorse ? 1 : 0));
    }

    private static CompiledRules rules(Cluster cluster) {
        return ConstraintCompiler.compile(cluster, List.of());
    }

    private BitSet movable(int step) {
        BitSet movable = new BitSet();
        for (int vm = 0; vm < pool.vms(); vm++) {
            movable.set(vm, restsUntil[vm] <= step && movedToday[vm] < MOST_PER_DAY);
        }
        return movable;
    }

    private BitSet every() {
        BitSet nodes = new BitSet();
        nodes.set(0, pool.nodes());
        return nodes;
    }

    /** In the order of the loop. */
    private List<Relocation> decide(Instance instance, Outlook outlook) {
        List<Relocation> balance = ENGINE.solve(instance).moves();
        Map<VmId, String> ends = Anticipation.ends(balance);
        OptionalInt hottest = outlook.hottest(instance.cluster(), instance.nodes(), Pool.TARGET);
        if (hottest.isEmpty() || Anticipation.betters(instance.cluster(), ends, instance)) {
            return balance;
        }
        Cluster then = outlook.at(hottest.getAsInt(), instance.cluster());
        List<Relocation> early = anticipation.find(instance, then);
        if (!early.isEmpty()) {
            return early;
        }
        return Anticipation.worsens(then, ends, instance) ? List.of() : balance;
    }

    /** With what was measured in the step before, which is the value of that interval. */
    private Outlook outlook(int step) {
        Map<VmId, List<Forecast>> forecasts = new HashMap<>();
        for (int vm = 0; vm < pool.vms(); vm++) {
            series[vm].add(step - 1, pool.load(vm, step - 1));
            forecasts.put(pool.vm(vm).id(), series[vm].ahead());
        }
        // The value of an interval is known, and has its effect, at its end.
        List<Instant> times = LongStream.rangeClosed(step, step + RHYTHM.ahead() - 1)
                .mapToObj(interval -> RHYTHM.start(interval + 1))
                .toList();
        return new Outlook(times, forecasts);
    }

    private void perform(List<Relocation> moves, Cluster seen, int step) {
        Map<VmId, Integer> index = seen.vmIndex();
        for (Relocation move : moves) {
            int vm = index.get(move.vm());
            pool.move(vm, move.to());
            restsUntil[vm] = step + RESTS;
            movedToday[vm]++;
        }
    }
}
