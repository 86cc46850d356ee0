package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules leave on a pod as it is created. */
class RulesOnPodTest {
    private static final String LAUNCHER = "{'key':'kubevirt.io','operator':'In','values':['virt-launcher']}";
    private static final String WEB = "{'key':'app','operator':'In','values':['web']}";
    private static final String OWN_PODS =
            "{'key':'kubevirt.io/created-by','operator':'NotIn','values':['instance-web-1']}";

    /** What a rule must leave on the pod of web-1, as text that must be in it. */
    record Row(String story, Rule rule, String path, List<String> has) {
        @Override
        public String toString() {
            return story;
        }
    }

    static List<Row> rows() {
        return Stream.of(apart(), onNodes(), together()).flatMap(List::stream).toList();
    }

    private static List<Row> apart() {
        Selector db = Selector.of(Map.of("app", "db"));
        return List.of(
                new Row(
                        "Spread: apart from the launchers of its like, not from its own",
                        new Rule.Spread("kubernetes.io/hostname", OptionalInt.empty()),
                        PodFields.ANTI,
                        List.of(LAUNCHER, WEB, OWN_PODS, "'namespaces':['shop']", "kubernetes.io/hostname")),
                new Row(
                        "Spread over zones with a skew: a topology spread",
                        new Rule.Spread("zone", OptionalInt.of(1)),
                        "/spec/topologySpreadConstraints",
                        List.of("'maxSkew':1", "'topologyKey':'zone'", "'DoNotSchedule'", WEB)),
                new Row(
                        "SeparateFrom: apart from the others' launchers",
                        new Rule.SeparateFrom(Selection.inNamespace("shop", db)),
                        PodFields.ANTI,
                        List.of("'values':['db']", OWN_PODS, "'namespaces':['shop']")),
                new Row(
                        "Exclusive: apart from all launchers outside",
                        new Rule.Exclusive(),
                        PodFields.ANTI,
                        List.of("{'key':'app','operator':'NotIn','values':['web']}", OWN_PODS)));
    }

    private static List<Row> onNodes() {
        Selector zoneA = Selector.of(Map.of("zone", "a"));
        return List.of(
                new Row(
                        "AllowedNodes: required node affinity",
                        new Rule.AllowedNodes(zoneA),
                        PodFields.NODES,
                        List.of("{'key':'zone','operator':'In','values':['a']}")),
                new Row(
                        "ForbiddenNodes: the opposite",
                        new Rule.ForbiddenNodes(zoneA),
                        PodFields.NODES,
                        List.of("{'key':'zone','operator':'NotIn','values':['a']}")));
    }

