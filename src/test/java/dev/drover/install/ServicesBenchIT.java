package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.system.Vms;
import dev.drover.system.Yaml;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What 200 services that adopt 2,000 virtual machines cost on the API server and in the operator: at rest, and when one virtual machine
 * changes its application. The virtual machines are halted, so that it is services that are measured. Prints a line for each figure;
 * docs/benchmarks.md keeps them.
 */
@OnTestbed
@Tag("bench")
class ServicesBenchIT {
    private static final int SERVICES = 200;
    private static final int OF_EACH = 10;
    private static final int AT_ONCE = 8;
    private static final Duration TELLING = Duration.ofMinutes(10);
    private static final Duration SETTLING = Duration.ofSeconds(45);
    private static final Duration MEASURED = Duration.ofSeconds(120);
    private static final Duration REACTING = Duration.ofSeconds(20);
    private static final double MOST_WRITES_A_MINUTE = 5;
    private static final long MOST_WRITES_OF_A_CHANGE = 4;

    private final Testbed testbed;

    @TempDir
    Path folder;

    ServicesBenchIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @Test
    void whatServicesCost() throws Exception {
        Definitions.install(testbed.client());
        Installation installation = Installation.of(testbed, folder);
        testbed.apply(Yaml.policy("Recommend", "Advise"));
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            objects.add(service(i));
            objects.addAll(halted("front", i));
            objects.addAll(halted("back", i));
        }
        applyAll(objects);
        try (Operator operator = installation.start(List.of("-Ddrover.lease-duration=60s"))) {
            Awaitility.await("Each service tells of its virtual machines")
                    .pollInterval(Duration.ofSeconds(5))
                    .atMost(TELLING)
                    .until(() -> services().stream()
                                    .filter(service -> service.getStatus() != null
                                            && Integer.valueOf(OF_EACH)
                                                    .equals(service.getStatus().desiredVirtualMachines()))
                                    .count()
                            == SERVICES);
            Thread.sleep(SETTLING);
            long atRest = writes(operator, MEASURED, "at rest");
            relabel("front-0-0", "back-0");
            long ofChange = writes(operator, REACTING, "after a change of one virtual machine");
            assertThat(operator.alive()).as(operator.log()).isTrue();
            assertThat(atRest / (MEASURED.toSeconds() / 60.0)).isLessThanOrEqualTo(MOST_WRITES_A_MINUTE);
            assertThat(ofChange).isBetween(1L, MOST_WRITES_OF_A_CHANGE);
        }
    }

    /** How often the operator wrote anything but its lease. */
    private long writes(Operator operator, Duration time, String when) throws IOException, InterruptedException {
        AuditLog log = AuditLog.fromNow(testbed, "drover");
        ProcessTimes times = new ProcessTimes(operator.pid());
        double before = times.processMillis();
        Thread.sleep(time);
        Map<String, Long> requests = log.counted();
        long writes = requests.entrySet().stream()
                .filter(entry -> entry.getKey().matches("(create|update|patch|delete) .*")
                        && !entry.getKey().contains(" leases")
                        && !entry.getKey().contains("reviews"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        System.out.printf(
                "bench %s: %d services, %d virtual machines, %d s, writes=%d, rssMiB=%d, cores=%.3f, %s%n",
                when,
                SERVICES,
                SERVICES * OF_EACH,
                time.toSeconds(),
                writes,
                times.kibibytes("VmRSS") / 1024,
                (times.processMillis() - before) / time.toMillis(),
                requests);
        return writes;
    }

    private List<ApplicationService> services() {
        return testbed.client()
                .resources(ApplicationService.class)
                .inNamespace("default")
                .list()
                .getItems();
    }

    private void relabel(String machine, String app) {
        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName(machine)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\": {\"template\": {\"metadata\": {\"labels\": {\"app\": \"%s\"}}}}}".formatted(app));
    }

    private void applyAll(List<String> objects) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<? extends Future<?>> applied = objects.stream()
                    .map(object -> threads.submit(() -> testbed.apply(object)))
                    .toList();
            for (Future<?> one : applied) {
                one.get();
            }
        }
    }

    private static List<String> halted(String tier, int service) {
        return IntStream.range(0, OF_EACH / 2)
                .mapToObj(i -> Vms.halted("%s-%d-%d".formatted(tier, service, i), "%s-%d".formatted(tier, service)))
                .toList();
    }

    private static String service(int number) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: ApplicationService
                metadata: {name: service-%1$d, namespace: default}
                spec:
                  applications:
                  - {name: back, virtualMachines: {selector: {matchLabels: {app: back-%1$d}}}}
                  - {name: front, dependsOn: [{application: back}], virtualMachines: {selector: {matchLabels: {app: front-%1$d}}}}
                """
                .formatted(number);
    }
}
