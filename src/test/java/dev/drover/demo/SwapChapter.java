package dev.drover.demo;

import dev.drover.kubevirt.VirtualMachineInstance;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Two applications whose profiles are swapped: the one that is heavy on disks has to be where the disks are fast. */
final class SwapChapter {
    private static final String NAMESPACE = "mixed";
    private static final String SERVICE = "mixed";
    private static final String FAST = "node-4";
    private static final String SLOW = "node-5";
    private static final double HEAVY = 5.9;
    private static final double LIGHT = 0.5;

    private final Telling telling;
    private final Narrator narrator;

    SwapChapter(Telling telling) {
        this.telling = telling;
        this.narrator = telling.narrator();
    }

    boolean tell() {
        narrator.chapter("Heavy on disks and heavy on CPU change places");
        telling.stage().testbed().annotateNode(FAST, "drover.dev/capacity-diskio", "20k");
        telling.stage().testbed().annotateNode(SLOW, "drover.dev/capacity-diskio", "400");
        narrator.tell("the disks of %s carry 20k operations a second, those of %s 400".formatted(FAST, SLOW));
        telling.stage().apply("service/mixed.yaml");
        boolean placed = telling.patience().await("each is where it is served", () -> areOn(FAST, SLOW));
        String before = told();
        narrator.tell(before);
        if (!placed || !telling.awaitReady(NAMESPACE, SERVICE)) {
            telling.expectations().record(ServiceExpectation.SWAPPED, false, before);
            return false;
        }
        narrator.tell("now their profiles are swapped, and so is what they do");
        telling.stage().apply("service/mixed-swapped.yaml");
        demand("one-0", HEAVY);
        demand("two-0", LIGHT);
        boolean swapped = telling.patience().await("each is where it is served", () -> areOn(SLOW, FAST));
        String after = told();
        narrator.tell(after);
        telling.expectations()
                .record(ServiceExpectation.SWAPPED, swapped, "before: %s; after: %s".formatted(before, after));
        return telling.remove(NAMESPACE, SERVICE) && swapped;
    }

    private boolean areOn(String one, String two) {
        return telling.node(NAMESPACE, "one-0").equals(one)
                && telling.node(NAMESPACE, "two-0").equals(two);
    }

    private String told() {
        return "one-0 on %s, two-0 on %s".formatted(telling.node(NAMESPACE, "one-0"), telling.node(NAMESPACE, "two-0"));
    }

    private void demand(String guest, double cores) {
        telling.stage()
                .client()
                .resources(VirtualMachineInstance.class)
                .inNamespace(NAMESPACE)
                .withName(guest)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"demo.drover.dev/cpu\":\"%.1f\"}}}".formatted(cores));
    }
}
