package dev.drover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drover version}: the version of this program and of the Java that runs it. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (String line : getVersion()) {
            spec.commandLine().getOut().println(line);
        }
        return CommandLine.ExitCode.OK;
    }

    @Override
    public String[] getVersion() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        // Classes that are not run from a jar carry no version.
        return new String[] {
            "drover " + (version == null ? "unpackaged" : version) + " (Java "
                    + Runtime.version().feature() + ")"
        };
    }
}
