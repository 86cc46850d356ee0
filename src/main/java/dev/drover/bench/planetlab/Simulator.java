package dev.drover.bench.planetlab;

import dev.drover.bench.planetlab.Run.Figures;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Runs one policy through one day. */
final class Simulator {
    private static final double JOULES_PER_KWH = 3.6e6;

    private final Day day;
    private final Rules rules;
    private final Floor floor;
    private final List<int[]> placed = new ArrayList<>();
    private double joules;
    private double demand;
    private double unmet;
    private double degraded;
    private long on;
    private long overloaded;

    private Simulator(Day day, Rules rules) {
        this.day = day;
        this.rules = rules;
        floor = new Floor(day.vms());
    }

    static Run run(Day day, Rules rules, Policy policy) {
        return new Simulator(day, rules).run(policy);
    }

    private Run run(Policy policy) {
        start();
        serve(0);
        for (int step = 1; step < Day.STEPS; step++) {
            floor.enter(step);
            if (rules == Rules.CLOUDSIM) {
                leave(step - 1);
            }
            policy.decide(floor, new History(day, rules.seesPresent() ? step : step - 1));
            serve(step);
        }
        for (Move move : floor.moves()) {
            degraded += 0.1
                    * day.demand(move.vm(), move.step())
                    * day.kind(move.vm()).migrationSeconds();
        }
        return new Run(day, rules, placed, floor.moves(), figures());
    }

    private void start() {
        for (int vm = 0; vm < day.vms(); vm++) {
            if (rules == Rules.DROVER) {
                floor.put(vm, vm % Day.NODES);
            }
        }
        if (rules != Rules.DROVER) {
            startByFullSize();
        }
    }

    /** CloudSim places in the order of the files, each VM by its full size and, this once, by memory; what finds no room never starts. */
    private void startByFullSize() {
        Loads before = new Loads();
        Loads now = new Loads();
        int[] memory = new int[Day.NODES];
        for (int vm = 0; vm < day.vms(); vm++) {
            VmKind kind = day.kind(vm);
            BitSet full = new BitSet();
            for (int node = 0; node < Day.NODES; node++) {
                full.set(node, memory[node] + kind.memory() > NodeKind.MEMORY);
            }
            int node = ThresholdPolicy.cheapest(kind.mips(), full, before, now);
            if (node != Floor.NOWHERE) {
                floor.put(vm, node);
                now.add(node, kind.mips());
                memory[node] += kind.memory();
            }
        }
    }

    private void leave(int step) {
        for (int vm = 0; vm < day.vms(); vm++) {
            if (floor.nodeOf(vm) != Floor.NOWHERE && day.demand(vm, step) == 0 && day.demand(vm, step + 1) == 0) {
                floor.put(vm, Floor.NOWHERE);
            }
        }
    }

    private void serve(int step) {
        Loads loads = Loads.of(floor, new History(day, step));
        placed.add(floor.nodes());
        for (int node = 0; node < Day.NODES; node++) {
            double mips = loads.mips(node);
            demand += mips * Day.STEP_SECONDS;
            boolean isOn = rules == Rules.DROVER ? !floor.isEmpty(node) : mips > 0;
            if (!isOn) {
                continue;
            }
            NodeKind kind = NodeKind.of(node);
            on++;
            overloaded += mips > kind.capacity() ? 1 : 0;
            unmet += Math.max(0, mips - kind.capacity()) * Day.STEP_SECONDS;
            joules += step == 0 ? 0 : kind.watts(mips) * Day.STEP_SECONDS;
        }
    }

    private Figures figures() {
        return new Figures(
                joules / JOULES_PER_KWH,
                floor.moves().size(),
                100.0 * overloaded / Math.max(1, on),
                100 * unmet / Math.max(1, demand),
                100 * degraded / Math.max(1, demand));
    }
}
