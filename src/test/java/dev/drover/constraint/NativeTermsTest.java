package dev.drover.constraint;

import static dev.drover.constraint.Scene.ZONE;
import static dev.drover.constraint.Scene.constraint;
import static dev.drover.constraint.Scene.selector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.NativeTerms.Enforcer;
import dev.drover.constraint.NativeTerms.Launcher;
import dev.drover.constraint.NativeTerms.Purpose;
import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeTermsTest {
    private static final Launcher WEB = new Launcher(Scene.NAMESPACE, Map.of("app", "web"), "vmi-web");
    private static final Launcher DB = new Launcher(Scene.NAMESPACE, Map.of("app", "db"), "vmi-db");
    private static final Requirement NOT_WEB_ITSELF = Requirement.notIn("kubevirt.io/created-by", "vmi-web");
    private static final Requirement LAUNCHER = Requirement.in("kubevirt.io", "virt-launcher");
    private static final Rule SKEW = new Rule.Spread(ZONE, OptionalInt.of(2));

    private static NativeTerms terms(Launcher launcher, Purpose purpose, Constraint... constraints) {
        Map<String, Map<String, String>> namespaces = new Scene().build().namespaces();
        return NativeTerms.of(launcher, List.of(constraints), namespaces, purpose);
    }

    private static PodTerm term(String key, Requirement... pods) {
        return new PodTerm(new Selector(List.of(pods)), Set.of(Scene.NAMESPACE), Selector.NOTHING, key);
    }

    @Test
    void aSpreadSeparatesFromOtherInstancesAndDemandsTheLabel() {
        Constraint spread = constraint(1, new Rule.Spread(ZONE, OptionalInt.empty()), "app=web");

        NativeTerms terms = terms(WEB, Purpose.MIGRATION_TARGET, spread);

        assertThat(terms.antiAffinity())
                .containsExactly(term(ZONE, Requirement.in("app", "web"), LAUNCHER, NOT_WEB_ITSELF));
        assertThat(terms.nodeAlternatives()).containsExactly(Scene.exists(ZONE));
        assertThat(terms.ruleUids()).containsExactly("uid-1");
        assertThat(terms(DB, Purpose.START, spread).isEmpty()).isTrue();
    }

    @Test
    void bothSidesOfSeparateFromCarryATerm() {
        Constraint apart = constraint(
                1, new Rule.SeparateFrom(Selection.inNamespace(Scene.NAMESPACE, selector("app=db"))), "app=web");
        Requirement notDbItself = Requirement.notIn("kubevirt.io/created-by", "vmi-db");

        assertThat(terms(WEB, Purpose.START, apart).antiAffinity())
                .containsExactly(term(Node.HOSTNAME_LABEL, Requirement.in("app", "db"), LAUNCHER, NOT_WEB_ITSELF));
        assertThat(terms(DB, Purpose.START, apart).antiAffinity())
                .containsExactly(term(Node.HOSTNAME_LABEL, Requirement.in("app", "web"), LAUNCHER, notDbItself));
    }

    @Test
    void exclusiveNegatesEachRequirementAndTheNamespaces() {
        Selection selection =
                new Selection(selector("app=web", "tier=front"), Set.of(Scene.NAMESPACE), selector("team=b"));
        Launcher inside = new Launcher(Scene.NAMESPACE, Map.of("app", "web", "tier", "front"), "vmi-web");
        Constraint alone = constraint(1, new Rule.Exclusive(), selection);

        assertThat(terms(inside, Purpose.START, alone).antiAffinity())
                .containsExactly(
                        everywhere(Selector.EVERYTHING, Requirement.notIn("app", "web"), LAUNCHER, NOT_WEB_ITSELF),
                        everywhere(Selector.EVERYTHING, Requirement.notIn("tier", "front"), LAUNCHER, NOT_WEB_ITSELF),
                        everywhere(
                                new Selector(List.of(
                                        Requirement.notIn(Scene.METADATA_NAME, Scene.NAMESPACE),
                                        Requirement.notIn("team", "b"))),
                                LAUNCHER,
                                NOT_WEB_ITSELF));
        assertThat(terms(DB, Purpose.START, alone).antiAffinity())
                .singleElement()
                .satisfies(mirrored -> {
                    assertThat(mirrored.namespaces()).containsExactly(Scene.NAMESPACE);
                    assertThat(mirrored.namespaceSelector()).isEqualTo(selector("team=b"));
                });
    }

    private static PodTerm everywhere(Selector namespaces, Requirement... pods) {
        return new PodTerm(new Selector(List.of(pods)), Set.of(), namespaces, Node.HOSTNAME_LABEL);
    }

    @Test
    void exclusiveInAllNamespacesHasNoOutsideNamespace() {
        Constraint alone =
                constraint(1, new Rule.Exclusive(), new Selection(selector("app=web"), Set.of(), Selector.EVERYTHING));

        assertThat(terms(WEB, Purpose.START, alone).antiAffinity()).hasSize(1);
    }

    @Test
    void allowedAndForbiddenNodesAreMultipliedOut() {
        Constraint allowed = constraint(1, new Rule.AllowedNodes(selector("disk=ssd")), "app=web");
        Constraint forbidden = constraint(2, new Rule.ForbiddenNodes(selector("rack=r1", ZONE + "=a")), "app=web");

        NativeTerms terms = terms(WEB, Purpose.START, allowed, forbidden);

        assertThat(terms.nodeAlternatives())
                .containsExactly(
                        new Selector(List.of(Requirement.in("disk", "ssd"), Requirement.notIn("rack", "r1"))),
                        new Selector(List.of(Requirement.in("disk", "ssd"), Requirement.notIn(ZONE, "a"))));
        assertThat(terms.ruleUids()).containsExactly("uid-1", "uid-2");
    }

    @Test
    void whatWouldExplodeIsLeftToDrover() {
        Constraint[] forbidden = new Constraint[6];
        for (int i = 0; i < forbidden.length; i++) {
            forbidden[i] = constraint(i, new Rule.ForbiddenNodes(selector("a" + i + "=x", "b" + i + "=y")), "app=web");
        }

        NativeTerms terms = terms(WEB, Purpose.START, forbidden);

        assertThat(terms.nodeAlternatives()).hasSize(NativeTerms.MAX_ALTERNATIVES);
        assertThat(terms.ruleUids()).hasSize(5).doesNotContain("uid-5");
    }

    @Test
    void aSkewIsATopologySpreadAtStartInOneNamespaceOnly() {
        Constraint skew = constraint(1, SKEW, "app=web");
        Constraint across = constraint(2, SKEW, new Selection(selector("app=web"), Set.of(), Selector.EVERYTHING));

        assertThat(terms(WEB, Purpose.START, skew).spreads())
                .containsExactly(
                        new TopologySpread(new Selector(List.of(Requirement.in("app", "web"), LAUNCHER)), ZONE, 2));
        assertThat(terms(WEB, Purpose.MIGRATION_TARGET, skew).spreads()).isEmpty();
        assertThat(terms(WEB, Purpose.START, across).spreads()).isEmpty();
        assertThat(NativeTerms.enforcedBy(skew)).isEqualTo(Enforcer.SCHEDULER);
        assertThat(NativeTerms.enforcedBy(across)).isEqualTo(Enforcer.DROVER);
    }

    @Test
    void togetherIsAPreferenceAndBindsNobody() {
        Constraint together = constraint(1, new Rule.SameDomain(ZONE), "app=web");

        NativeTerms terms = terms(WEB, Purpose.START, together);

        assertThat(terms.preferredAffinity())
                .containsExactly(term(ZONE, Requirement.in("app", "web"), LAUNCHER, NOT_WEB_ITSELF));
        assertThat(terms.ruleUids()).isEmpty();
        assertThat(NativeTerms.enforcedBy(together)).isEqualTo(Enforcer.DROVER);
    }

    @Test
    void pinnedAndCapacityHaveNoNativeForm() {
        Constraint pinned = constraint(1, new Rule.Pinned(), "app=web");
        Constraint capacity = constraint(2, new Rule.Capacity(Selector.EVERYTHING, null, 3, null), "app=web");

        assertThat(terms(WEB, Purpose.START, pinned, capacity).isEmpty()).isTrue();
        assertThat(List.of(NativeTerms.enforcedBy(pinned), NativeTerms.enforcedBy(capacity)))
                .containsOnly(Enforcer.DROVER);
    }

    @Test
    void aComparisonOfNumbersHasNoOpposite() {
        Selector newer =
                new Selector(List.of(new Requirement("generation", Requirement.Operator.GREATER_THAN, List.of("7"))));
        Constraint forbidden = constraint(1, new Rule.ForbiddenNodes(newer), "app=web");

        assertThat(terms(WEB, Purpose.START, forbidden).isEmpty()).isTrue();
        assertThat(NativeTerms.enforcedBy(forbidden)).isEqualTo(Enforcer.DROVER);
    }
}
