package dev.drover.cli;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code drover operator}: runs the operator until it is stopped, in a pod or, with {@code --local}, on this machine. */
@Command(name = "operator", description = "Runs the operator until it is stopped.")
final class OperatorCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        cluster.select();
        Quarkus.run();
        return CommandLine.ExitCode.OK;
    }
}
