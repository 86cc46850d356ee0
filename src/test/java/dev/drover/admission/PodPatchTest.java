package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.constraint.NativeTerms;
import dev.drover.constraint.RuleList;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodPatchTest {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final Requirement IN_ZONE_A = Requirement.in("zone", "a");
    private static final PodTerm APART = new PodTerm(
            new Selector(List.of(Requirement.in("app", "db"), Requirement.notIn("kubevirt.io/created-by", "uid-1"))),
            Set.of("shop"),
            Selector.NOTHING,
            "kubernetes.io/hostname");

    private static final List<Selector> ANYWHERE = List.of(Selector.EVERYTHING);

    private static Selector all(Requirement... requirements) {
        return new Selector(List.of(requirements));
    }

    private static PodChange only(NativeTerms terms) {
        return new PodChange(terms, null, false, Map.of());
    }

    private static PodChange nodes(Selector... alternatives) {
        return only(new NativeTerms(List.of(), List.of(alternatives), List.of(), List.of(), new TreeSet<>()));
    }

    private static PodChange apart(PodTerm... terms) {
        return only(new NativeTerms(List.of(terms), ANYWHERE, List.of(), List.of(), new TreeSet<>()));
    }

    private static PodChange spread(TopologySpread spread) {
        return only(new NativeTerms(List.of(), ANYWHERE, List.of(spread), List.of(), new TreeSet<>()));
    }

    private static PodChange together(PodTerm term) {
        return only(new NativeTerms(List.of(), ANYWHERE, List.of(), List.of(term), new TreeSet<>()));
    }

    private static PodChange everything() {
        NativeTerms terms = new NativeTerms(
                List.of(APART),
                List.of(
                        all(IN_ZONE_A, Requirement.notIn("disk", "slow")),
                        all(IN_ZONE_A, Requirement.notIn("rack", "r1", "r2"))),
                List.of(new TopologySpread(Selector.of(Map.of("app", "web")), "zone", 1)),
                List.of(APART),
                new TreeSet<>(Set.of("u")));
        return new PodChange(terms, "node-3", true, Map.of(RuleList.ANNOTATION, "u=PlacementConstraint/shop/apart"));
    }

    private static JsonNode apply(JsonNode pod, PodChange change) {
        return Json.patched(pod, PodPatch.of(pod, change));
    }

    private static JsonNode pod(String spec) {
        return Json.of("{'metadata':{'generateName':'virt-launcher-x-'},'spec':" + spec + "}");
    }

    record Row(String story, String specBefore, PodChange change, String pathInSpec, String after) {
        @Override
        public String toString() {
            return story;
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        String terms = "/affinity/nodeAffinity/" + REQUIRED + "/nodeSelectorTerms";
        rows.add(new Row(
                "a pod without node affinity gets one term",
                "{}",
                nodes(all(IN_ZONE_A)),
                terms,
                "[{'matchExpressions':[{'key':'zone','operator':'In','values':['a']}]}]"));
        rows.add(new Row(
                "a requirement goes into each of several alternatives",
                "{'affinity':{'nodeAffinity':{'" + REQUIRED + "':{'nodeSelectorTerms':["
                        + "{'matchExpressions':[{'key':'cpu','operator':'Exists'}]},"
                        + "{'matchFields':[{'key':'metadata.name','operator':'In','values':['n1']}]}]}}}}",
                nodes(all(IN_ZONE_A)),
                terms,
                "[{'matchExpressions':[{'key':'cpu','operator':'Exists'},{'key':'zone','operator':'In','values':['a']}]},"
                        + "{'matchFields':[{'key':'metadata.name','operator':'In','values':['n1']}],"
                        + "'matchExpressions':[{'key':'zone','operator':'In','values':['a']}]}]"));
        rows.add(new Row(
                "an empty alternative matches no node and must not begin to match some",
                "{'affinity':{'nodeAffinity':{'" + REQUIRED + "':{'nodeSelectorTerms':[{}]}}}}",
                nodes(all(IN_ZONE_A)),
                terms,
                "[{}]"));
        rows.add(new Row(
                "forbidden by two labels at once means: either label is missing",
                "{}",
                nodes(all(Requirement.notIn("disk", "slow")), all(Requirement.notIn("zone", "b"))),
                terms,
                "[{'matchExpressions':[{'key':'disk','operator':'NotIn','values':['slow']}]},"
                        + "{'matchExpressions':[{'key':'zone','operator':'NotIn','values':['b']}]}]"));
        rows.add(new Row(
                "values are sorted, so that two calls write the same",
                "{}",
                nodes(all(Requirement.in("zone", "c", "a", "b"))),
                terms,
                "[{'matchExpressions':[{'key':'zone','operator':'In','values':['a','b','c']}]}]"));
        rows.add(
                new Row(
                        "numbers and presence of labels have operators of their own",
                        "{}",
                        nodes(all(
                                new Requirement("cores", Requirement.Operator.GREATER_THAN, List.of("8")),
                                new Requirement("ssd", Requirement.Operator.EXISTS, List.of()))),
                        terms,
                        "[{'matchExpressions':[{'key':'cores','operator':'Gt','values':['8']},{'key':'ssd','operator':'Exists'}]}]"));
        String anti = "/affinity/podAntiAffinity/" + REQUIRED;
        String apart = "{'labelSelector':{'matchExpressions':[{'key':'app','operator':'In','values':['db']},"
                + "{'key':'kubevirt.io/created-by','operator':'NotIn','values':['uid-1']}]},"
                + "'namespaces':['shop'],'topologyKey':'kubernetes.io/hostname'}";
        rows.add(new Row("anti-affinity is appended", "{}", apart(APART), anti, "[" + apart + "]"));
        rows.add(new Row(
                "KubeVirt's own anti-affinity stays first",
                "{'affinity':{'podAntiAffinity':{'" + REQUIRED
                        + "':[{'labelSelector':{},'topologyKey':'kubernetes.io/hostname'}]}}}",
                apart(APART),
                anti,
                "[{'labelSelector':{},'topologyKey':'kubernetes.io/hostname'}," + apart + "]"));
        rows.add(new Row(
                "all namespaces are an empty selector, not an absent one",
                "{}",
                apart(new PodTerm(Selector.of(Map.of("a", "b")), Set.of(), Selector.EVERYTHING, "rack")),
                anti,
                "[{'labelSelector':{'matchExpressions':[{'key':'a','operator':'In','values':['b']}]},"
                        + "'namespaceSelector':{},'topologyKey':'rack'}]"));
        rows.add(new Row(
                "a spread with a skew is a topology spread constraint",
                "{}",
                spread(new TopologySpread(Selector.of(Map.of("app", "web")), "zone", 2)),
                "/topologySpreadConstraints",
                "[{'maxSkew':2,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule','nodeTaintsPolicy':'Honor',"
                        + "'labelSelector':{'matchExpressions':[{'key':'app','operator':'In','values':['web']}]}}]"));
        rows.add(new Row(
                "of two spreads over one key the API server accepts one: the pod's own",
                "{'topologySpreadConstraints':[{'maxSkew':5,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule'}]}",
                spread(new TopologySpread(Selector.of(Map.of("app", "web")), "zone", 2)),
                "/topologySpreadConstraints",
                "[{'maxSkew':5,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule'}]"));
        rows.add(new Row(
                "a preference for spreading does not stand in the way",
                "{'topologySpreadConstraints':[{'maxSkew':5,'topologyKey':'zone','whenUnsatisfiable':'ScheduleAnyway'}]}",
                spread(new TopologySpread(Selector.of(Map.of("app", "web")), "zone", 2)),
                "/topologySpreadConstraints/1/maxSkew",
                "2"));
        rows.add(new Row(
                "together is a preference",
                "{}",
                together(APART),
                "/affinity/podAffinity/" + PREFERRED,
                "[{'weight':50,'podAffinityTerm':" + apart + "}]"));
        rows.add(
                new Row(
                        "the chosen node is preferred above all",
                        "{}",
                        new PodChange(PodChange.NO_TERMS, "node-3", false, Map.of()),
                        "/affinity/nodeAffinity/" + PREFERRED,
                        "[{'weight':100,'preference':{'matchFields':[{'key':'metadata.name','operator':'In','values':['node-3']}]}}]"));
        rows.add(new Row(
                "the gate joins other gates",
                "{'schedulingGates':[{'name':'example.com/quota'}]}",
                new PodChange(PodChange.NO_TERMS, null, true, Map.of()),
                "/schedulingGates",
                "[{'name':'example.com/quota'},{'name':'drover.dev/placement'}]"));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void terms_are_added_to_what_is_there(Row row) {
        JsonNode pod = pod(row.specBefore());

        JsonNode patched = apply(pod, row.change());

        assertThat(patched.path("spec").at(row.pathInSpec())).isEqualTo(Json.of(row.after()));
        assertThat(PodPatch.of(patched, row.change()))
                .as("a second call adds nothing")
                .isEmpty();
    }

    @Test
    void nothing_to_add_is_an_empty_patch() {
        assertThat(PodPatch.of(pod("{}"), only(PodChange.NO_TERMS))).isEmpty();
        assertThat(PodPatch.of(pod("{'affinity':{},'schedulingGates':[]}"), only(PodChange.NO_TERMS)))
                .isEmpty();
    }

    @Test
    void members_that_are_null_are_replaced() {
        JsonNode pod = Json.of("{'metadata':{'annotations':null},'spec':{'affinity':null,'schedulingGates':null}}");

        JsonNode patched = apply(pod, everything());

        assertThat(patched.at("/spec/schedulingGates")).hasSize(1);
        assertThat(patched.at("/metadata/annotations")).hasSize(1);
    }

    @Test
    void the_pods_own_annotations_and_fields_stay() {
        JsonNode pod =
                Json.of("{'metadata':{'name':'p','annotations':{'a':'b'}},'spec':{'containers':[{'name':'compute'}],"
                        + "'affinity':{'podAffinity':{'" + REQUIRED + "':[{'topologyKey':'zone'}]}}}}");

        JsonNode patched = apply(pod, everything());

        assertThat(patched.at("/metadata/annotations/a").asText()).isEqualTo("b");
        assertThat(patched.at("/metadata/annotations/drover.dev~1rules").asText())
                .isEqualTo("u=PlacementConstraint/shop/apart");
        assertThat(patched.at("/spec/affinity/podAffinity/" + REQUIRED)).hasSize(1);
        assertThat(patched.at("/spec/containers")).isEqualTo(pod.at("/spec/containers"));
    }

    @Test
    void called_again_after_another_webhook_added_a_container_and_an_alternative() {
        ObjectNode pod = (ObjectNode) apply(pod("{'containers':[{'name':'compute'}]}"), everything());
        ((ArrayNode) pod.at("/spec/containers")).addObject().put("name", "sidecar");
        assertThat(PodPatch.of(pod, everything())).isEmpty();

        ((ArrayNode) pod.at("/spec/affinity/nodeAffinity/" + REQUIRED + "/nodeSelectorTerms"))
                .add(Json.of("{'matchExpressions':[{'key':'gpu','operator':'Exists'}]}"));
        JsonNode terms = apply(pod, everything()).at("/spec/affinity/nodeAffinity/" + REQUIRED + "/nodeSelectorTerms");
        assertThat(terms).as("two alternatives of ours, and twice the new one").hasSize(4);
        assertThat(terms).allSatisfy(term -> assertThat(term.toString()).contains("\"zone\""));
    }

    @Test
    void alternatives_do_not_multiply_without_end() {
        String own = IntStream.range(0, 33)
                .mapToObj(i -> "{'matchExpressions':[{'key':'own-" + i + "','operator':'Exists'}]}")
                .collect(Collectors.joining(","));
        JsonNode pod = pod("{'affinity':{'nodeAffinity':{'" + REQUIRED + "':{'nodeSelectorTerms':[" + own + "]}}}}");

        assertThat(PodPatch.of(pod, nodes(all(IN_ZONE_A), all(Requirement.in("zone", "b")))))
                .as("66 terms are too many")
                .isEmpty();
        assertThat(PodPatch.of(pod, nodes(all(IN_ZONE_A)))).hasSize(1);
    }

    static List<Requirement> refusedByTheApiServer() {
        return List.of(
                new Requirement("app", Requirement.Operator.IN, List.of()),
                Requirement.in("app", "no spaces"),
                Requirement.in("app", "x".repeat(64)),
                Requirement.in("not a key", "x"),
                Requirement.in("UPPER.example/app", "x"),
                new Requirement("app", Requirement.Operator.EXISTS, List.of("x")));
    }

    @ParameterizedTest
    @MethodSource("refusedByTheApiServer")
    void a_term_that_the_api_server_would_refuse_must_not_keep_the_pod_from_starting(Requirement bad) {
        PodTerm term = new PodTerm(all(bad), Set.of("shop"), Selector.NOTHING, "zone");
        PodTerm topology = new PodTerm(all(IN_ZONE_A), Set.of("shop"), Selector.NOTHING, "not a key");
        PodTerm ownNamespaceByAccident = new PodTerm(all(IN_ZONE_A), Set.of(), Selector.NOTHING, "zone");

        assertThat(PodPatch.of(pod("{}"), apart(term, topology, ownNamespaceByAccident)))
                .isEmpty();
        assertThat(PodPatch.of(pod("{}"), together(term))).isEmpty();
        assertThat(PodPatch.of(pod("{}"), nodes(all(IN_ZONE_A), all(bad)))).isEmpty();
        assertThat(PodPatch.of(pod("{}"), spread(new TopologySpread(all(bad), "zone", 1))))
                .isEmpty();
        assertThat(PodPatch.of(pod("{}"), apart(term, APART)))
                .as("the good one stays")
                .hasSize(1);
    }
}
