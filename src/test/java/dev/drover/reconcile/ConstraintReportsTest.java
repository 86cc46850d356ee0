package dev.drover.reconcile;

import static dev.drover.reconcile.Reading.brief;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.During;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintStatus;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the author of a rule reads when something is wrong with it. */
class ConstraintReportsTest {
    private static final Rule SPREAD = new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty());

    record RuleCase(String story, Situation situation, List<String> conditions) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<RuleCase> rules() {
        ConstraintId first =
                World.ofNodes(1).rule(SPREAD).constraints().getFirst().id();
        return Stream.of(
                rule(
                        "it holds",
                        Situation.twoApart().rule(SPREAD, "app=web"),
                        "Accepted TRUE Accepted",
                        "Ready TRUE Satisfied"),
                rule(
                        "it is broken",
                        Situation.twoApart().vm("web-3", "n1", 100, "app=web").rule(SPREAD, "app=web"),
                        "Satisfied FALSE Violated",
                        "Ready FALSE Violated"),
                rule(
                        "it is a wish that is not met",
                        Situation.twoApart().vm("web-3", "n1", 100, "app=web").preferring(SPREAD, 10, "app=web"),
                        "Satisfied FALSE PreferenceUnmet",
                        "Ready TRUE PreferenceUnmet"),
                rule(
                        "it is a wish that cannot be met",
                        Situation.twoApart()
                                .vm("web-3", "n1", 100, "app=web")
                                .vm("web-4", "n2", 100, "app=web")
                                .preferring(SPREAD, 10, "app=web"),
                        "Conflicting FALSE NoConflict",
                        "Ready TRUE PreferenceUnmet"),
                rule(
                        "it selects nothing yet",
                        Situation.twoApart().rule(SPREAD, "app=none"),
                        "Accepted TRUE SelectorMatchesNothing",
                        "Ready TRUE Satisfied"),
                rule(
                        "it names an unknown node",
                        Situation.twoApart().rule(new Rule.AllowedNodes(World.onNode("n9")), "app=web"),
                        "Accepted FALSE UnknownNode",
                        "Ready FALSE UnknownNode"),
                rule(
                        "it cannot hold whatever the others say",
                        Situation.twoApart()
                                .vm("web-3", "n1", 100, "app=web")
                                .vm("web-4", "n2", 100, "app=web")
                                .rule(SPREAD, "app=web"),
                        "Conflicting TRUE RuleCannotHold",
                        "Ready FALSE RuleCannotHold"),
                new RuleCase(
                        "it cannot be read",
                        Situation.of(World.ofNodes(1))
                                .rejected(first, "max (-1) is negative. Write 0 or more.")
                                .with(resource(first)),
                        List.of("Accepted FALSE Invalid", "Ready FALSE Invalid")),
                new RuleCase(
                        "its labels are not on the template",
                        Situation.of(Situation.twoApart().rule(SPREAD, "tier=gold"))
                                .labelsNotOnTemplate(first, "Put the label (tier) on the template.")
                                .with(resource(first)),
                        List.of("Accepted FALSE LabelsNotOnTemplate", "Ready FALSE LabelsNotOnTemplate")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_says_what_is_wrong_with_it(RuleCase given) {
        PlacementConstraintStatus status =
                new ConstraintReports(given.situation().view()).statuses().get("uid-1");

        assertThat(status.conditions())
                .extracting(condition -> brief(status.conditions(), condition.type()))
                .containsAll(given.conditions());
    }

    @Test
    void rules_that_contradict_each_other_name_each_other() {
        World world = Situation.twoApart()
                .rule(new Rule.AllowedNodes(World.onNode("n1")), "app=web")
                .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "app=web");
        Situation situation = Situation.of(world);
        world.constraints().forEach(constraint -> situation.with(resource(constraint.id())));

        Map<String, PlacementConstraintStatus> statuses = new ConstraintReports(situation.view()).statuses();

        assertThat(brief(statuses.get("uid-2").conditions(), "Ready")).isEqualTo("Ready FALSE RulesConflict");
        assertThat(statuses.get("uid-2").conflictsWith()).containsExactly("PlacementConstraint shop/allowednodes-1");
        assertThat(statuses.get("uid-1").conflictsWith()).containsExactly("PlacementConstraint shop/forbiddennodes-2");
    }

    @Test
    void one_that_holds_at_each_instant_says_when_it_keeps_virtual_machines_where_they_are() {
        World world = Situation.twoApart()
                .rule(new Rule.SameDomain(Node.HOSTNAME_LABEL), Rule.During.CONTINUOUS, "app=web")
                .rule(new Rule.SameDomain(Node.HOSTNAME_LABEL), "app=web");
        Situation situation = Situation.of(world);
        world.constraints().forEach(constraint -> situation.with(resource(constraint.id())));

        Map<String, PlacementConstraintStatus> statuses = new ConstraintReports(situation.view()).statuses();

        assertThat(statuses.get("uid-1").during()).isEqualTo(During.CONTINUOUS);
        assertThat(message(statuses.get("uid-1"), "Accepted")).contains("none can be moved to another domain");
        assertThat(statuses.get("uid-2").during()).isEqualTo(During.DISCRETE);
        assertThat(message(statuses.get("uid-2"), "Accepted")).isEqualTo("It is about 2 virtual machines.");
    }

    private static String message(PlacementConstraintStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::message)
                .findFirst()
                .orElseThrow();
    }

    private static RuleCase rule(String story, World world, String... conditions) {
        Constraint constraint = world.constraints().getFirst();
        return new RuleCase(story, Situation.of(world).with(resource(constraint.id())), List.of(conditions));
    }

    private static PlacementConstraint resource(ConstraintId id) {
        PlacementConstraint resource = new PlacementConstraint();
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(id.namespace())
                .withName(id.name())
                .withUid(id.uid())
                .withGeneration(1L)
                .build());
        return resource;
    }
}
