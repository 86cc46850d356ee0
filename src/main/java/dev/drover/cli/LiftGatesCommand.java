package dev.drover.cli;

import dev.drover.admission.GateLifter;
import dev.drover.admission.WebhookRegistration;
import dev.drover.cli.option.ClusterOptions;
import dev.drover.config.Pause;
import dev.drover.kubevirt.KubeVirtApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drover lift-gates}: lets every pod start that still waits for Drover's placement. */
@Command(
        name = "lift-gates",
        mixinStandardHelpOptions = true,
        description = {
            "Lifts the placement gate from every pod in the cluster that still has it. What the rules added to the pods stays.",
            "Run it with --stop-admission before Drover is removed; the chart does that by itself."
        })
final class LiftGatesCommand implements Callable<Integer> {

    /** Every API server has noticed by then that the webhook is gone, and no call to it is under way. */
    private static final Duration SETTLING = Duration.ofSeconds(4);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--stop-admission",
            description = "First remove the registration of the webhook, so that no pod gets a new gate.")
    private boolean stopAdmission;

    private final Pause pause = Pause.real();

    @Override
    public Integer call() {
        try (KubernetesClient client = cluster.client()) {
            KubeVirtApi api = new KubeVirtApi(client);
            if (!stopAdmission) {
                return report(GateLifter.liftAll(api));
            }
            new WebhookRegistration(client).remove();
            say("The webhook is no longer registered.");
            GateLifter.Report first = GateLifter.liftAll(api);
            pause.of(SETTLING);
            GateLifter.Report second = GateLifter.liftAll(api);
            // What failed at first may have gone well by now: only the second attempt counts.
            return report(new GateLifter.Report(first.lifted() + second.lifted(), second.failed()));
        }
    }

    private int report(GateLifter.Report report) {
        say("Lifted " + report.lifted() + (report.lifted() == 1 ? " placement gate." : " placement gates."));
        for (Map.Entry<String, String> failure : new TreeMap<>(report.failed()).entrySet()) {
            spec.commandLine()
                    .getErr()
                    .println("drover: the pod (" + failure.getKey() + ") still has its gate: " + failure.getValue()
                            + ". Run the command again.");
        }
        return report.failed().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
