package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the operator costs at 100 nodes and 500 virtual machines at rest. Prints a line for each figure; docs/benchmarks.md keeps them. It
 * asserts only what does not depend on how busy the machine is.
 */
@OnTestbed
@Tag("bench")
class OperatorBenchIT {
    private static final int NODES = 100;
    private static final int VMS = 500;
    private static final Duration STARTING = Duration.ofMinutes(15);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration AT_REST = Duration.ofSeconds(180);
    private static final long MOST_KIB = 400 * 1024;
    private static final double MOST_REQUESTS = 5;

    private final Testbed testbed;

    OperatorBenchIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void aClusterAtRestCostsLittle() throws IOException, InterruptedException {
        testbed.addNodes(IntStream.range(0, NODES)
                .mapToObj(i -> NodeShape.plain("node-%03d".formatted(i)).cpu(16).memory("64Gi"))
                .toArray(NodeShape[]::new));
        try (ApiCutter cutter = ApiCutter.before(testbed);
                OperatorProcess operator = OperatorProcess.on(testbed)
                        .through(cutter.kubeconfig())
                        .with("cycle-interval", "10s")
                        .start()) {
            testbed.apply(Yaml.policy("Automatic", "Advise"));
            Vms.named("vm", VMS).demand("0.4").create(testbed);
            Awaiting.until(
                    "%d virtual machines run".formatted(VMS),
                    STARTING,
                    () -> Vms.running(testbed).size(),
                    running -> running >= VMS);
            Thread.sleep(SETTLING.toMillis());
            long before = cutter.requests();
            Thread.sleep(AT_REST.toMillis());
            double perSecond = (double) (cutter.requests() - before) / AT_REST.toSeconds();
            long rss = kibibytes(operator.pid(), "VmRSS");
            System.out.printf("bench operator nodes=%d vms=%d%n", NODES, VMS);
            System.out.printf("bench rssMiB=%d peakRssMiB=%d%n", rss / 1024, kibibytes(operator.pid(), "VmHWM") / 1024);
            System.out.printf("bench requestsPerSecondAtRest=%.2f%n", perSecond);
            operator.metrics()
                    .lines()
                    .filter(line -> line.startsWith("drover_cycle"))
                    .forEach(line -> System.out.println("bench " + line));
            assertThat(rss).as("resident memory in KiB").isLessThanOrEqualTo(MOST_KIB);
            assertThat(perSecond).as("requests per second at rest").isLessThanOrEqualTo(MOST_REQUESTS);
        }
    }

    private static long kibibytes(long pid, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
