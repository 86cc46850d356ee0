package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testbed.NodeShape;
import dev.drover.testbed.Testbed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Forty virtual machines, six nodes in two zones, and one rule of each kind. */
final class Forty {

    /** The kinds that kube-scheduler holds at each start. */
    static final Set<String> HELD_BY_SCHEDULER =
            Set.of("web-apart", "db-zones", "noisy-aside", "fast-on-ssd", "slow-off-ssd", "sole-alone");

    /**
     * Those of them that one start more can only break, never mend, so that they hold at each instant of a start. Not so the skew: kube-scheduler
     * counts a pod from its decision on and binds it later, beside others, so that a later decision may be seen first.
     */
    static final Set<String> HELD_IN_ANY_ORDER =
            Set.of("web-apart", "noisy-aside", "fast-on-ssd", "slow-off-ssd", "sole-alone");

    /** The kinds that only Drover knows. */
    static final Set<String> HELD_BY_DROVER = Set.of("pair-together", "ring-in-a-zone", "licences");

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
    static final List<Vms> VMS = List.of(
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

    /** The same, but their owners' preferences lead some of them to where Drover's own kinds do not want them. */
    static final List<Vms> WILFUL = List.of(
            Vms.named("sole", 1),
            Vms.named("web", 4),
            Vms.named("db", 4),
            Vms.named("pair-a", 1).label("app", "pair").insistingOn("a"),
            Vms.named("pair-b", 2).label("app", "pair").insistingOn("b"),
            Vms.named("ring-a", 2).label("app", "ring").insistingOn("a"),
            Vms.named("ring-b", 2).label("app", "ring").insistingOn("b"),
            Vms.named("noisy", 3),
            Vms.named("quiet", 3),
            Vms.named("fast", 4),
            Vms.named("slow", 4),
            Vms.named("licensed", 4).insistingOn("a"),
            Vms.named("plain", 6));

    private Forty() {}

    /** Empties the testbed and adds the nodes; the first three are in zone a. */
    static Stage stage(Testbed testbed) {
        return Stage.withNodes(
                testbed,
                IntStream.rangeClosed(1, 6)
                        .mapToObj(i -> NodeShape.plain("node-" + i)
                                .zone(i <= 3 ? "a" : "b")
                                .label("disk", i % 3 == 0 ? "hdd" : "ssd"))
                        .toArray(NodeShape[]::new));
    }

    /** Applies the rules, and returns when the operator and these eyes have seen all of them. */
    static void rules(Testbed testbed, Eyes eyes) {
        Shown shown = new Shown(testbed);
        RULES.values().forEach(testbed::apply);
        Awaiting.until(
                "All rules are seen", () -> eyes.snapshot().constraints().size(), count -> count == RULES.size());
        RULES.keySet().forEach(rule -> shown.awaitCondition(kind(rule), rule, "Accepted", "True"));
    }

    /** Lets all of them start at once where the operator holds the gate, and asserts that every rule held at each instant. */
    static void obeyAtTheGate(Testbed testbed, Stage stage) {
        Eyes eyes = stage.eyes();
        Migrations migrations = stage.migrations();
        // The mode is Off, so that nothing is put right later: starts have to be right by themselves.
        testbed.apply(Yaml.policy("Off", "Gate"));
        rules(testbed, eyes);
        new Shown(testbed).awaitCondition("PlacementPolicy", "default", "Ready", "True");

        Vms.create(testbed, VMS);
        Vms.awaitRunning(testbed, VMS);

        assertThat(eyes.breaches())
                .as("at %d instants; now %s", eyes.instants(), eyes.placement())
                .isEmpty();
        assertThat(eyes.broken()).as(eyes.placement()).isEmpty();
        assertThat(migrations.all()).as("nothing had to be put right").isEmpty();
    }

    static Set<String> names() {
        return RULES.keySet();
    }

    /** The kind of the custom resource of a rule. */
    static String kind(String rule) {
        return RULES.get(rule).contains("kind: ClusterPlacementConstraint")
                ? "ClusterPlacementConstraint"
                : "PlacementConstraint";
    }

    /** Those of the breaches that are of these rules. */
    static List<String> of(Set<String> rules, List<String> breaches) {
        return breaches.stream()
                .filter(breach -> rules.stream().anyMatch(rule -> breach.contains(rule + ",")))
                .toList();
    }
}
