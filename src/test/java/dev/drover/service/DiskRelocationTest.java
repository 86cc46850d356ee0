package dev.drover.service;

import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.machine;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.RelocationDisk;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import dev.drover.service.disk.DiskAim;
import dev.drover.service.disk.DiskProgress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is decided for a virtual machine with disks that have to be copied, when a person orders it to another node. */
class DiskRelocationTest {
    private static final String DB = application("db", 2, "relocation: LiveOrCold");
    private static final String PAIR = service("", DB);
    private static final String STOPPED = service("runPolicy: Stopped", DB);
    private static final List<RelocationDisk> DISKS = List.of(new RelocationDisk("data-0", "pv-1", null, null));
    private static final List<RelocationDisk> COPIED = List.of(new RelocationDisk("data-0", "pv-1", "pv-2", "sum"));

    private final Farm farm = ordered();

    @Test
    void itsDisksAreMadeBeforeItStopsCopiedWhileItIsStoppedAndCleanedWhenItIsReady() {
        farm.progress.put(DiskAim.COPY, new DiskProgress.Done(COPIED));

        ServiceRelocation done = ended();

        assertThat(farm.log)
                .containsExactly(
                        "inspect db-0",
                        "disks PREPARE",
                        "inspect db-0",
                        "halt db-0",
                        "disks COPY",
                        "disks ATTACH",
                        "on node-2",
                        "apply db-0",
                        "apply db-0",
                        "disks CLEAN_SOURCE");
        assertThat(done.state()).isEqualTo(RelocationState.SUCCEEDED);
        assertThat(done.disks()).isEqualTo(COPIED);
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-2");
    }

    @Test
    void withoutVolumesOnTheOtherNodeItIsNotStopped() {
        farm.progress.put(DiskAim.PREPARE, new DiskProgress.Failed("No volume there."));

        ServiceRelocation done = ended();

        assertThat(farm.log).doesNotContain("halt db-0").contains("disks CLEAN_TARGET");
        assertThat(done.state()).isEqualTo(RelocationState.REFUSED);
        assertThat(done.fault()).isEqualTo(RelocationFault.DATA_NOT_COPIED);
        assertThat(done.message()).isEqualTo("No volume there.");
    }

    @Test
    void aCopyThatFailsTakesItBackToWhereItsDataIs() {
        farm.progress.put(DiskAim.COPY, new DiskProgress.Failed("The connection broke."));

        ServiceRelocation done = ended();

        assertThat(states(done))
                .containsExactly(
                        RelocationState.PREPARING,
                        RelocationState.STOPPING,
                        RelocationState.COPYING,
                        RelocationState.RESTORING,
                        RelocationState.RETURNING,
                        RelocationState.RELEASING,
                        RelocationState.CLEANING,
                        RelocationState.FAILED);
        assertThat(done.message()).isEqualTo("The connection broke.");
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-1");
    }

    @Test
    void whatIsNotReadyThereGetsItsDisksBackBeforeItStartsWhereItWas() {
        farm.broken.add("node-2");
        until(RelocationState.STARTING);
        farm.step();
        farm.step();
        farm.pass(Farm.DEADLINE);

        ServiceRelocation done = ended();

        assertThat(done.fault()).isEqualTo(RelocationFault.NOT_READY_THERE);
        assertThat(farm.log)
                .containsSubsequence("on node-2", "halt db-0", "disks RESTORE", "on node-1", "disks CLEAN_TARGET")
                .doesNotContain("disks CLEAN_SOURCE");
        assertThat(farm.nodeOf("db-0")).isEqualTo("node-1");
    }

    /** P17. */
    @Test
    void theSourceIsKeptAsLongAsItIsNotReady() {
        until(RelocationState.CLEANING);
        farm.silent.add("db-0");
        farm.passUnseen();

        for (int i = 0; i < 20; i++) {
            farm.step();
        }

        assertThat(farm.log).doesNotContain("disks CLEAN_SOURCE");
        assertThat(machine(farm.decide(), "db-0").message()).contains("its data at the source is kept");
        farm.pass(Farm.DEADLINE);
        ServiceRelocation done = ended();
        assertThat(farm.log).doesNotContain("disks CLEAN_SOURCE");
        assertThat(done.message()).contains("It was not ready for 600 s.");
    }

    @Test
    void aCopyMayTakeAsLongAsItWorksAndWaitsOnlyForAWhile() {
        farm.progress.put(DiskAim.COPY, new DiskProgress.Underway("It is being copied.", true));
        until(RelocationState.COPYING);
        farm.pass(Farm.DEADLINE.multipliedBy(3));
        for (int i = 0; i < 5; i++) {
            farm.step();
        }
        assertThat(relocation().state()).isEqualTo(RelocationState.COPYING);

        farm.progress.put(DiskAim.COPY, new DiskProgress.Underway("No node for the pod.", false));

        assertThat(ended().message()).isEqualTo("It took longer than 600 s. No node for the pod.");
    }

