package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drover.kubevirt.SlimPod;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Toleration;
import dev.drover.model.TopologySpread;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulingReaderTest {

    private static Scheduling read(String spec) {
        SlimPod pod = Texts.read(SlimPod.class, "metadata: {name: p, namespace: shop}\nspec:\n" + spec.indent(2));
        return SchedulingReader.read(pod.getSpec(), "shop", Map.of("app", "web", "version", "7"));
    }

    @Test
    void aPodWithoutTermsIsFree() {
        assertThat(read("containers: []")).isEqualTo(Scheduling.FREE);
    }

    @Test
    void requiredNodeAffinityIsReadWithLabelsAndNames() {
        Scheduling scheduling = read(
                """
                nodeSelector: {disk: fast}
                affinity:
                  nodeAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                      nodeSelectorTerms:
                      - matchExpressions:
                        - {key: zone, operator: In, values: [a, b]}
                        - {key: gpu, operator: DoesNotExist}
                        - {key: cores, operator: Gt, values: ["8"]}
                      - matchFields: [{key: metadata.name, operator: In, values: [node-9]}]
                      - {}
                    preferredDuringSchedulingIgnoredDuringExecution:
                    - {weight: 1, preference: {matchExpressions: [{key: zone, operator: In, values: [c]}]}}
                """);

        assertThat(scheduling.nodeSelector()).containsExactly(Map.entry("disk", "fast"));
        assertThat(scheduling.nodeTerms())
                .containsExactly(
                        new Selector(List.of(
                                Requirement.in("zone", "a", "b"),
                                new Requirement("gpu", Requirement.Operator.DOES_NOT_EXIST, List.of()),
                                new Requirement("cores", Requirement.Operator.GREATER_THAN, List.of("8")))),
                        new Selector(List.of(Requirement.in(Scheduling.NODE_NAME_KEY, "node-9"))),
                        Selector.NOTHING);
    }

    @Test
    void podTermsMeanThePodsOwnNamespaceUnlessTheySayOtherwise() {
        Scheduling scheduling = read(
                """
                affinity:
                  podAntiAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                    - {topologyKey: host, labelSelector: {matchLabels: {app: web}}}
                    - {topologyKey: host, labelSelector: {matchLabels: {app: web}}, namespaces: [other]}
                    - {topologyKey: host, labelSelector: {}, namespaceSelector: {}}
                    - {topologyKey: host, namespaceSelector: {matchLabels: {team: x}}}
                  podAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                    - {topologyKey: zone, labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [db]}]}}
                """);

        Selector web = Selector.of(Map.of("app", "web"));
        assertThat(scheduling.antiAffinity())
                .containsExactly(
                        new PodTerm(web, Set.of("shop"), Selector.NOTHING, "host"),
                        new PodTerm(web, Set.of("other"), Selector.NOTHING, "host"),
                        new PodTerm(Selector.EVERYTHING, Set.of(), Selector.EVERYTHING, "host"),
                        new PodTerm(Selector.NOTHING, Set.of(), Selector.of(Map.of("team", "x")), "host"));
        assertThat(scheduling.affinity())
                .containsExactly(new PodTerm(
                        new Selector(List.of(Requirement.notIn("app", "db"))),
                        Set.of("shop"),
                        Selector.NOTHING,
                        "zone"));
    }

    @Test
    void tolerationsKeepTheirMeaning() {
        Scheduling scheduling = read(
                """
                tolerations:
                - {key: a, operator: Equal, value: x, effect: NoSchedule}
                - {key: b, operator: Exists}
                - {operator: Exists}
                - {key: c, value: y}
                - {key: d, operator: Gt, value: "5"}
                """);

        assertThat(scheduling.tolerations())
                .as("an operator from the future is not counted on")
                .containsExactly(
                        new Toleration("a", false, "x", Taint.Effect.NO_SCHEDULE),
                        new Toleration("b", true, "", null),
                        new Toleration("", true, "", null),
                        new Toleration("c", false, "y", null));
    }

    @Test
    void onlySpreadsThatForbidAreRead() {
        Scheduling scheduling = read(
                """
                topologySpreadConstraints:
                - {topologyKey: zone, maxSkew: 2, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [version, absent]}
                - {topologyKey: zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}
                """);

        assertThat(scheduling.spreads())
                .containsExactly(new TopologySpread(
                        new Selector(List.of(Requirement.in("app", "web"), Requirement.in("version", "7"))),
                        "zone",
                        2));
    }

    @Test
    void anUnknownOperatorIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> read(
                                """
                                affinity:
                                  nodeAffinity:
                                    requiredDuringSchedulingIgnoredDuringExecution:
                                      nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: Resembles, values: [a]}]}]
                                """))
                .withMessageContaining("(Resembles)");
    }
}
