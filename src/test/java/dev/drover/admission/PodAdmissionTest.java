package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.observe.Reservation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodAdmissionTest {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String ANTI = "/spec/affinity/podAntiAffinity/" + REQUIRED;
    private static final String NODES = "/spec/affinity/nodeAffinity/" + REQUIRED + "/nodeSelectorTerms";
    private static final String CHOSEN = "/metadata/annotations/drover.dev~1chosen-node";
    private static final String RULES = "/metadata/annotations/drover.dev~1rules";
    private static final String OWN_PODS =
            "{'key':'kubevirt.io/created-by','operator':'NotIn','values':['instance-web-1']}";

    private static World shop() {
        return new World().nodes(4).vm("web-0", "web", "node-0").vm("web-1", "web", null);
    }

    private static Desk advising(World world) {
        return new Desk(world.policy("default", AdmissionMode.ADVISE, ""));
    }

    private static Desk gating(World world) {
        return new Desk(world.policy("default", AdmissionMode.GATE, ""));
    }

    /** What a rule must leave on the pod of web-1, as text that must and must not be in it. */
    record Row(String story, Rule rule, String path, List<String> has) {
        @Override
        public String toString() {
            return story;
        }
    }

    static List<Row> rows() {
        Selector zoneA = Selector.of(Map.of("zone", "a"));
        Selector db = Selector.of(Map.of("app", "db"));
        String launcher = "{'key':'kubevirt.io','operator':'In','values':['virt-launcher']}";
        String web = "{'key':'app','operator':'In','values':['web']}";
        return List.of(
                new Row(
                        "Spread: apart from the launchers of its like, not from its own",
                        new Rule.Spread("kubernetes.io/hostname", OptionalInt.empty()),
                        ANTI,
                        List.of(launcher, web, OWN_PODS, "'namespaces':['shop']", "kubernetes.io/hostname")),
                new Row(
                        "Spread over zones with a skew: a topology spread",
                        new Rule.Spread("zone", OptionalInt.of(1)),
                        "/spec/topologySpreadConstraints",
                        List.of("'maxSkew':1", "'topologyKey':'zone'", "'DoNotSchedule'", web)),
                new Row(
                        "SeparateFrom: apart from the others' launchers",
                        new Rule.SeparateFrom(Selection.inNamespace("shop", db)),
                        ANTI,
                        List.of("'values':['db']", OWN_PODS, "'namespaces':['shop']")),
                new Row(
                        "Exclusive: apart from all launchers outside",
                        new Rule.Exclusive(),
                        ANTI,
                        List.of("{'key':'app','operator':'NotIn','values':['web']}", OWN_PODS)),
                new Row(
                        "AllowedNodes: required node affinity",
                        new Rule.AllowedNodes(zoneA),
                        NODES,
                        List.of("{'key':'zone','operator':'In','values':['a']}")),
                new Row(
                        "ForbiddenNodes: the opposite",
                        new Rule.ForbiddenNodes(zoneA),
                        NODES,
                        List.of("{'key':'zone','operator':'NotIn','values':['a']}")),
                new Row(
                        "Colocate: a preference",
                        new Rule.Colocate("kubernetes.io/hostname"),
                        "/spec/affinity/podAffinity/" + PREFERRED,
                        List.of(web, "'topologyKey':'kubernetes.io/hostname'")),
                new Row(
                        "SameDomain: a preference",
                        new Rule.SameDomain("zone"),
                        "/spec/affinity/podAffinity/" + PREFERRED,
                        List.of(web, "'topologyKey':'zone'")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_rule_has_its_native_form_on_the_pod(Row row) {
        Desk desk = advising(shop().rule("r", "web", row.rule()));

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        String terms = pod.at(row.path()).toString();
        assertThat(row.has()).allSatisfy(part -> assertThat(terms).contains(part.replace('\'', '"')));
        boolean binds = !row.path().contains(PREFERRED);
        assertThat(pod.at(RULES).asText()).isEqualTo(binds ? "rule-r=PlacementConstraint/shop/r" : "");
        assertThat(desk.patch(again(World.review("web-1", "web"), pod)))
                .as("reinvoked, it adds nothing")
                .isEmpty();
    }

    static List<Rule> rulesThatDroverHoldsAlone() {
        return List.of(new Rule.Pinned(), new Rule.Capacity(Selector.EVERYTHING, null, 9, null));
    }

    @ParameterizedTest
    @MethodSource("rulesThatDroverHoldsAlone")
    void rules_without_a_native_form_leave_only_the_chosen_node(Rule rule) {
        JsonNode pod = advising(shop().rule("r", "web", rule)).admitted(World.review("web-1", "web"));

        assertThat(pod.at("/spec/affinity").size()).isOne();
        assertThat(pod.at("/spec/affinity/nodeAffinity").size()).isOne();
        assertThat(pod.at(RULES).isMissingNode()).isTrue();
    }

    @Test
    void a_spread_with_a_skew_does_not_bind_the_target_of_a_migration() {
        World world = shop().rule("r", "web", new Rule.Spread("zone", OptionalInt.of(1)));

        JsonNode pod = advising(world).admitted(World.migrationReview("web-0", "web", "m"));

        assertThat(pod.at("/spec/topologySpreadConstraints").isMissingNode()).isTrue();
    }

    @Test
    void advise_prefers_the_engines_node_and_keeps_it() {
        Desk desk = advising(shop());

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        assertThat(pod.at(CHOSEN).asText()).isEqualTo("node-0");
        assertThat(pod.at("/spec/affinity/nodeAffinity/" + PREFERRED).toString())
                .contains("node-0", "100");
        assertThat(pod.at("/spec/schedulingGates").isMissingNode()).isTrue();
        assertThat(desk.ledger.open()).hasSize(1);
        Reservation kept = desk.ledger.open().get("instance-web-1");
        assertThat(kept.node()).isEqualTo("node-0");
        assertThat(kept.expires()).isEqualTo(World.NOW.plus(AdmissionSettings.DEFAULT.reservation()));
        assertThat(desk.decisions("advise", "placed")).isOne();
    }

    @Test
    void a_dry_run_answers_the_same_and_leaves_no_trace() {
        Desk desk = advising(shop());
        ObjectNode review = World.review("web-1", "web");
        ((ObjectNode) review.get("request")).put("dryRun", true);

        assertThat(desk.admitted(review).at(CHOSEN).asText()).isEqualTo("node-0");

        assertThat(desk.ledger.open()).isEmpty();
        desk.world.pod("web-1", "node-0");
        desk.settle();
        assertThat(desk.bound("chosen")).isZero();
    }

    @Test
    void what_was_chosen_a_moment_ago_counts_for_the_next_one() {
        World world = shop().vm("web-2", "web", null);
        Desk desk = advising(world);
        desk.chooser = (cluster, rules, vms, nodes, goal) -> {
            long taken = cluster.vms().stream().filter(vm -> vm.node() != null).count();
            assertThat(cluster.vms().get(vms.getFirst()).node())
                    .as("who arrives is nowhere yet")
                    .isNull();
            return Desk.FIRST.place(cluster, rules, vms, nodesFrom(nodes, (int) taken), goal);
        };

        assertThat(desk.admitted(World.review("web-1", "web")).at(CHOSEN).asText())
                .isEqualTo("node-1");
        assertThat(desk.admitted(World.review("web-2", "web")).at(CHOSEN).asText())
                .as("web-0 runs; web-1 was promised a node")
                .isEqualTo("node-2");
        assertThat(desk.admitted(World.review("web-1", "web")).at(CHOSEN).asText())
                .as("a second call makes the same choice")
                .isEqualTo("node-1");
    }

    private static BitSet nodesFrom(BitSet nodes, int first) {
        BitSet rest = (BitSet) nodes.clone();
        rest.clear(0, first);
        return rest;
    }

    @Test
    void the_target_of_somebody_elses_migration_is_placed_away_from_its_source() {
        Desk desk = advising(shop());

        JsonNode pod = desk.admitted(World.migrationReview("web-0", "web", "evacuation-1"));

        assertThat(pod.at(CHOSEN).asText()).isEqualTo("node-1");
        Reservation kept = desk.ledger.open().get("instance-web-0");
        assertThat(kept.migration()).isEqualTo("evacuation-1");
        assertThat(kept.node()).isEqualTo("node-1");
    }

    @Test
    void the_target_of_our_own_migration_has_its_node_already() {
        World world = shop().rule("r", "web", new Rule.ForbiddenNodes(Selector.of(Map.of("zone", "c"))));
        ObjectNode review = World.migrationReview("web-0", "web", "drover-1");
        ((ObjectNode) review.at("/request/object/spec/nodeSelector")).put("kubernetes.io/hostname", "node-3");

        JsonNode pod = gating(world).admitted(review);

        assertThat(pod.at(NODES)).as("the rules still go with it").hasSize(1);
        assertThat(pod.at("/spec/schedulingGates").isMissingNode()).isTrue();
        assertThat(pod.at(CHOSEN).isMissingNode()).isTrue();
    }

    @Test
    void gate_holds_the_pod_until_a_deadline_and_a_second_call_does_not_extend_it() {
        Desk desk = gating(shop());
        JsonNode pod = desk.admitted(World.review("web-1", "web"));
        assertThat(pod.at("/spec/schedulingGates").toString()).isEqualTo("[{\"name\":\"drover.dev/placement\"}]");
        assertThat(pod.at("/metadata/annotations/drover.dev~1placement-deadline")
                        .asText())
                .isEqualTo("2026-03-01T12:00:10Z");

        desk.now = desk.now.plus(Duration.ofSeconds(3));

        assertThat(desk.patch(again(World.review("web-1", "web"), pod))).isEmpty();
        assertThat(desk.ledger.open())
                .as("the node is chosen later, for all together")
                .isEmpty();
    }

    @Test
    void a_policy_gets_no_more_than_the_operator_was_started_for() {
        AdmissionSettings usual = AdmissionSettings.DEFAULT;
        AdmissionSettings advise = new AdmissionSettings(
                AdmissionMode.ADVISE,
                usual.gateDeadline(),
                usual.batchQuiet(),
                usual.batchLimit(),
                usual.reservation(),
                usual.patience());

        JsonNode pod = new Desk(shop().policy("default", AdmissionMode.GATE, ""), Desk.unreachable(), advise)
                .admitted(World.review("web-1", "web"));

        assertThat(pod.at("/spec/schedulingGates").isMissingNode())
                .as("nobody would have the right to lift a gate")
                .isTrue();
        assertThat(pod.at(CHOSEN).asText()).isNotEmpty();
    }

    @Test
    void gate_wins_where_a_pod_may_use_the_nodes_of_two_policies() {
        World both = shop().policy("a", AdmissionMode.GATE, "a").policy("default", AdmissionMode.ADVISE, "");
        assertThat(new Desk(both).admitted(World.review("web-1", "web")).at("/spec/schedulingGates"))
                .hasSize(1);

        World fenced = shop().policy("a", AdmissionMode.GATE, "a")
                .policy("default", AdmissionMode.ADVISE, "")
                .rule("fence", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "b"))));
        JsonNode pod = new Desk(fenced).admitted(World.review("web-1", "web"));
        assertThat(pod.at("/spec/schedulingGates").isMissingNode()).isTrue();
        assertThat(pod.at(CHOSEN).asText()).isEqualTo("node-1");
    }

    @Test
    void a_virtual_machine_that_no_node_takes_just_now_still_gets_its_rules() {
        World world = shop().rule("fence", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "c"))));
        Desk desk = advising(world);

        assertThat(desk.admitted(World.review("web-1", "web")).at(NODES)).hasSize(1);
        assertThat(desk.decisions("advise", "unplaceable")).isOne();
    }

    @Test
    void nodes_of_a_policy_that_is_off_are_not_chosen() {
        World world = shop().policy("a", AdmissionMode.OFF, "a").policy("default", AdmissionMode.ADVISE, "");

        assertThat(new Desk(world)
                        .admitted(World.review("web-1", "web"))
                        .at(CHOSEN)
                        .asText())
                .isEqualTo("node-1");
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
                    desk.chooser = (cluster, rules, vms, nodes, goal) ->
                            Desk.FIRST.place(cluster, rules, vms, new BitSet(), goal);
                    return desk;
                }));
    }

    @ParameterizedTest
    @MethodSource("withoutNode")
    void without_a_node_the_rules_still_go_onto_the_pod(WithoutNode without) {
        World world = shop().rule("r", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "a"))));
        Desk desk = without.change().apply(advising(world));

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        assertThat(pod.at(NODES)).hasSize(1);
        assertThat(pod.at(CHOSEN).isMissingNode()).isTrue();
        assertThat(desk.ledger.open()).isEmpty();
        assertThat(desk.decisions("advise", without.outcome())).isOne();
    }

    @Test
    void an_instance_that_the_snapshot_does_not_show_gets_the_rules_by_the_pods_labels() {
        World world = shop().rule("r", "new", new Rule.Spread("zone", OptionalInt.empty()));
        Desk desk = advising(world);

        JsonNode pod = desk.admitted(World.review("brand-new", "new"));

        assertThat(pod.at(ANTI)).hasSize(1);
        assertThat(desk.decisions("advise", "unknown_instance")).isOne();
    }

    @Test
    void an_instance_that_appeared_since_the_last_snapshot_is_looked_for_again() {
        Desk desk = advising(shop());
        desk.patch(World.review("web-1", "web"));
        desk.world.vm("web-9", "web", null);

        assertThat(desk.admitted(World.review("web-9", "web")).at(CHOSEN).asText())
                .isEqualTo("node-0");
    }

    /** Pods that are admitted exactly as they came. */
    record Untouched(String outcome, World world, ObjectNode review) {
        @Override
        public String toString() {
            return outcome;
        }
    }

    static List<Untouched> untouched() {
        ObjectNode forged = World.review("web-1", "web");
        ((ObjectNode) forged.at("/request/object/metadata")).remove("ownerReferences");
        ObjectNode ofReplicaSet = World.review("web-1", "web");
        ((ObjectNode) ofReplicaSet.at("/request/object/metadata/ownerReferences/0")).put("apiVersion", "apps/v1");
        ObjectNode ownedNotControlled = World.review("web-1", "web");
        ((ObjectNode) ownedNotControlled.at("/request/object/metadata/ownerReferences/0")).remove("controller");
        ObjectNode otherPod = World.review("web-1", "web");
        ((ObjectNode) otherPod.at("/request/object/metadata/labels")).put("kubevirt.io", "hotplug-disk");
        World starting = shop().policy("default", AdmissionMode.GATE, "");
        starting.ready = false;
        World gate = shop().policy("default", AdmissionMode.GATE, "");
        return List.of(
                new Untouched("not_a_launcher", gate, forged),
                new Untouched("not_a_launcher", gate, ofReplicaSet),
                new Untouched("not_a_launcher", gate, ownedNotControlled),
                new Untouched("not_a_launcher", gate, otherPod),
                new Untouched("no_snapshot", starting, World.review("web-1", "web")),
                new Untouched("off", shop(), World.review("web-1", "web")),
                new Untouched("off", shop().policy("default", AdmissionMode.OFF, ""), World.review("web-1", "web")));
    }

    @ParameterizedTest
    @MethodSource("untouched")
    void other_pods_are_admitted_as_they_came(Untouched untouched) {
        Desk desk = new Desk(untouched.world());

        assertThat(desk.patch(untouched.review())).isEmpty();

        assertThat(desk.decisions("off", untouched.outcome())).isOne();
    }

    @Test
    void when_the_engine_breaks_the_pod_is_admitted_as_it_came() {
        Desk desk = advising(shop().rule("r", "web", new Rule.Exclusive()));
        desk.chooser = (cluster, rules, vms, nodes, goal) -> {
            throw new IllegalStateException("broken on purpose");
        };

        assertThat(desk.patch(World.review("web-1", "web"))).isEmpty();

        assertThat(desk.decisions("off", "failed")).isOne();
    }

    @Test
    void a_stale_snapshot_opens_the_gate() {
        Desk desk = gating(shop().rule("r", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "a")))));
        desk.world.fresh = false;

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        assertThat(pod.at("/spec/schedulingGates").isMissingNode()).isTrue();
        assertThat(pod.at(NODES)).hasSize(1);
    }

    static List<String> malformed() {
        return List.of(
                "",
                "rubbish",
                "[]",
                "null",
                "{}",
                "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\","
                        + "\"kind\":{\"kind\":\"Node\"},\"object\":{}}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_is_no_review_of_a_pod_is_refused_with_a_message(String body) {
        Desk desk = advising(shop());

        assertThatThrownBy(() -> desk.answer(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedReview.class)
                .hasMessageMatching("(?s)The .*\\. (Send|Register) .*\\.");
        assertThat(desk.meters.counter("drover.admission.malformed").count()).isOne();
    }

    @Test
    void a_pod_that_cannot_be_read_is_admitted_as_it_came() {
        Desk desk = advising(shop().rule("r", "web", new Rule.Spread("zone", OptionalInt.of(1))));
        ObjectNode odd = World.review("web-1", "web");
        ((ObjectNode) odd.at("/request/object")).set("spec", Json.of("{'affinity':'text','nodeSelector':[]}"));

        assertThat(desk.patch(odd)).isEmpty();
        assertThat(desk.decisions("off", "failed")).isOne();
    }

    @Test
    void where_a_chosen_pod_ends_is_counted_once() {
        Desk desk = advising(shop().vm("web-2", "web", null));
        desk.patch(World.review("web-1", "web"));
        desk.patch(World.review("web-2", "web"));
        desk.settle();
        assertThat(desk.bound("chosen") + desk.bound("other")).isZero();

        desk.world.pod("web-1", "node-0").pod("web-2", "node-3");
        desk.settle();
        desk.settle();

        assertThat(desk.bound("chosen")).isOne();
        assertThat(desk.bound("other")).isOne();
    }

    @Test
    void the_source_of_a_migration_is_not_taken_for_its_target() {
        Desk desk = advising(shop());
        desk.patch(World.migrationReview("web-0", "web", "evacuation-1"));
        desk.settle();
        assertThat(desk.bound("other")).isZero();

        desk.world.pod("web-0", "node-1");
        desk.settle();
        assertThat(desk.bound("chosen")).isOne();
    }

    private static JsonNode again(ObjectNode review, JsonNode pod) {
        ObjectNode created = pod.deepCopy();
        ((ArrayNode) created.at("/spec/containers")).addObject().put("name", "sidecar");
        ((ObjectNode) review.get("request")).set("object", created);
        return review;
    }

    @Test
    void a_native_requirement_of_the_pod_itself_is_kept() {
        Desk desk = advising(shop().rule(
                        "r",
                        "web",
                        new Rule.AllowedNodes(new Selector(
                                List.of(Requirement.in("zone", "a"), Requirement.notIn("disk", "slow"))))));
        ObjectNode review = World.review("web-1", "web");
        ((ObjectNode) review.at("/request/object/spec"))
                .set(
                        "affinity",
                        Json.of(
                                "{'nodeAffinity':{'" + REQUIRED
                                        + "':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'cpu','operator':'Exists'}]}]}}}"));

        JsonNode terms = desk.admitted(review).at(NODES);

        assertThat(terms).hasSize(1);
        assertThat(terms.get(0).get("matchExpressions")).hasSize(3);
    }
}