    private static List<Row> together() {
        return List.of(
                new Row(
                        "Colocate: a preference",
                        new Rule.Colocate("kubernetes.io/hostname"),
                        "/spec/affinity/podAffinity/" + PodFields.PREFERRED,
                        List.of(WEB, "'topologyKey':'kubernetes.io/hostname'")),
                new Row(
                        "SameDomain: a preference",
                        new Rule.SameDomain("zone"),
                        "/spec/affinity/podAffinity/" + PodFields.PREFERRED,
                        List.of(WEB, "'topologyKey':'zone'")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_rule_has_its_native_form_on_the_pod(Row row) {
        Desk desk = Desk.advising(World.shop().rule("r", "web", row.rule()));

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        String terms = pod.at(row.path()).toString();
        assertThat(row.has()).allSatisfy(part -> assertThat(terms).contains(part.replace('\'', '"')));
        boolean binds = !row.path().contains(PodFields.PREFERRED);
        assertThat(pod.at(PodFields.RULES).asText()).isEqualTo(binds ? "rule-r=PlacementConstraint/shop/r" : "");
        assertThat(desk.patch(World.reinvoked(World.review("web-1", "web"), pod)))
                .as("reinvoked, it adds nothing")
                .isEmpty();
    }

    static List<Rule> rulesThatDroverHoldsAlone() {
        return List.of(new Rule.Pinned(), new Rule.Capacity(Selector.EVERYTHING, null, 9, null));
    }

    @ParameterizedTest
    @MethodSource("rulesThatDroverHoldsAlone")
    void rules_without_a_native_form_leave_only_the_chosen_node(Rule rule) {
        JsonNode pod = Desk.advising(World.shop().rule("r", "web", rule)).admitted(World.review("web-1", "web"));

        assertThat(pod.at("/spec/affinity").size()).isOne();
        assertThat(pod.at("/spec/affinity/nodeAffinity").size()).isOne();
        assertThat(pod.at(PodFields.RULES).isMissingNode()).isTrue();
    }

    @Test
    void a_spread_with_a_skew_does_not_bind_the_target_of_a_migration() {
        World world = World.shop().rule("r", "web", new Rule.Spread("zone", OptionalInt.of(1)));

        JsonNode pod = Desk.advising(world).admitted(World.migrationReview("web-0", "web", "m"));

        assertThat(pod.at("/spec/topologySpreadConstraints").isMissingNode()).isTrue();
    }

    @Test
    void a_native_requirement_of_the_pod_itself_is_kept() {
        Desk desk = Desk.advising(World.shop()
                .rule(
                        "r",
                        "web",
                        new Rule.AllowedNodes(new Selector(
                                List.of(Requirement.in("zone", "a"), Requirement.notIn("disk", "slow"))))));
        ObjectNode review = World.review("web-1", "web");
        ((ObjectNode) review.at("/request/object/spec"))
                .set(
                        "affinity",
                        Json.of(
                                "{'nodeAffinity':{'" + PodFields.REQUIRED
                                        + "':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'cpu','operator':'Exists'}]}]}}}"));

        JsonNode terms = desk.admitted(review).at(PodFields.NODES);

        assertThat(terms).hasSize(1);
        assertThat(terms.get(0).get("matchExpressions")).hasSize(3);
    }

    @Test
    void a_virtual_machine_that_no_node_takes_just_now_still_gets_its_rules() {
        World world = World.shop().rule("fence", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "c"))));
        Desk desk = Desk.advising(world);

        assertThat(desk.admitted(World.review("web-1", "web")).at(PodFields.NODES))
                .hasSize(1);
        assertThat(desk.decisions("advise", "unplaceable")).isOne();
    }

    /** Cases in which the pod gets its rules, but no node. */
    record WithoutNode(String outcome, UnaryOperator<Desk> change) {
        @Override
        public String toString() {
            return outcome;
        }
    }

    static List<WithoutNode> withoutNode() {
        return List.of(
                new WithoutNode("rules_only", desk -> {
                    desk.leading = false;
                    return desk;
                }),
                new WithoutNode("stale", desk -> {
                    desk.world.fresh = false;
                    return desk;
                }),
                new WithoutNode("unplaceable", desk -> {
                    desk.world.full();
                    return desk;
                }));
    }

    @ParameterizedTest
    @MethodSource("withoutNode")
    void without_a_node_the_rules_still_go_onto_the_pod(WithoutNode without) {
        World world = World.shop().rule("r", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "a"))));
        Desk desk = without.change().apply(Desk.advising(world));

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        assertThat(pod.at(PodFields.NODES)).hasSize(1);
        assertThat(pod.at(PodFields.CHOSEN).isMissingNode()).isTrue();
        assertThat(desk.ledger.open()).isEmpty();
        assertThat(desk.decisions("advise", without.outcome())).isOne();
    }

    @Test
    void an_instance_that_the_snapshot_does_not_show_gets_the_rules_by_the_pods_labels() {
        World world = World.shop().rule("r", "new", new Rule.Spread("zone", OptionalInt.empty()));
        Desk desk = Desk.advising(world);

        JsonNode pod = desk.admitted(World.review("brand-new", "new"));

        assertThat(pod.at(PodFields.ANTI)).hasSize(1);
        assertThat(desk.decisions("advise", "unknown_instance")).isOne();
    }
}
