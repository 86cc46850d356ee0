package dev.drover.cli.plan;

import dev.drover.config.SteadyClock;
import dev.drover.placement.Engine;
import dev.drover.placement.LocalSearchEngine;
import dev.drover.plan.MigrationPricing;

/** The engine that the operator runs. */
final class Engines {
    private Engines() {}

    static Engine ofTheOperator() {
        return new LocalSearchEngine(new SteadyClock(), MigrationPricing::seconds);
    }
}
