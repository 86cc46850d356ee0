package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forty virtual machines that are created at once start on six nodes as rules of every kind demand. */
@OnTestbed
class PlacementIT {

    /** One of each kind, by its name. */
    private static final Map<String, String> RULES = Map.of(
            "web-apart", Yaml.rule("web-apart", "app: web", "type: Spread"),
            "db-zones",
                    Yaml.rule(
                            "db-zones",
                            "app: db",
                            "type: Spread, spread: {topologyKey: topology.kubernetes.io/zone, maxSkew: 1}"),
            "pair-together", Yaml.rule("pair-together", "app: pair", "type: Colocate"),
            "ring-in-a-zone",
                    Yaml.rule(
                            "ring-in-a-zone",
                            "app: ring",
                            "type: SameDomain, sameDomain: {topologyKey: topology.kubernetes.io/zone}"),
            "noisy-aside",
                    Yaml.rule(
                            "noisy-aside",
                            "app: noisy",
                            "type: SeparateFrom, separateFrom: {selector: {matchLabels: {app: quiet}}}"),
            "fast-on-ssd",
                    Yaml.rule(
                            "fast-on-ssd",
                            "app: fast",
                            "type: AllowedNodes, allowedNodes: {nodeSelector: {matchLabels: {disk: ssd}}}"),
            "slow-off-ssd",
                    Yaml.rule(
                            "slow-off-ssd",
                            "app: slow",
                            "type: ForbiddenNodes, forbiddenNodes: {nodeSelector: {matchLabels: {disk: ssd}}}"),
            "sole-alone", Yaml.clusterRule("sole-alone", "app: sole", "type: Exclusive"),
            "licences",
                    Yaml.clusterRule(
                            "licences",
                            "app: licensed",
                            "type: Capacity, capacity: {maxVirtualMachines: 1, nodeSelector: {matchLabels: {topology.kubernetes.io/zone: a}}}"));

    /** The one that wants a node for itself comes first: a later one would find none empty. */
    private static final List<Vms> FORTY = List.of(
            Vms.named("sole", 1),
            Vms.named("web", 4),
            Vms.named("db", 4),
            Vms.named("pair", 3),
            Vms.named("ring", 4),
            Vms.named("noisy", 3),
            Vms.named("quiet", 3),
            Vms.named("fast", 4),
            Vms.named("slow", 4),
            Vms.named("licensed", 4),
            Vms.named("plain", 6));

    private final Testbed testbed;
    private final Shown shown;
    private final List<AutoCloseable> open = new ArrayList<>();

    PlacementIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @BeforeEach
    void sixNodesInTwoZones() {
        testbed.reset();
        testbed.addNodes(IntStream.rangeClosed(1, 6)
                .mapToObj(i ->
                        NodeShape.plain("node-" + i).zone(i <= 3 ? "a" : "b").label("disk", i % 3 == 0 ? "hdd" : "ssd"))
                .toArray(NodeShape[]::new));
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void atTheGateAllObeyEveryKind() {
        keep(gate("operator").start());
        Eyes eyes = rules();
        Migrations migrations = keep(Migrations.record(testbed));

        Vms.create(testbed, FORTY);
        Vms.awaitRunning(testbed, FORTY);

        assertThat(eyes.breaches())
                .as("at %d instants; now %s", eyes.instants(), eyes.placement())
                .isEmpty();
        assertThat(eyes.broken()).as(eyes.placement()).isEmpty();
        assertThat(migrations.all()).as("nothing had to be put right").isEmpty();
    }

    /** The mode is Off, so that nothing is put right later: starts have to be right by themselves. */
    private Eyes rules() {
        testbed.apply(Yaml.policy("Off", "Gate"));
        RULES.values().forEach(testbed::apply);
        Eyes eyes = keep(Eyes.open(testbed));
        Awaiting.until(
                "All rules are seen", () -> eyes.snapshot().constraints().size(), count -> count == RULES.size());
        shown.awaitCondition("PlacementPolicy", "default", "Ready", "True");
        return eyes;
    }

    private OperatorProcess.Setup gate(String name) {
        return OperatorProcess.on(testbed)
                .named(name)
                .with("gate-deadline", "120s")
                .with("gate-batch", "2s");
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}
