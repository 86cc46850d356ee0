package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** The pod of web-1 waits at the gate, and no node takes it. */
class PlacementGateTest {
    private final Desk desk = Desk.gating(World.shop());
    private final PlacementGate gate = desk.gate();
    private final GatedPod pod = GatedPod.of(GatedPodTest.pod("web-1"), Duration.ofSeconds(10));

    PlacementGateTest() {
        desk.chooser = (cluster, rules, vms, nodes, goal) -> Desk.FIRST.place(cluster, rules, vms, new BitSet(), goal);
        desk.world.gated.add(pod.pod());
        gate.step();
        desk.now = desk.now.plus(AdmissionSettings.DEFAULT.batchQuiet());
        gate.step();
    }

    @Test
    void why_it_found_no_node_is_told_when_its_deadline_has_passed() {
        desk.now = pod.deadline();
        gate.step();

        desk.report().overdue(pod);

        assertThat(desk.told)
                .singleElement()
                .asString()
                .startsWith("GateOverdue")
                .endsWith("no node is open");
    }

    @Test
    void what_is_remembered_of_a_pod_is_forgotten_when_it_is_gone() {
        desk.world.gated.clear();
        gate.step();

        desk.report().overdue(pod);

        assertThat(desk.told).singleElement().asString().contains("No leading replica decided");
    }
}
