package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.api.Definitions;
import dev.drover.system.Vms;
import dev.drover.system.Yaml;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Demand;
import dev.drover.testbed.player.VmId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the installed operator costs at 100 nodes and 500 virtual machines, at rest and at work: its own rights and settings, the options
 * of the image and the memory limit of the chart. Prints a line for each figure; docs/benchmarks.md keeps them. It fails at what does not
 * depend on how busy the machine is.
 */
@OnTestbed
@Tag("bench")
class OperatorBenchIT {
    private static final int NODES = 100;
    private static final int VMS = 500;
    private static final int HOT_NODES = 20;
    private static final double HOT_CORES = 1.7;
    private static final double GIB = 1L << 30;
    private static final Duration STARTING = Duration.ofMinutes(25);
    private static final Duration REPORTING = Duration.ofMinutes(10);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration MEASURED = Duration.ofSeconds(180);
    private static final long MOST_KIB = 400 * 1024;
    private static final double MOST_REQUESTS = 5;
    private static final double MOST_CYCLE_MILLIS = 250;

    private final Testbed testbed;

    @TempDir
    Path folder;

    OperatorBenchIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void whatTheOperatorCosts() throws IOException, InterruptedException {
        Definitions.install(testbed.client());
        Installation installation = Installation.of(testbed, folder);
        testbed.addNodes(IntStream.range(0, NODES)
                .mapToObj(i -> NodeShape.plain("node-%03d".formatted(i)).cpu(8).memory("64Gi"))
                .toArray(NodeShape[]::new));
        testbed.apply(Yaml.policy("Automatic", "Advise"));
        Vms.named("vm", VMS).size("500m", "1Gi").cores(2).demand("0.4").create(testbed);
        await("VirtualMachineInstance", VMS, STARTING);
        try (Operator operator = installation.start(asInTheImage())) {
            await("VirtualMachinePlacement", VMS, REPORTING);
            System.out.printf(
                    "bench at the start longestCycleSeconds=%.2f%n",
                    Window.metric(installation, "drover_cycle_seconds_max"));
            Thread.sleep(SETTLING);
            Window rest = Window.over(operator, installation, MEASURED);
            rest.print("at rest");
            heat();
            Window.over(operator, installation, MEASURED).print("at work");
            assertThat(operator.alive()).as(operator.log()).isTrue();
            assertThat(rest.rssKib()).as("resident memory in KiB").isLessThanOrEqualTo(MOST_KIB);
            assertThat(rest.requestsPerSecond())
                    .as("requests per second at rest")
                    .isLessThanOrEqualTo(MOST_REQUESTS);
            assertThat(rest.loopMillisPerCycle())
                    .as("processor time of a cycle at rest, in ms")
                    .isLessThanOrEqualTo(MOST_CYCLE_MILLIS);
        }
    }

    /** What one stretch of time cost. */
    private record Window(
            Duration time,
            long rssKib,
            long peakKib,
            Map<String, Long> requests,
            double processMillis,
            double loopMillis,
            double cycles,
            List<String> metrics) {

        static Window over(Operator operator, Installation installation, Duration time)
                throws IOException, InterruptedException {
            AuditLog log = AuditLog.fromNow(installation.testbed(), "drover");
            ProcessTimes times = new ProcessTimes(operator.pid());
            double process = times.processMillis();
            double loop = times.threadMillis("cluster-loop");
            double cycles = metric(installation, "drover_cycle_seconds_count");
            Thread.sleep(time);
            return new Window(
                    time,
                    times.kibibytes("VmRSS"),
                    times.kibibytes("VmHWM"),
                    log.counted(),
                    times.processMillis() - process,
                    times.threadMillis("cluster-loop") - loop,
                    metric(installation, "drover_cycle_seconds_count") - cycles,
                    installation
                            .get("/q/metrics")
                            .lines()
                            .filter(text -> text.startsWith("drover_cycle"))
                            .toList());
        }

        private static double metric(Installation installation, String name) {
            return installation
                    .get("/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }

        double requestsPerSecond() {
            return requests.values().stream().mapToLong(count -> count).sum() / (double) time.toSeconds();
        }

        double loopMillisPerCycle() {
            return loopMillis / Math.max(1, cycles);
        }

        void print(String when) {
            System.out.printf("bench %s, %d nodes, %d virtual machines, %d s%n", when, NODES, VMS, time.toSeconds());
            System.out.printf("bench %s rssMiB=%d peakRssMiB=%d%n", when, rssKib / 1024, peakKib / 1024);
            System.out.printf("bench %s requestsPerSecond=%.2f %s%n", when, requestsPerSecond(), requests);
            System.out.printf(
                    "bench %s cores=%.3f cycles=%.0f processorMillisPerCycle=%.1f%n",
                    when, processMillis / time.toMillis(), cycles, loopMillisPerCycle());
            metrics.forEach(line -> System.out.println("bench " + when + " " + line));
        }
    }

    /** The options of the image's entry point, and as much memory as the chart gives its container. */
    private static List<String> asInTheImage() throws IOException {
        String entryPoint = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("ENTRYPOINT"))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>();
        new ObjectMapper()
                .readTree(entryPoint.substring("ENTRYPOINT".length()))
                .forEach(word -> words.add(word.asText()));
        JsonNode deployment = Chart.named(new Chart(4).objects(ChartValues.DEFAULTS), "Deployment", "drover");
        String limit = deployment
                .at("/spec/template/spec/containers/0/resources/limits/memory")
                .asText();
        List<String> options = new ArrayList<>(words.subList(1, words.indexOf("-jar")));
        options.add("-XX:MaxRAM=" + limit.replace("Mi", "m"));
        // A lease that is renewed late on a busy machine must not end the measurement.
        options.add("-Ddrover.lease-duration=60s");
        return options;
    }

    /** The virtual machines on some nodes ask for four times as much. */
    private void heat() {
        Vms.running(testbed).forEach((vm, node) -> {
            if (Integer.parseInt(node.substring("node-".length())) < HOT_NODES) {
                testbed.player().demand(VmId.of(vm), Demand.constant(HOT_CORES, GIB / 2));
            }
        });
    }

    /** Looks seldom: what is looked at is large, and who looks shares the machine with those who work. */
    private void await(String kind, int count, Duration limit) {
        String version = kind.equals("VirtualMachineInstance") ? "kubevirt.io/v1" : "drover.dev/v1alpha1";
        Awaitility.await(count + " of " + kind)
                .pollInterval(Duration.ofSeconds(10))
                .atMost(limit)
                .until(
                        () -> testbed
                                        .client()
                                        .genericKubernetesResources(version, kind)
                                        .inNamespace("default")
                                        .list()
                                        .getItems()
                                        .stream()
                                        .filter(object -> object.get("status") != null
                                                && (!kind.equals("VirtualMachineInstance")
                                                        || "Running".equals(object.get("status", "phase"))))
                                        .count()
                                >= count);
    }
}
