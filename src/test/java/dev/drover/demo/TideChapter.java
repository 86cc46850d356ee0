package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationStatus;
import dev.drover.api.v1alpha1.ScalingStatus;
import dev.drover.testbed.player.Demand;
import dev.drover.testbed.player.VmId;
import java.util.stream.IntStream;

/** The number of an application's virtual machines follows its load, within its bounds. */
final class TideChapter {
    private static final String NAMESPACE = "tide";
    private static final String SERVICE = "tide";
    private static final int MOST = 3;
    private static final double MEMORY = 100 << 20;

    private final Telling telling;
    private final Narrator narrator;

    TideChapter(Telling telling) {
        this.telling = telling;
        this.narrator = telling.narrator();
    }

    boolean tell() {
        narrator.chapter("The load rises, and falls");
        telling.stage().apply("service/tide.yaml");
        if (!telling.awaitReady(NAMESPACE, SERVICE)) {
            return false;
        }
        narrator.tell("wave has 1 virtual machine of 1 core, which bears half a core at 50 %; no more than 3 may be");
        boolean risen = asks(0.8, 2) && asks(1.0, MOST) && boundIsNamed();
        String said = scaling().message();
        boolean fallen = risen && asks(0.1, 1);
        telling.expectations()
                .record(
                        ServiceExpectation.SCALED,
                        fallen,
                        "1, 2, %d, and 1 again; at the top: %s".formatted(MOST, said));
        narrator.tell(
                "what a forecast adds before a peak takes days to learn: drover bench scaling plays recorded ones");
        return telling.remove(NAMESPACE, SERVICE) && fallen;
    }

    /** @param cores of each; @param wanted how many virtual machines there are to be then, and ready */
    private boolean asks(double cores, int wanted) {
        demand(cores);
        boolean reached = telling.patience()
                .await(
                        "%d virtual machines are wanted and ready".formatted(wanted),
                        () -> scaling().virtualMachines() == wanted && ready() == wanted);
        narrator.tell("each asks for %.1f cores: %d, since: %s"
                .formatted(cores, scaling().virtualMachines(), scaling().message()));
        return reached;
    }

    private boolean boundIsNamed() {
        demand(1.0);
        return telling.patience()
                .await("the bound is named", () -> String.valueOf(scaling().held())
                        .contains("more than max"));
    }

    private void demand(double cores) {
        IntStream.range(0, MOST)
                .mapToObj(ordinal -> new VmId(NAMESPACE, "wave-" + ordinal))
                .forEach(vm -> telling.stage().testbed().player().demand(vm, Demand.constant(cores, MEMORY)));
    }

    private ScalingStatus scaling() {
        return telling.status(NAMESPACE, SERVICE).applications().stream()
                .map(ApplicationStatus::scaling)
                .filter(scaling -> scaling != null)
                .findFirst()
                .orElse(new ScalingStatus(0, narrator.now(), "", "Nothing is told yet."));
    }

    private int ready() {
        return telling.status(NAMESPACE, SERVICE).applications().stream()
                .mapToInt(ApplicationStatus::ready)
                .sum();
    }
}
