package dev.drover.app;

import dev.drover.cli.DroverCommand;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process: hands over to the command line, whose verb {@code operator} starts the application container. */
@QuarkusMain
public final class Drover {

    private Drover() {}

    public static void main(String... arguments) {
        System.exit(DroverCommand.run(arguments));
    }
}
