package dev.drover.bench.scaling;

import dev.drover.forecast.Load;
import dev.drover.forecast.LoadSeries;
import dev.drover.forecast.ScalingRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One application under a load that is played, minute by minute. A virtual machine has one core and serves from {@link #START} after it was
 * decided on; one that goes does so at once. What is measured is what was served: of what finds no virtual machine nothing is seen.
 */
final class Replay {
    static final ScalingRule RULE = new ScalingRule(2, 60, 80, Duration.ofMinutes(10));
    static final Duration START = Duration.ofMinutes(15);
    static final double EACH = 1000;
    static final int MINUTES_OF_VALUE = 5;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final double[] millicores;
    private final int from;
    private final Deque<Instant> starting = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private Instant changed = Instant.EPOCH;
    private int count;
    private Outcome outcome = Outcome.NONE;

    private Replay(double[] millicores, int from, int count) {
        this.millicores = millicores;
        this.from = from;
        this.count = count;
    }

    /**
     * With a number that stays.
     *
     * @param millicores asked for, a value for each five minutes
     * @param from the first value that counts for the outcome
     */
    static Outcome fixed(double[] millicores, int from, int count) {
        Replay replay = new Replay(millicores, from, count);
        for (int minute = 0; minute < millicores.length * MINUTES_OF_VALUE; minute++) {
            replay.serve(minute / MINUTES_OF_VALUE);
        }
        return replay.outcome;
    }

    /**
     * With the number that the rule asks for.
     *
     * @param series whose models may look ahead; new
     */
    static Outcome scaled(double[] millicores, int from, LoadSeries series) {
        Replay replay = new Replay(millicores, from, RULE.min());
        series.lookAhead(START);
        for (int minute = 0; minute < millicores.length * MINUTES_OF_VALUE; minute++) {
            series.add(replay.now, replay.serve(minute / MINUTES_OF_VALUE), true, RULE.stabilization());
            replay.decide(series.load(replay.now, EACH, RULE.stabilization()), minute / MINUTES_OF_VALUE >= from);
        }
        return replay.outcome;
    }

    /** @return millicores that were served */
    private double serve(int value) {
        now = now.plus(MINUTE);
        while (!starting.isEmpty() && !starting.getFirst().isAfter(now)) {
            starting.removeFirst();
        }
        double served = Math.min(millicores[value], (count - starting.size()) * EACH);
        if (value >= from) {
            outcome = outcome.plus(new Outcome(millicores[value], millicores[value] - served, count, 0, 0, true));
        }
        return served;
    }

    private void decide(Load load, boolean counts) {
        switch (RULE.decide(count, changed, load, now)) {
            case ScalingRule.Stays _, ScalingRule.Unknown _, ScalingRule.Capped _ -> {}
            case ScalingRule.More more -> {
                for (int i = count; i < more.count(); i++) {
                    starting.addLast(now.plus(START));
                }
                resize(more.count());
                outcome = counts ? outcome.plus(new Outcome(0, 0, 0, 1, more.forecast() ? 1 : 0, true)) : outcome;
            }
            case ScalingRule.Fewer fewer -> {
                // None is taken away while one of them is not ready.
                if (starting.isEmpty()) {
                    resize(fewer.count());
                }
            }
        }
    }

    private void resize(int wanted) {
        count = wanted;
        changed = now;
        boolean inBounds = RULE.min() <= wanted && wanted <= RULE.max();
        outcome = outcome.plus(new Outcome(0, 0, 0, 0, 0, inBounds));
    }
}
