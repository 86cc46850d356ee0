package dev.drover.cli.plan;

import dev.drover.config.SteadyClock;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Engine;
import dev.drover.plan.MigrationPricing;

/** The engine that the operator runs. */
final class Engines {
    private Engines() {}

    static Engine ofTheOperator() {
        return new AnytimeEngine(new SteadyClock(), MigrationPricing::seconds);
    }
}
