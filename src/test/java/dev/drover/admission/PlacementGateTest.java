package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pod of web-1 waits at the gate, and no node takes it. */
class PlacementGateTest {
    private final Desk desk = Desk.gating(World.shop());
    private final PlacementGate gate = desk.gate();
    private final GatedPod pod = GatedPod.of(GatedPodTest.pod("web-1"), Duration.ofSeconds(10));

    PlacementGateTest() {
        desk.world.full();
        desk.world.gated.add(pod.pod());
        gate.step();
        desk.now = desk.now.plus(AdmissionSettings.DEFAULT.batchQuiet());
        gate.step();
    }

    @Test
    void why_it_found_no_node_is_told_at_once_and_only_once() {
        gate.step();

        assertThat(desk.told)
                .singleElement()
                .asString()
                .isEqualTo("NoNodeYet: The pod (shop/virt-launcher-web-1) waits at the gate, until "
                        + "2026-03-01T12:00:10Z at the latest. 0 of 4 nodes: 4 too little pods");
    }

    @Test
    void another_reason_is_told_but_not_in_the_same_breath() {
        desk.told.clear();
        desk.report().waits(pod, "0 of 4 nodes: 3 too little pods, 1 cordoned");
        assertThat(desk.told).isEmpty();

        desk.now = desk.now.plusSeconds(10);
        desk.report().waits(pod, "0 of 4 nodes: 2 too little pods, 2 cordoned");
        assertThat(desk.told).singleElement().asString().endsWith("2 cordoned");
    }

    @Test
    void why_it_found_no_node_is_told_when_its_deadline_has_passed() {
        desk.now = pod.deadline();
        gate.step();

        desk.told.clear();
        desk.report().overdue(pod);

        assertThat(desk.told)
                .singleElement()
                .asString()
                .startsWith("GateOverdue")
                .endsWith("0 of 4 nodes: 4 too little pods");
    }

    @Test
    void what_is_remembered_of_a_pod_is_forgotten_when_it_is_gone() {
        desk.world.gated.clear();
        gate.step();

        desk.told.clear();
        desk.report().overdue(pod);

        assertThat(desk.told).singleElement().asString().contains("No leading replica decided");
    }
}
