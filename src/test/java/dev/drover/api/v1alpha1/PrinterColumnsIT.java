package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.Definitions;
import dev.drover.api.Kubectl;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kubectl get shows: the answer to the first question about each kind. */
@OnTestbed
class PrinterColumnsIT {
    private final KubernetesClient client;
    private final Objects objects;
    private final Kubectl kubectl;

    PrinterColumnsIT(Testbed testbed) {
        this.client = testbed.client();
        this.objects = new Objects(client);
        this.kubectl = new Kubectl(testbed.kubeconfig());
    }

    @BeforeAll
    static void install(KubernetesClient client) {
        Definitions.install(client);
    }

    @AfterEach
    void delete() {
        CustomResourceDefinitions.KINDS.forEach(
                kind -> client.resources(kind).inAnyNamespace().delete());
    }

    /** @param line what the columns hold, without the age, which comes last */
    record Row(String kind, String shortName, String spec, String status, String header, String line) {
        @Override
        public String toString() {
            return kind;
        }
    }

    static List<Row> rows() {
        return List.of(
                new Row(
                        "PlacementPolicy",
                        "pp",
                        "{mode: Automatic}",
                        "{score: 87, nodes: 6, virtualMachines: 40, inFlight: 2, demandSource: Metrics, movesLastDay: 12, conditions: ["
                                + condition("Balanced", "False", "MovesWanted") + ","
                                + condition("Ready", "True", "Reconciled") + "]}",
                        "NAME MODE SCORE BALANCED NODES VMS INFLIGHT READY REASON DEMAND ADMISSION MOVESLASTDAY AGE",
                        "default Automatic 87 False 6 40 2 True Reconciled Metrics Advise 12"),
                new Row(
                        "PlacementConstraint",
                        "plc",
                        "{type: Spread, virtualMachines: {}}",
                        "{matchedVirtualMachines: 3, enforcedBy: Scheduler, during: Continuous, conditions: ["
                                + condition("Satisfied", "True", "Satisfied") + ","
                                + condition("Conflicting", "False", "NoConflict") + ","
                                + condition("Ready", "True", "Reconciled") + "]}",
                        "NAME TYPE VMS SATISFIED CONFLICTING ENFORCEDBY READY REASON DURING AGE",
                        "default Spread 3 True False Scheduler True Reconciled Continuous"),
                new Row(
                        "ClusterPlacementConstraint",
                        "cplc",
                        "{type: Pinned, virtualMachines: {}}",
                        "{matchedVirtualMachines: 3, enforcedBy: Drover, during: Continuous, conditions: ["
                                + condition("Satisfied", "True", "Satisfied") + ","
                                + condition("Conflicting", "False", "NoConflict") + ","
                                + condition("Ready", "True", "Reconciled") + "]}",
                        "NAME TYPE VMS SATISFIED CONFLICTING ENFORCEDBY READY REASON DURING AGE",
                        "default Pinned 3 True False Drover True Reconciled Continuous"),
                new Row(
                        "VirtualMachineProfile",
                        "vmprofile",
                        "{virtualMachines: {name: web-0}}",
                        "{matchedVirtualMachines: 1, conditions: [" + condition("Ready", "True", "Accepted") + "]}",
                        "NAME AUTOMATION RELOCATION VMS READY REASON AGE",
                        "default Inherit Inherit 1 True Accepted"),
                new Row(
                        "ApplicationService",
                        "appsvc",
                        "{applications: [{name: db, virtualMachines: {selector: {matchLabels: {app: db}}}}]}",
                        "{desiredVirtualMachines: 7, readyVirtualMachines: 6, conditions: ["
                                + condition("Available", "False", "NotAllReady") + ","
                                + condition("Progressing", "True", "ApplicationsStart") + ","
                                + condition("Degraded", "False", "NothingFailed") + ","
                                + condition("Ready", "False", "ApplicationsStart") + "]}",
                        "NAME RUNPOLICY VMS VMSREADY AVAILABLE PROGRESSING DEGRADED READY REASON MESSAGE AGE",
                        "default Running 7 6 False True False False ApplicationsStart"),
                new Row(
                        "VirtualMachinePlacement",
                        "vmplace",
                        "",
                        "{node: node-1, score: 95, cooldownUntil: \"2036-01-01T00:00:00Z\", conditions: ["
                                + condition("Satisfied", "True", "Satisfied") + ","
                                + condition("Migratable", "True", "Migratable") + ","
                                + condition("Ready", "True", "Placed") + "]}",
                        "NAME NODE SCORE SATISFIED MIGRATABLE COOLDOWN READY REASON AGE",
                        "default node-1 95 True True 2036-01-01T00:00:00Z True Placed"),
                new Row(
                        "NodeInventory",
                        "ninv",
                        "",
                        "{virtualMachines: 7, pressurePercent: 112, available: {cpu: 3500m, memory: 12Gi}, policy: default, conditions: ["
                                + condition("Ready", "True", "NodeReady") + "]}",
                        "NAME VMS PRESSURE% FREE CPU FREE MEMORY POLICY READY REASON AGE",
                        "default 7 112 3500m 12Gi default True NodeReady"),
                new Row(
                        "MigrationPlan",
                        "mplan",
                        RuleCases.approved("decision: Approved, digest: d1"),
                        "{conditions: [" + condition("Progressing", "True", "Moving") + ","
                                + condition("Succeeded", "Unknown", "Moving") + ","
                                + condition("Superseded", "False", "Moving") + "]}",
                        "NAME POLICY REASON BEFORE AFTER APPROVAL PROGRESSING SUCCEEDED SUPERSEDED DIGEST AGE",
                        "default default Balance 60 90 Approved True Unknown False d1"));
    }

