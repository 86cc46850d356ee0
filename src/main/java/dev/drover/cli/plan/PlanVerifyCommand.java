package dev.drover.cli.plan;

import dev.drover.cli.option.OutputOption;
import dev.drover.dump.Dump;
import dev.drover.dump.DumpFile;
import dev.drover.dump.Place;
import dev.drover.dump.PlanFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code drover plan verify}: whether a plan breaks anything at any instant. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every instant of a plan by code that shares nothing with what made it: says valid, or each breach and when.",
            "Exit code 0 when the plan is valid, 1 when it is not, 2 when a file cannot be read."
        })
final class PlanVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description =
                    "The plan, as drover plan show -o json prints it; or a MigrationPlan in YAML or JSON, with --dump.")
    private Path file;

    @Option(
            names = "--dump",
            paramLabel = "FILE",
            description = "Check it against this dump, for example a newer one. Default: the dump that the plan holds.")
    private @Nullable Path dumpFile;

    @Mixin
    private OutputOption output;

    /** @param moves how many were judged; @param breaches sentences; empty for a sound plan */
    record Verdict(boolean valid, int moves, List<String> breaches) {}

    @Override
    public Integer call() throws IOException {
        Progress progress = new Progress(spec.commandLine().getErr());
        progress.say("reading " + file);
        PlanFile plan = PlanSource.read(file);
        Place root = Place.root(file.toString());
        Dump dump = dump(plan, root);
        List<PlanFile.PolicyPlan> plans = root.required(plan.policies(), "policies");
        progress.say("checking");
        List<String> breaches = new PlanReview(dump).breaches(plans, root.in("policies"));
        int moves = plans.stream().mapToInt(each -> each.moves().size()).sum();
        Verdict verdict = new Verdict(breaches.isEmpty(), moves, breaches);
        output.print(verdict, out -> print(verdict, out));
        return breaches.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Dump dump(PlanFile plan, Place root) {
        if (dumpFile != null) {
            return Dump.read(dumpFile);
        }
        DumpFile own = plan.dump();
        if (own == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the plan (" + file + ") does not hold the dump that it was made from. Name one with --dump.");
        }
        return Dump.of(own, root.in("dump"));
    }

    private static void print(Verdict verdict, PrintWriter out) {
        out.println(
                verdict.valid() ? "valid: " + verdict.moves() + " moves, nothing broken at any instant" : "not valid:");
        verdict.breaches().forEach(breach -> out.println("  " + breach));
    }
}
