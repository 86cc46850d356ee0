package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.status.ConditionType;
import dev.drover.testbed.player.VmId;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A service starts, grows, loses an application inside a virtual machine, then a node, then half of them, and goes; between, others move and
 * follow their load. Each chapter says whether the story can go on.
 */
final class ServiceStory implements Story {
    /** With all that it is made of in the end. */
    static final String GROWN = "service/grown.yaml";

    static final String SHOP = "shop";

    private static final String SOMEBODY_ELSES = "legacy-0";
    private static final String VICTIM = "db-1";
    private static final Set<String> FIRST = Set.of("db-0", "db-1", "api-0", "api-1", "web-0", "web-1", "web-2");
    private static final String ADDED = "cache-0";
    /** Time to restart something before the proof, if Drover were to. */
    private static final Duration WATCHED = Duration.ofSeconds(10);

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);

    private final Stage stage;
    private final Narrator narrator;
    private final Expectations expectations;
    private final Witness witness;
    private final Patience patience;

    ServiceStory(Stage stage, Narrator narrator, Expectations expectations, Witness witness) {
        this.stage = stage;
        this.narrator = narrator;
        this.expectations = expectations;
        this.witness = witness;
        this.patience = new Patience(stage, narrator, witness);
    }

    @Override
    public void tell() {
        Telling telling = new Telling(stage, narrator, expectations, patience);
        if (starts()
                && grows()
                && isDegraded()
                && new SwapChapter(telling).tell()
                && new TideChapter(telling).tell()
                && new DiskChapter(telling).tell()
                && losesANode()
                && new BrakeChapter(telling, witness, Set.of(SOMEBODY_ELSES)).tell(FIRST.size() + 2)) {
            goes();
        }
        expectations.record(
                ServiceExpectation.IN_ORDER,
                witness.disorders().isEmpty() && witness.startsAndEndsJudged() > 0,
                "%d starts and ends checked, %s".formatted(witness.startsAndEndsJudged(), disorders()));
        expectations.record(
                ServiceExpectation.RULES_HELD,
                witness.breaches() == 0 && witness.instants() > 0,
                "%d rules checked at %d instants, %d breaches"
                        .formatted(witness.rulesJudged(), witness.instants(), witness.breaches()));
    }

    private String disorders() {
        return witness.disorders().isEmpty() ? "none out of order" : String.join("; ", witness.disorders());
    }

    private boolean starts() {
        stage.apply("service/legacy.yaml");
        if (!patience.await("the policy is carried out", () -> witness.policyHolds(ConditionType.READY))
                || !patience.await("somebody else's virtual machine runs", () -> witness.running() == 1)) {
            return false;
        }
        narrator.chapter("One manifest: three applications, seven virtual machines");
        Instant from = narrator.now();
        stage.apply("service/shop.yaml");
        boolean ready = patience.await("the service is ready", () -> ready(FIRST.size()));
        String seen = "%d of %d ready after %s".formatted(readyOnes(), FIRST.size(), narrator.since(from));
        expectations.record(ServiceExpectation.STARTED, ready, seen);
        narrator.tell(seen);
        witness.byNode().forEach((node, guests) -> narrator.tell(node + ": " + String.join(", ", guests)));
        return ready;
    }

    private boolean grows() {
        narrator.chapter("A fourth application, and one that somebody else has made");
        Map<String, String> before = uids();
        stage.apply(GROWN);
        boolean ready = patience.await("the service is ready again", () -> ready(FIRST.size() + 2));
        Map<String, String> added = new TreeMap<>(uids());
        boolean kept = added.entrySet().containsAll(before.entrySet());
        added.keySet().removeAll(before.keySet());
        expectations.record(
                ServiceExpectation.GROWN,
                ready && kept && added.keySet().equals(Set.of(ADDED)),
                "new: %s; all others are as they were: %s".formatted(added.keySet(), kept));
        return ready;
    }

    private boolean isDegraded() {
        narrator.chapter("An application dies inside a living virtual machine");
        stage.testbed().player().silence(new VmId(Witness.NAMESPACE, VICTIM));
        narrator.bad(VICTIM + " goes on running, its database does not answer any more");
        boolean degraded = patience.await("the service is Degraded", () -> holds(ConditionType.DEGRADED));
        Duration late = degraded ? Duration.between(unreadySince(), since(ConditionType.DEGRADED)) : Duration.ZERO;
        String said = message(ConditionType.DEGRADED);
        expectations.record(
                ServiceExpectation.DEGRADED,
                degraded && late.compareTo(VISIBLE_WITHIN) <= 0 && said.contains(VICTIM),
                "told %d s after KubeVirt: %s".formatted(late.toSeconds(), said));
        return degraded && countsByVirtualMachine() && heals();
    }

    private boolean countsByVirtualMachine() {
        narrator.tell("now supervision: VirtualMachine, as anybody may say who needs no more than that it runs");
        supervise("VirtualMachine");
        boolean available = patience.await(
                "the service is Available", () -> holds(ConditionType.AVAILABLE) && !holds(ConditionType.DEGRADED));
        Optional<ServiceVirtualMachine> victim = victim();
        expectations.record(
                ServiceExpectation.BOTH_TOLD,
                available
                        && victim.filter(vm -> vm.running() == ConditionStatus.TRUE
                                        && vm.applicationReady() == ConditionStatus.FALSE)
                                .isPresent(),
                victim.map(vm -> "%s: running %s, applicationReady %s"
                                .formatted(vm.name(), vm.running(), vm.applicationReady()))
                        .orElse("nothing"));
        supervise("Application");
        return available;
    }

    private boolean heals() {
        boolean again = patience.await("the service is Degraded again", () -> holds(ConditionType.DEGRADED));
        stage.testbed().player().answer(new VmId(Witness.NAMESPACE, VICTIM));
        boolean ready = patience.await("the service is ready", () -> ready(FIRST.size() + 2));
        expectations.record(
                ServiceExpectation.HEALED, again && ready, "%d of %d ready".formatted(readyOnes(), FIRST.size() + 2));
        return ready;
    }

    private boolean losesANode() {
        String node = witness.instances().get(VICTIM).getStatus().nodeName();
        narrator.chapter("A node is lost");
        Map<String, String> before = uids();
        narrator.bad("%s is cut off, with %s".formatted(node, String.join(", ", guests(node))));
        stage.testbed().killNode(node);
        boolean named = patience.await("the service says whom it has lost", () -> holds(ConditionType.RECOVERING));
        boolean acted = witness.await(WATCHED, () -> !before.entrySet().containsAll(uids().entrySet()));
        String said = message(ConditionType.RECOVERING);
        expectations.record(
                ServiceExpectation.WAITED, named && !acted && said.contains(VICTIM) && said.contains(node), said);
        return named && recovers(node);
    }

    private boolean recovers(String node) {
        Instant from = narrator.now();
        narrator.tell("now somebody has switched it off, and says so: the taint node.kubernetes.io/out-of-service");
        stage.fence(node);
        boolean ready = patience.await(
                "all of it runs elsewhere",
                () -> ready(FIRST.size() + 2) && guests(node).isEmpty());
        String seen =
                "%d of %d ready %s after the proof".formatted(readyOnes(), FIRST.size() + 2, narrator.since(from));
        expectations.record(ServiceExpectation.RECOVERED, ready, seen);
        narrator.tell(seen);
        return ready;
    }

    private List<String> guests(String node) {
        return witness.byNode().getOrDefault(node, List.of());
    }

    private void goes() {
        narrator.chapter("The service is deleted");
        String kept = uids().get(SOMEBODY_ELSES);
        stage.client()
                .resources(ApplicationService.class)
                .inNamespace(Witness.NAMESPACE)
                .withName(SHOP)
                .delete();
        boolean gone = patience.await(
                "nothing of it is left",
                () -> witness.service(SHOP).isEmpty() && witness.instances().size() == 1);
        Map<String, String> left = uids();
        expectations.record(
                ServiceExpectation.REMOVED,
                gone && left.equals(Map.of(SOMEBODY_ELSES, kept)),
                "left: " + new TreeSet<>(left.keySet()));
    }

    private void supervise(String how) {
        stage.client()
                .resources(ApplicationService.class)
                .inNamespace(Witness.NAMESPACE)
                .withName(SHOP)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"supervision\": \"%s\"}}".formatted(how));
    }

    /** Of the instances of all virtual machines, by name. */
    private Map<String, String> uids() {
        Map<String, String> uids = new TreeMap<>();
        witness.instances()
                .forEach((name, instance) ->
                        uids.put(name, instance.getMetadata().getUid()));
        return uids;
    }

    private ApplicationServiceStatus status() {
        return witness.service(SHOP).map(ApplicationService::getStatus).orElse(ApplicationServiceStatus.NONE);
    }

    private boolean ready(int virtualMachines) {
        return holds(ConditionType.READY) && readyOnes() == virtualMachines;
    }

    private int readyOnes() {
        Integer ready = status().readyVirtualMachines();
        return ready == null ? 0 : ready;
    }

    private boolean holds(ConditionType type) {
        return StatusReading.holds(status().conditions(), type);
    }

    private String message(ConditionType type) {
        return StatusReading.message(status().conditions(), type);
    }

    private Instant since(ConditionType type) {
        return status().conditions().stream()
                .filter(condition -> condition.type().equals(type.value()))
                .map(condition -> condition.lastTransitionTime())
                .findFirst()
                .orElseThrow();
    }

    /** As KubeVirt says. */
    private Instant unreadySince() {
        VirtualMachineInstance instance = witness.instances().get(VICTIM);
        return instance.getStatus()
                .ready()
                .map(condition -> Instant.parse(String.valueOf(condition.lastTransitionTime())))
                .orElseThrow();
    }

    private Optional<ServiceVirtualMachine> victim() {
        return status().applications().stream()
                .flatMap(application -> application.virtualMachines().stream())
                .filter(vm -> vm.name().equals(VICTIM))
                .findFirst();
    }
}
