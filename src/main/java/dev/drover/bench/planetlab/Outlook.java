package dev.drover.bench.planetlab;

import dev.drover.forecast.DecayedMoments;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What each VM is expected to ask for: its own decayed mean, and its own decayed variance drawn towards that of all VMs, the less the
 * more is known, because a few values say little of how far a VM may jump.
 */
final class Outlook {
    /** How many values the difference between VMs is worth as a guess of what one VM does in the course of time. */
    private static final double DIFFERENCE = 2;

    private final Caution caution;
    private final List<DecayedMoments> percent;
    private final double[] mean;
    private final double[] variance;
    private int known;

    Outlook(int vms, Caution caution) {
        this.caution = caution;
        percent = IntStream.range(0, vms)
                .mapToObj(_ -> new DecayedMoments(caution.halfLife()))
                .toList();
        mean = new double[vms];
        variance = new double[vms];
    }

    /** Takes in what became known since the last time. */
    void learn(History history) {
        for (; known <= history.last(); known++) {
            for (int vm = 0; vm < percent.size(); vm++) {
                percent.get(vm)
                        .observe(100
                                * history.demand(vm, known)
                                / history.kind(vm).mips());
            }
        }
        double weight = percent.getFirst().weight();
        double others = caution.varianceOfAll();
        double varianceOfAll = caution.varianceShare() * varianceOfAll(weight);
        for (int vm = 0; vm < mean.length; vm++) {
            DecayedMoments own = percent.get(vm);
            double mips = history.kind(vm).mips() / 100.0;
            mean[vm] = mips * own.mean();
            variance[vm] = mips * mips * (weight * own.variance() + others * varianceOfAll) / (weight + others);
        }
    }

    /** While little was seen of how one VM varies in time, how the VMs differ stands for it. */
    private double varianceOfAll(double weight) {
        double meanOfAll = average(DecayedMoments::mean);
        double between = average(own -> (own.mean() - meanOfAll) * (own.mean() - meanOfAll));
        double within = average(DecayedMoments::variance);
        return weight < 2 ? between : (weight * within + DIFFERENCE * between) / (weight + DIFFERENCE);
    }

    private double average(ToDoubleFunction<DecayedMoments> figure) {
        return percent.stream().mapToDouble(figure).average().orElse(0);
    }

    /** MIPS. */
    double mean(int vm) {
        return mean[vm];
    }

    /** Of the MIPS. */
    double variance(int vm) {
        return variance[vm];
    }
}
