package dev.drover.cli.bench;

import dev.drover.bench.planetlab.DaysReader;
import dev.drover.bench.planetlab.PlanetLabBench;
import dev.drover.bench.planetlab.PlanetLabBench.PolicyKind;
import dev.drover.bench.planetlab.Rules;
import dev.drover.config.SteadyClock;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drover bench planetlab}. */
@Command(
        name = "planetlab",
        mixinStandardHelpOptions = true,
        description =
                "Days of virtual machines on 800 nodes: energy, migrations and demand that is not met. One result a day.")
final class PlanetLabCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--days",
            required = true,
            paramLabel = "DIR",
            description = "A folder with a folder for each day, or a tar archive of it (.tar, .tar.gz).")
    private Path days;

    @Option(
            names = "--policy",
            defaultValue = "drover",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private PolicyKind policy;

    @Option(
            names = "--rules",
            defaultValue = "drover",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Rules rules;

    @Mixin
    private ReportOutput output;

    /** Checked like that of every kind; nothing here is random, and a day is simulated at once. */
    @Mixin
    private EffortOptions effort;

    private final InstantSource clock = new SteadyClock();

    @Override
    public Integer call() {
        effort.effort();
        if (policy == PolicyKind.DROVER && rules != Rules.DROVER) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Drover's policy knows the past only, and these rules are CloudSim's (--rules). Choose --rules drover.");
        }
        return DaysReader.read(days).stream()
                .mapToInt(day -> output.print(PlanetLabBench.run(day, rules, policy, clock)))
                .max()
                .orElseThrow();
    }
}
