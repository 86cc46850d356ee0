package dev.drover.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.Config;

/** Gives the running process its settings and its clock. */
@Singleton
final class Environment {

    @Produces
    @Singleton
    Settings settings(Config config) {
        return Settings.read(name ->
                config.getOptionalValue(Settings.property(name), String.class).orElse(null));
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return new SteadyClock();
    }
}
