package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.model.Cluster;
import dev.drover.observe.ConstraintReader;
import dev.drover.observe.InlineRules;
import dev.drover.placement.World;
import dev.drover.service.Outlook;
import dev.drover.status.RuleReason;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service is told of its rules, of those that find no node, and of the room that there is. */
class ServiceOutlooksTest {
    private static final String ON =
            "{type: AllowedNodes, allowedNodes: {nodeSelector: {matchLabels: {kubernetes.io/hostname: %s}}}%s}";

    @Test
    void rulesThatHoldAreInForceAndSatisfied() {
        Outlook outlook = outlook(
                World.ofNodes(2).vm("web-0", "n1", 100, "app=web").vm("web-1", "n2", 100, "app=web"),
                service("", "constraints: [{type: Spread}]"));

        assertThat(outlook.inForce()).isEqualTo(new Outlook.Finding(true, RuleReason.ACCEPTED, ""));
        assertThat(outlook.satisfied()).isEqualTo(new Outlook.Finding(true, RuleReason.SATISFIED, ""));
        assertThat(outlook.unplaced()).isEmpty();
    }

    @Test
    void aServiceWithoutRulesIsToldNothingOfThem() {
        Outlook outlook = outlook(World.ofNodes(1).vm("web-0", "n1", 100, "app=web"), service("", ""));

        assertThat(outlook.inForce()).isNull();
        assertThat(outlook.satisfied()).isNull();
    }

    @Test
    void aRuleThatCannotHoldIsNamedByItsApplicationAndPlace() {
        Outlook outlook = outlook(
                World.ofNodes(1).vm("web-0", "n1", 100, "app=web").vm("web-1", "n1", 100, "app=web"),
                service("", "constraints: [" + ON.formatted("n1", "") + ", {type: Spread}]"));

        assertThat(outlook.inForce().holds()).isFalse();
        assertThat(outlook.inForce().reason()).isEqualTo(RuleReason.RULE_CANNOT_HOLD);
        assertThat(outlook.inForce().message())
                .startsWith("The rule at place (1) of the application (web): ")
                .contains("ApplicationService shop/shop.web.1", "cannot hold");
    }

    @Test
    void nodesThatThereAreNoneOfAreNamedAsTheServicesNodeSelector() {
        Outlook outlook = outlook(
                World.ofNodes(2).vm("web-0", "n1", 100, "app=web"),
                service("nodeSelector: {matchLabels: {disk: fast}}", ""));

        assertThat(outlook.inForce().reason()).isEqualTo(RuleReason.UNKNOWN_NODE);
        assertThat(outlook.inForce().message()).startsWith("spec.nodeSelector, for the application (web): ");
    }

    @Test
    void whatIsBrokenIsToldWithTheRule() {
        Outlook outlook = outlook(
                World.ofNodes(2).vm("web-0", "n1", 100, "app=web").vm("web-1", "n1", 100, "app=web"),
                service("", "constraints: [" + ON.formatted("n2", ", enforcement: Preferred") + ", {type: Spread}]"));

        assertThat(outlook.satisfied().holds()).isFalse();
        assertThat(outlook.satisfied().reason())
                .as("what is required comes first")
                .isEqualTo(RuleReason.VIOLATED);
        assertThat(outlook.satisfied().message())
                .startsWith("The rule at place (1) of the application (web): ")
                .contains("The rule at place (0) of the application (web): ");
        assertThat(outlook.inForce().holds()).isTrue();
    }

    @Test
    void whoFindsNoNodeIsToldHowMuchIsMissingWhere() {
        Outlook outlook = outlook(
                World.ofNodes(2)
                        .pod("cache-1", "n1", 9_500, 1)
                        .pod("cache-2", "n2", 9_700, 1)
                        .vm("web-0", null, 100, "app=web")
                        .requesting("web-0", 800, 1)
                        .vm("other", null, 100, "app=other")
                        .requesting("other", 800, 1),
                service("", ""));

        assertThat(outlook.unplaced())
                .containsOnlyKeys("web-0")
                .containsEntry(
                        "web-0",
                        "It finds no node: 0 of 2 nodes: 2 too little cpu. The node (n1) comes nearest: there it is short of 300m of cpu."
                                + " Free as much there, lower what it requests, or add a node.");
    }

    @Test
    void ofTwoThatFitAloneTheOneThatIsLeftOverIsTold() {
        Outlook outlook = outlook(
                World.ofNodes(1)
                        .vm("web-0", null, 100, "app=web")
                        .requesting("web-0", 6_000, 1)
                        .vm("web-1", null, 100, "app=web")
                        .requesting("web-1", 6_000, 1),
                service("", ""));

        assertThat(outlook.unplaced()).hasSize(1);
    }

    @Test
    void whomMoreThanRoomKeepsAwayIsToldThat() {
        Outlook outlook = outlook(World.ofNodes(1).cordoned("n1").vm("web-0", null, 100, "app=web"), service("", ""));

        assertThat(outlook.unplaced().get("web-0")).contains("1 cordoned", "open nodes to it");
    }

    @Test
    void whatIsFreeIsThatOfTheNodesWhichTheServiceMayUse() {
        World world =
                World.ofNodes(3).cordoned("n3").pod("cache", "n1", 4_000, 10).vm("web-0", "n1", 100, "app=web");

        assertThat(outlook(world, service("", "")).available().cpu()).isEqualTo(new Quantity("16000m"));
        assertThat(outlook(world, service("nodeSelector: {matchLabels: {kubernetes.io/hostname: n1}}", ""))
                        .available()
                        .cpu())
                .isEqualTo(new Quantity("6000m"));
    }

    @Test
    void aSmallChangeOfWhatIsFreeIsNotTold() {
        World world = World.ofNodes(1).vm("web-0", "n1", 100, "app=web");
        NodeResources almost =
                new NodeResources(new Quantity("9500m"), new Quantity("99Gi"), new Quantity("109"), null, null);
        NodeResources far =
                new NodeResources(new Quantity("5000m"), new Quantity("99Gi"), new Quantity("109"), null, null);

        assertThat(outlook(world, told(almost)).available()).isEqualTo(almost);
        assertThat(outlook(world, told(far)).available()).isNotEqualTo(far);
    }

    private static ApplicationService told(NodeResources available) {
        ApplicationService service = service("", "");
        service.setStatus(new ApplicationServiceStatus(null, null, null, null, null, available, null, null));
        return service;
    }

    private static Outlook outlook(World world, ApplicationService service) {
        Cluster cluster = world.cluster();
        List<Constraint> rules = InlineRules.of(service).stream()
                .map(rule -> ConstraintReader.read(id(rule.getMetadata().getName()), World.NOW, rule.getSpec()))
                .toList();
        View view = Situation.of(cluster, rules).with(service).view();
        return new ServiceOutlooks(view, new ConstraintReports(view), Unplaced.of(cluster, view.rules()))
                .byService()
                .get("s");
    }

    private static ConstraintId id(String name) {
        return new ConstraintId("ApplicationService", "shop", name, "s" + name.substring("shop".length()));
    }

    private static ApplicationService service(String members, String ofApplication) {
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        metadata: {name: shop, namespace: shop, uid: s, creationTimestamp: '2026-01-01T00:00:00Z'}
                        spec:
                          %s
                          applications:
                          - name: web
                            %s
                            virtualMachines: {selector: {matchLabels: {app: web}}}
                        """
                                .formatted(members, ofApplication),
                        ApplicationService.class);
    }
}