    @Test
    void nothingIsCopiedWhileSomethingOfItMayStillRun() {
        until(RelocationState.STOPPING);
        farm.lose("node-1");

        for (int i = 0; i < 20; i++) {
            farm.step();
        }

        assertThat(farm.log).doesNotContain("disks COPY");
    }

    @ParameterizedTest
    @EnumSource(names = {"COPYING", "ATTACHING", "STARTING"})
    void aServiceThatIsStoppedMeanwhileHasItsDisksBackAndStays(RelocationState state) {
        hang(state);
        until(state);
        farm.change(STOPPED);
        farm.progress.clear();

        for (int i = 0; i < 30; i++) {
            farm.step();
        }

        assertThat(farm.running()).isEmpty();
        assertThat(farm.log).contains("disks RESTORE");
        farm.change(PAIR);
        ServiceRelocation done = ended();
        assertThat(done.fault()).isEqualTo(RelocationFault.TAKEN_BACK);
        assertThat(farm.log).contains("disks CLEAN_TARGET").doesNotContain("disks CLEAN_SOURCE");
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARING", "COPYING", "ATTACHING", "STARTING", "CLEANING"})
    void aServiceThatIsDeletedMeanwhileGoesWhenItsDisksAreWhereTheyBelong(RelocationState state) {
        hang(state);
        until(state);
        farm.progress.clear();
        farm.delete();

        for (int i = 0; i < 60 && !farm.decide().gone(); i++) {
            farm.step();
        }

        assertThat(farm.machines()).isEmpty();
        List<String> log = List.copyOf(farm.log);
        String cleaned = state == RelocationState.CLEANING ? "disks CLEAN_SOURCE" : "disks CLEAN_TARGET";
        assertThat(log).contains(cleaned);
        assertThat(log.indexOf(cleaned))
                .isLessThan(log.indexOf(log.stream()
                        .filter(line -> line.startsWith("delete db-0"))
                        .findFirst()
                        .orElseThrow()));
    }

    @Test
    void oneThatSomebodyDeletesLeavesItsDisksAsTheyWere() {
        hang(RelocationState.ATTACHING);
        until(RelocationState.ATTACHING);
        farm.progress.clear();
        farm.someoneDeletes("db-0");
        for (int i = 0; i < 10; i++) {
            farm.step();
        }

        assertThat(farm.log).containsSubsequence("disks RESTORE", "disks CLEAN_TARGET");
    }

    /** The state does not go on by itself. */
    private void hang(RelocationState state) {
        DiskProgress hangs = new DiskProgress.Underway("It hangs.", true);
        switch (state) {
            case PREPARING -> farm.progress.put(DiskAim.PREPARE, hangs);
            case COPYING -> farm.progress.put(DiskAim.COPY, hangs);
            case ATTACHING -> farm.progress.put(DiskAim.ATTACH, hangs);
            case STARTING -> farm.broken.add("node-2");
            case CLEANING -> farm.progress.put(DiskAim.CLEAN_SOURCE, hangs);
            default -> throw new AssertionError(state);
        }
    }

    private static Farm ordered() {
        Farm farm = started(PAIR);
        farm.nodes("node-1", "node-2");
        farm.finding = new Survey.Finding.Possible("node-1", "node-2", DISKS);
        farm.pass(java.time.Duration.ofSeconds(1));
        farm.order("db-0", farm.now.toString());
        return farm;
    }

    private void until(RelocationState state) {
        for (int i = 0; i < 60; i++) {
            if (!farm.service.getStatus().relocations().isEmpty()
                    && relocation().state() == state) {
                return;
            }
            farm.step();
        }
        throw new AssertionError(
                "It never is " + state + ": " + farm.service.getStatus().relocations());
    }

    private ServiceRelocation ended() {
        for (int i = 0; i < 80; i++) {
            farm.step();
            List<ServiceRelocation> all = farm.service.getStatus().relocations();
            if (!all.isEmpty() && all.getFirst().state().isEnd()) {
                return all.getFirst();
            }
        }
        throw new AssertionError("It never ends: " + relocation() + farm.log);
    }

    private ServiceRelocation relocation() {
        return farm.service.getStatus().relocations().getFirst();
    }

    private static List<RelocationState> states(ServiceRelocation relocation) {
        return relocation.steps().stream().map(RelocationStep::state).toList();
    }
}
