package dev.drover.bench.planetlab;

import java.util.List;

/**
 * What happened on one day.
 *
 * @param placed the node of each VM during each step
 */
record Run(Day day, Rules rules, List<int[]> placed, List<Move> moves, Figures figures) {

    /**
     * @param energyKWh   of all nodes, step 0 not counted
     * @param slatahPercent of the steps of all nodes that are on, those in which a node's demand is above its capacity
     * @param unmetPercent of all demand, what was above the capacity of its node
     * @param pdmPercent  of all demand, a tenth of that of the moving VMs while they move
     */
    record Figures(double energyKWh, int migrations, double slatahPercent, double unmetPercent, double pdmPercent) {
        double slavPercent() {
            return slatahPercent * pdmPercent / 100;
        }
    }
}
