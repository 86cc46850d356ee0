package dev.drover.bench.planetlab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replays the moves of a run and counts its figures anew, from the rules as they are written and with plain collections. */
final class RunEvaluator {
    private static final double[] WATTS_G4 = {86, 89.4, 92.6, 96, 99.5, 102, 106, 108, 112, 114, 117};
    private static final double[] WATTS_G5 = {93.7, 97, 101, 105, 110, 116, 121, 125, 129, 133, 135};
    private static final double SAME = 1e-6;

    private final Run run;
    private final List<String> breaches = new ArrayList<>();
    private double wattHours;
    private double asked;
    private double unmet;
    private double degraded;
    private int on;
    private int over;

    private RunEvaluator(Run run) {
        this.run = run;
    }

    /** What is wrong, a sentence each; empty when the run is valid and its figures are right. */
    static List<String> breaches(Run run) {
        RunEvaluator evaluator = new RunEvaluator(run);
        evaluator.replay();
        evaluator.compare();
        return evaluator.breaches;
    }

    private void replay() {
        Map<Integer, Integer> nodeOf = new HashMap<>();
        for (int vm = 0; vm < run.day().vms(); vm++) {
            nodeOf.put(vm, run.rules() == Rules.DROVER ? vm % 800 : run.placed().getFirst()[vm]);
        }
        for (int step = 0; step < 288; step++) {
            for (Move move : run.moves()) {
                if (move.step() == step) {
                    follow(nodeOf, move);
                }
            }
            check(nodeOf, step);
            count(nodeOf, step);
        }
    }

    private void follow(Map<Integer, Integer> nodeOf, Move move) {
        Integer from = nodeOf.put(move.vm(), move.to());
        if (from == null || from != move.from() || move.to() < 0 || move.to() >= 800 || move.to() == from) {
            breaches.add(move + " starts from node " + from);
        }
        double seconds = List.of(870, 1740, 1740, 613).get(kind(move.vm())) / 62.5;
        degraded += 0.1 * demand(move.vm(), move.step()) * seconds;
    }

    /** Everything is where the run says; under the rules of CloudSim what is idle in two steps may have left. */
    private void check(Map<Integer, Integer> nodeOf, int step) {
        for (int vm = 0; vm < run.day().vms(); vm++) {
            int said = run.placed().get(step)[vm];
            boolean mayLeave =
                    run.rules() == Rules.CLOUDSIM && step > 0 && demand(vm, step - 1) == 0 && demand(vm, step) == 0;
            if (said == -1 && mayLeave) {
                nodeOf.put(vm, -1);
            } else if (said != nodeOf.get(vm)) {
                breaches.add("in step " + step + " VM " + vm + " is on node " + nodeOf.get(vm) + " and not on " + said);
            }
        }
    }

    private void count(Map<Integer, Integer> nodeOf, int step) {
        Map<Integer, Double> loads = new HashMap<>();
        nodeOf.forEach((vm, node) -> {
            if (node >= 0) {
                loads.merge(node, demand(vm, step), Double::sum);
            }
        });
        if (run.rules() != Rules.DROVER) {
            loads.values().removeIf(load -> load == 0);
        }
        loads.forEach((node, load) -> {
            double capacity = node % 2 == 0 ? 3720 : 5320;
            on++;
            over += load > capacity ? 1 : 0;
            asked += load * 300;
            unmet += load > capacity ? (load - capacity) * 300 : 0;
            wattHours += step == 0 ? 0 : watts(node, Math.min(1, load / capacity)) / 12;
        });
    }

    private static double watts(int node, double share) {
        double[] watts = node % 2 == 0 ? WATTS_G4 : WATTS_G5;
        int tenth = (int) Math.floor(share * 10);
        return tenth == 10 ? watts[10] : watts[tenth] + (share * 10 - tenth) * (watts[tenth + 1] - watts[tenth]);
    }

    private double demand(int vm, int step) {
        return List.of(2500, 2000, 1000, 500).get(kind(vm))
                / 100.0
                * run.day().percent().get(vm)[step];
    }

    private int kind(int vm) {
        return vm / (int) Math.ceil(run.day().vms() / 4.0);
    }

    private void compare() {
        Run.Figures figures = run.figures();
        same("energy", figures.energyKWh(), wattHours / 1000);
        same("migrations", figures.migrations(), run.moves().size());
        same("SLATAH", figures.slatahPercent(), 100.0 * over / Math.max(1, on));
        same("unmet demand", figures.unmetPercent(), 100 * unmet / Math.max(1, asked));
        same("PDM", figures.pdmPercent(), 100 * degraded / Math.max(1, asked));
    }

    private void same(String what, double said, double counted) {
        if (!(Math.abs(said - counted) <= SAME * Math.max(1, Math.abs(counted)))) {
            breaches.add(what + " is " + counted + " and not " + said);
        }
    }
}
