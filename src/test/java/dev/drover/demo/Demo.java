package dev.drover.demo;

import java.io.Console;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** {@code make demo}. Ends with 0 when every expectation held, else with 1; on a terminal it stays up until Ctrl-C. */
public final class Demo {

    private final Narrator narrator;
    private final Stage stage = new Stage();
    private final Scenario scenario;
    private final Expectations expectations;

    private Demo(Scenario scenario, Narrator narrator) {
        this.scenario = scenario;
        this.expectations = scenario.expectations();
        this.narrator = narrator;
    }

    public static void main(String... arguments) throws InterruptedException {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        boolean colour = terminal && System.getenv("NO_COLOR") == null;
        Demo demo = new Demo(chosen(arguments), new Narrator(System.out, InstantSource.system(), colour));
        // However it ends, also by Ctrl-C, nothing is left running.
        Runtime.getRuntime().addShutdownHook(new Thread(demo::end));
        System.exit(demo.run(terminal));
    }

    private static Scenario chosen(String... arguments) {
        try {
            return Scenario.of(arguments.length == 0 ? "balance" : arguments[0]);
        } catch (IllegalArgumentException unknown) {
            System.err.println("demo: " + unknown.getMessage());
            System.exit(2);
            throw unknown;
        }
    }

    private int run(boolean terminal) throws InterruptedException {
        narrator.plain("Drover on a real Kubernetes and KubeVirt control plane on this machine.");
        try (Witness witness = new Prologue(stage, narrator).tell(scenario)) {
            scenario.story(stage, narrator, expectations, witness).tell();
        } catch (RuntimeException | AssertionError failure) {
            if (stage.closed()) {
                return 1;
            }
            narrator.bad("The demo cannot go on: " + failure);
        }
        narrator.chapter("What was to be shown");
        expectations.tell(narrator);
        if (!expectations.allHeld() && stage.hasOperator()) {
            tellLog();
        }
        if (terminal && stage.hasOperator()) {
            stay();
        }
        return expectations.allHeld() ? 0 : 1;
    }

    private void tellLog() {
        narrator.plain("");
        narrator.plain("The end of the operator's log (" + stage.operatorLog() + "):");
        stage.operator().lastWords().lines().forEach(line -> narrator.plain("  " + line));
    }

    private void stay() throws InterruptedException {
        narrator.plain(
                """

                All of it stays up until you press Ctrl-C. Look around in another terminal:

                  export KUBECONFIG=%s
                  kubectl get drover -A
                  kubectl get vmi -n shop -o wide
                  kubectl top nodes
                  kubectl describe placementconstraint -n shop databases-off-ssd
                  kubectl annotate vmi -n shop --overwrite web-0 demo.drover.dev/cpu=3.5    # its guest works harder
                """
                        .formatted(stage.testbed().kubeconfig()));
        new CountDownLatch(1).await();
    }

    private void end() {
        narrator.plain("");
        narrator.plain("Stopping the operator and the control plane.");
        stage.close();
    }
}
