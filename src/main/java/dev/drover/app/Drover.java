package dev.drover.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process: one operator, one admission webhook, one management port. */
@QuarkusMain
public final class Drover {

    private Drover() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
