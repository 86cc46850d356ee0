package dev.drover.cli.plan;

import dev.drover.cli.option.OutputOption;
import dev.drover.config.SteadyClock;
import dev.drover.dump.Dump;
import dev.drover.dump.Place;
import dev.drover.dump.PlanFile;
import dev.drover.model.VmId;
import dev.drover.placement.Effort;
import dev.drover.placement.StartDecision;
import dev.drover.reconcile.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drover plan show}: what would be done, why, and how long it would take. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what Drover would do for a dump: the moves with their reasons, what they cost and how long they take, what is broken,",
            "what cannot hold, and where starting virtual machines would go. It decides by the operator's own code, and changes nothing."
        })
final class PlanShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The dump, as drover dump writes it.")
    private Path file;

    @Option(
            names = "--vm",
            paramLabel = "NAMESPACE/NAME",
            description = "Also rank the nodes for this virtual machine, and say why each was not taken.")
    private @Nullable String vm;

    @Mixin
    private OutputOption output;

    @Mixin
    private PlanEffort effort;

    private final InstantSource clock = new SteadyClock();

    @Override
    public Integer call() throws IOException {
        Effort allowed = effort.effort();
        Progress progress = new Progress(spec.commandLine().getErr());
        progress.say("reading " + file);
        Dump dump = Dump.read(file);
        VmId asked = asked(dump);
        progress.say("searching: %d nodes, %d virtual machines, %d constraints"
                .formatted(
                        dump.cluster().nodes().size(),
                        dump.cluster().vms().size(),
                        dump.constraints().size()));
        Instant begun = clock.instant();
        Rehearsal rehearsal = new Rehearsal(dump);
        List<Rehearsal.Answer> answers = rehearsal.run(Engines.ofTheOperator(), allowed);
        List<StartDecision> starts = rehearsal.starts();
        Duration took = Duration.between(begun, clock.instant());
        PlanFile plan = new Answer(dump, rehearsal, answers, starts).file(asked, took);
        output.print(plan, out -> new PlanText(out).print(dump, plan));
        return ExitCode.OK;
    }

    private @Nullable VmId asked(Dump dump) {
        if (vm == null) {
            return null;
        }
        VmId id = PlanFile.vm(vm, new Place("--vm", "its value"));
        if (!dump.cluster().vmIndex().containsKey(id)) {
            throw new ParameterException(
                    spec.commandLine(), "the virtual machine (" + id + ") is not in the dump (" + file + ").");
        }
        return id;
    }
}
