package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.config.Settings;
import dev.drover.forecast.Load;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which virtual machines count, and for how much. */
class ApplicationLoadsTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final Measurements measurements = new Measurements();
    private final ApplicationLoads loads = new ApplicationLoads(measurements, Settings.DEFAULT);
    private final List<VirtualMachine> machines = new ArrayList<>();
    private final List<VirtualMachineInstance> instances = new ArrayList<>();
    private final ApplicationService service = service("");
    private Instant now = START.plus(Duration.ofHours(1));

    private static ApplicationService service(String members) {
        ApplicationService service = Texts.read(
                ApplicationService.class,
                """
                metadata: {name: shop, namespace: default, uid: shop-uid}
                spec:
                %s
                  applications:
                  - {name: web, scaling: {min: 1, max: 9}, virtualMachines: {template: {spec: {}}}}
                  - {name: db, replicas: 2, virtualMachines: {template: {spec: {}}}}
                """
                        .formatted(members.indent(2)));
        return service;
    }

    @Test
    void theLoadIsTheSumOfAllThatAreReady() {
        ready("web-0", START);
        ready("web-1", START);
        ready("db-0", START);
        measure("web-0", 700);
        measure("web-1", 800);
        measure("db-0", 5000);

        read();

        assertThat(load().now()).isEqualTo(1500);
        assertThat(load().each()).isEqualTo(2000);
        assertThat(load().wholeSince()).isEqualTo(now);
        assertThat(loads.load("shop-uid", "db", now)).isEqualTo(Load.UNKNOWN);
    }

    @Test
    void whatIsNotReadyServesNobody() {
        ready("web-0", START);
        there("web-1", "False", START);
        measure("web-0", 700);
        measure("web-1", 2000);

        read();

        assertThat(load().now()).isEqualTo(700);
        assertThat(load().wholeSince()).as("nothing is missing").isEqualTo(now);
    }

    @Test
    void whatHasJustBecomeReadyIsStillAtItsStart() {
        ready("web-0", START);
        ready("web-1", now.minusSeconds(10));
        measure("web-0", 700);
        measure("web-1", 2000);

        read();

        assertThat(load().now()).isEqualTo(700);
        assertThat(load().wholeSince()).as("it may serve already").isNull();
    }

    @Test
    void ofOneThatIsNotMeasuredAnyMoreTheLoadIsMissing() {
        ready("web-0", START);
        ready("web-1", START);
        measure("web-1", 900);
        now = now.plus(Settings.DEFAULT.metricsStaleAfter()).plusSeconds(1);
        measure("web-0", 700);

        read();

        assertThat(load().now()).isEqualTo(700);
        assertThat(load().wholeSince()).isNull();
    }

    @Test
    void withoutAnyMeasurementNothingIsKnown() {
        ready("web-0", START);

        read();

        assertThat(load()).isEqualTo(Load.UNKNOWN);
    }

    @Test
    void aCopyOfOneDoesNotCount() {
        ready("web-0", START);
        copy("web-0", "web-7");
        measure("web-0", 700);
        measure("web-7", 900);

        read();

        assertThat(load().now()).isEqualTo(700);
    }

    @Test
    void whereRunningIsEnoughItsProbeSaysNothing() {
        there("web-0", "False", START);
        measure("web-0", 700);

        loads.read(seen(service("supervision: VirtualMachine")), now);

        assertThat(load().now()).isEqualTo(700);
    }

    @Test
    void theForecastLooksAsFarAheadAsAVirtualMachineTookToBecomeReady() {
        ready("web-0", START.plus(Duration.ofMinutes(11)));
        for (int look = 0; look < 4 * 60 * 3; look++) {
            measure("web-0", 700);
            read();
            now = now.plusSeconds(15);
        }

        assertThat(load().time()).isEqualTo(Instant.parse("2026-01-01T16:10:00Z"));
    }

    @Test
    void aServiceThatIsGoneIsForgotten() {
        ready("web-0", START);
        measure("web-0", 700);
        read();

        loads.read(seen(), now);

        assertThat(load()).isEqualTo(Load.UNKNOWN);
    }

    private void read() {
        loads.read(seen(service), now);
    }

    private Machines seen(ApplicationService... services) {
        return new Machines(
                machines, instances, List.of(), List.of(), List.of(services), List.of(), List.of(), List.of());
    }

    /** Somebody copies it with all that is written on it. */
    private void copy(String name, String copy) {
        instances.add(instance(copy, "True", START));
        machines.add(machine(copy, name));
    }

    private static VirtualMachine machine(String name, String madeAs) {
        return Texts.read(
                VirtualMachine.class,
                """
                metadata:
                  name: %s
                  namespace: default
                  annotations: {drover.dev/made-for: shop-uid/%s/%s}
                spec: {template: {}}
                """
                        .formatted(name, madeAs.substring(0, madeAs.indexOf('-')), madeAs));
    }

    private Load load() {
        return loads.load("shop-uid", "web", now);
    }

    private void ready(String name, Instant since) {
        there(name, "True", since);
    }

    private void there(String name, String ready, Instant since) {
        instances.add(instance(name, ready, since));
        machines.add(machine(name, name));
    }

    private void measure(String name, long millis) {
        measurements.add("uid-" + name, "", now, Resources.of(millis, 0));
    }

    private static VirtualMachineInstance instance(String name, String ready, Instant since) {
        return Texts.read(
                VirtualMachineInstance.class,
                """
                metadata:
                  name: %s
                  namespace: default
                  uid: uid-%s
                  creationTimestamp: %s
                spec: {domain: {cpu: {cores: 2}}}
                status:
                  phase: Running
                  nodeName: node-1
                  conditions: [{type: Ready, status: '%s', lastTransitionTime: '%s'}]
                  phaseTransitionTimestamps: [{phase: Running, phaseTransitionTimestamp: '%s'}]
                """
                        .formatted(name, name, START, ready, since, START));
    }
}