    private static String condition(String type, String status, String reason) {
        return "{type: %s, status: \"%s\", reason: %s, message: \"\", lastTransitionTime: \"2026-01-01T00:00:00Z\"}"
                .formatted(type, status, reason);
    }

    @ParameterizedTest
    @MethodSource
    void rows(Row row) {
        create(row);

        List<String> lines = kubectl.run("get", row.shortName(), "-o", "wide")
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo(row.header());
        assertThat(lines.getLast()).startsWith(row.line() + " ");
    }

    @Test
    void theCategoryListsEverything() {
        rows().forEach(this::create);

        String listed = kubectl.run("get", "drover", "-A");

        assertThat(listed)
                .contains(CustomResourceDefinitions.definitions().stream()
                        .map(crd -> crd.getSpec().getNames().getSingular() + ".drover.dev/default")
                        .toList());
    }

    @Test
    void aShortNameIsNobodyElsesAlsoNotKubernetesOrKubeVirts() {
        Map<String, Set<String>> resources = new TreeMap<>();
        groupVersions().forEach(groupVersion -> client.getApiResources(groupVersion)
                .getResources()
                .forEach(resource -> resource.getShortNames().forEach(name -> resources
                        .computeIfAbsent(name, any -> new TreeSet<>())
                        .add(groupVersion.replaceFirst("/.*", "/") + resource.getKind()))));

        assertThat(resources).containsKeys("po", "vmi");
        assertThat(rows()).allSatisfy(row -> assertThat(resources.get(row.shortName()))
                .as("kinds with the short name (%s)", row.shortName())
                .containsExactly("drover.dev/" + row.kind()));
    }

    private Stream<String> groupVersions() {
        return Stream.concat(
                Stream.of("v1"),
                client.getApiGroups().getGroups().stream()
                        .flatMap(group -> group.getVersions().stream())
                        .map(GroupVersionForDiscovery::getGroupVersion));
    }

    private void create(Row row) {
        GenericKubernetesResource object = (row.spec().isEmpty()
                        ? objects.object(row.kind(), "default", "status", "{}")
                        : objects.spec(row.kind(), "default", row.spec()))
                .create();
        object.setAdditionalProperty(
                "status",
                objects.object(row.kind(), "default", "status", row.status())
                        .item()
                        .get("status"));
        client.resource(object).updateStatus();
    }
}
