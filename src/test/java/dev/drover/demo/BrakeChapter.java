package dev.drover.demo;

import dev.drover.status.ConditionType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two more nodes are lost, half of all: that may as well be the network, so nothing is restarted until a person says so. */
final class BrakeChapter {
    /** Time to restart something, if Drover were to. */
    private static final Duration WATCHED = Duration.ofSeconds(10);

    private static final int MORE = 2;

    private final Telling telling;
    private final Narrator narrator;
    private final Witness witness;
    private final Set<String> notDrovers;

    /** @param notDrovers virtual machines of others, which KubeVirt restarts */
    BrakeChapter(Telling telling, Witness witness, Set<String> notDrovers) {
        this.telling = telling;
        this.narrator = telling.narrator();
        this.witness = witness;
        this.notDrovers = notDrovers;
    }

    /** @param virtualMachines how many of the service have to be ready in the end */
    boolean tell(int virtualMachines) {
        narrator.chapter("Half of the nodes are lost");
        List<String> lost = witness.byNode().entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
                .limit(MORE)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> before = uids();
        lost.forEach(node -> {
            narrator.bad("%s is cut off too, with %s"
                    .formatted(node, String.join(", ", witness.byNode().get(node))));
            telling.stage().testbed().killNode(node);
        });
        boolean braked =
                telling.patience().await("the brake holds", () -> message().contains("drover.dev/recover"));
        lost.forEach(node -> telling.stage().fence(node));
        narrator.tell("they are said to be off; that alone does not lift the brake");
        boolean cleared = telling.patience().await("Kubernetes has cleared them", () -> lost.stream()
                .allMatch(node -> witness.launchersOn(node) == 0));
        boolean acted = witness.await(WATCHED, () -> !before.entrySet().containsAll(uids().entrySet()));
        String said = message();
        narrator.tell(said);
        telling.expectations().record(ServiceExpectation.BRAKED, braked && cleared && !acted, said);
        return braked && cleared && released(virtualMachines, lost);
    }

    private boolean released(int virtualMachines, List<String> lost) {
        narrator.tell("a person has looked, and orders it: drover.dev/recover");
        telling.annotate(
                "ApplicationService",
                Witness.NAMESPACE,
                ServiceStory.SHOP,
                "drover.dev/recover",
                narrator.now().truncatedTo(ChronoUnit.SECONDS).toString());
        boolean ready = telling.patience()
                .await(
                        "all of it runs on the nodes that are left",
                        () -> StatusReading.holds(conditions(), ConditionType.READY)
                                && Integer.valueOf(virtualMachines)
                                        .equals(telling.status(Witness.NAMESPACE, ServiceStory.SHOP)
                                                .readyVirtualMachines())
                                && lost.stream().noneMatch(witness.byNode()::containsKey));
        String seen = "%d nodes are left, with %d virtual machines"
                .formatted(witness.byNode().size(), witness.running());
        telling.expectations().record(ServiceExpectation.RELEASED, ready, seen);
        narrator.tell(seen);
        return ready;
    }

    private List<dev.drover.api.v1alpha1.Condition> conditions() {
        return telling.status(Witness.NAMESPACE, ServiceStory.SHOP).conditions();
    }

    private String message() {
        return StatusReading.message(conditions(), ConditionType.RECOVERING);
    }

    private Map<String, String> uids() {
        Map<String, String> uids = new HashMap<>();
        witness.instances()
                .forEach((name, instance) ->
                        uids.put(name, instance.getMetadata().getUid()));
        uids.keySet().removeAll(notDrovers);
        return uids;
    }
}
