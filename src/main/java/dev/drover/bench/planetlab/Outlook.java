package dev.drover.bench.planetlab;

import dev.drover.forecast.DecayedMoments;
import java.util.ArrayList;
import java.util.List;

/**
 * What each VM is expected to ask for, by its own decayed mean and variance. A few values say little of a VM, so both are drawn
 * towards those of all VMs, the less the more is known.
 */
final class Outlook {
    /** How many values the difference between VMs is worth as a guess of what one VM does in the course of time. */
    private static final double DIFFERENCE = 2;

    private final Caution caution;
    private final List<DecayedMoments> percent = new ArrayList<>();
    private final double[] mean;
    private final double[] variance;
    private int known;

    Outlook(int vms, Caution caution) {
        this.caution = caution;
        for (int vm = 0; vm < vms; vm++) {
            percent.add(new DecayedMoments(caution.halfLife()));
        }
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
        expect(history);
    }

    private void expect(History history) {
        double weight = percent.getFirst().weight();
        double meanOfAll =
                percent.stream().mapToDouble(DecayedMoments::mean).average().orElse(0);
        double within =
                percent.stream().mapToDouble(DecayedMoments::variance).average().orElse(0);
        double between = percent.stream()
                .mapToDouble(own -> (own.mean() - meanOfAll) * (own.mean() - meanOfAll))
                .average()
                .orElse(0);
        double varianceOfAll = caution.varianceShare()
                * (weight < 2 ? between : (weight * within + DIFFERENCE * between) / (weight + DIFFERENCE));
        for (int vm = 0; vm < mean.length; vm++) {
            DecayedMoments own = percent.get(vm);
            double mips = history.kind(vm).mips() / 100.0;
            mean[vm] = mips * (weight * own.mean() + caution.meanOfAll() * meanOfAll) / (weight + caution.meanOfAll());
            variance[vm] = mips
                    * mips
                    * (weight * own.variance() + caution.varianceOfAll() * varianceOfAll)
                    / (weight + caution.varianceOfAll());
        }
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
