package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Rule;
import dev.drover.model.Selector;
import dev.drover.observe.Reservation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which node a pod gets as it is created, and whether a gate holds it until the choice is made. */
class ChosenNodeTest {
    @Test
    void advise_prefers_the_engines_node_and_keeps_it() {
        Desk desk = Desk.advising(World.shop());

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        assertThat(pod.at(PodFields.CHOSEN).asText()).isEqualTo("node-1");
        assertThat(pod.at("/spec/affinity/nodeAffinity/" + PodFields.PREFERRED).toString())
                .contains("node-1", "100");
        assertThat(pod.at(PodFields.GATES).isMissingNode()).isTrue();
        assertThat(desk.ledger.open()).hasSize(1);
        Reservation kept = desk.ledger.open().get("instance-web-1");
        assertThat(kept.node()).isEqualTo("node-1");
        assertThat(kept.expires()).isEqualTo(World.NOW.plus(AdmissionSettings.DEFAULT.reservation()));
        assertThat(desk.decisions("advise", "placed")).isOne();
    }

    @Test
    void a_dry_run_answers_the_same_and_leaves_no_trace() {
        Desk desk = Desk.advising(World.shop());
        ObjectNode review = World.review("web-1", "web");
        ((ObjectNode) review.get("request")).put("dryRun", true);

        assertThat(desk.admitted(review).at(PodFields.CHOSEN).asText()).isEqualTo("node-1");

        assertThat(desk.ledger.open()).isEmpty();
        desk.world.pod("web-1", "node-1");
        desk.settle();
        assertThat(desk.bound("chosen")).isZero();
    }

    @Test
    void what_was_chosen_a_moment_ago_counts_for_the_next_one() {
        World world = World.shop().vm("web-2", "web", null);
        Desk desk = Desk.advising(world);
        assertThat(desk.admitted(World.review("web-1", "web"))
                        .at(PodFields.CHOSEN)
                        .asText())
                .isEqualTo("node-1");
        assertThat(desk.admitted(World.review("web-2", "web"))
                        .at(PodFields.CHOSEN)
                        .asText())
                .as("web-0 runs; web-1 was promised a node")
                .isEqualTo("node-2");
        assertThat(desk.admitted(World.review("web-1", "web"))
                        .at(PodFields.CHOSEN)
                        .asText())
                .as("a second call makes the same choice")
                .isEqualTo("node-1");
    }

    @Test
    void the_target_of_somebody_elses_migration_is_placed_away_from_its_source() {
        Desk desk = Desk.advising(World.shop());

        JsonNode pod = desk.admitted(World.migrationReview("web-0", "web", "evacuation-1"));

        assertThat(pod.at(PodFields.CHOSEN).asText()).isEqualTo("node-1");
        Reservation kept = desk.ledger.open().get("instance-web-0");
        assertThat(kept.migration()).isEqualTo("evacuation-1");
        assertThat(kept.node()).isEqualTo("node-1");
    }

    @Test
    void the_target_of_our_own_migration_has_its_node_already() {
        World world = World.shop().rule("r", "web", new Rule.ForbiddenNodes(Selector.of(Map.of("zone", "c"))));
        ObjectNode review = World.migrationReview("web-0", "web", "drover-1");
        ((ObjectNode) review.at("/request/object/spec/nodeSelector")).put("kubernetes.io/hostname", "node-3");

        JsonNode pod = Desk.gating(world).admitted(review);

        assertThat(pod.at(PodFields.NODES)).as("the rules still go with it").hasSize(1);
        assertThat(pod.at(PodFields.GATES).isMissingNode()).isTrue();
        assertThat(pod.at(PodFields.CHOSEN).isMissingNode()).isTrue();
    }

    @Test
    void gate_holds_the_pod_until_a_deadline_and_a_second_call_does_not_extend_it() {
        Desk desk = Desk.gating(World.shop());
        JsonNode pod = desk.admitted(World.review("web-1", "web"));
        assertThat(pod.at(PodFields.GATES).toString()).isEqualTo("[{\"name\":\"drover.dev/placement\"}]");
        assertThat(pod.at("/metadata/annotations/drover.dev~1placement-deadline")
                        .asText())
                .isEqualTo("2026-03-01T12:00:10Z");

        desk.now = desk.now.plus(Duration.ofSeconds(3));

        assertThat(desk.patch(World.reinvoked(World.review("web-1", "web"), pod)))
                .isEmpty();
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

        JsonNode pod = new Desk(World.shop().policy("default", AdmissionMode.GATE, ""), Desk.unreachable(), advise)
                .admitted(World.review("web-1", "web"));

        assertThat(pod.at(PodFields.GATES).isMissingNode())
                .as("nobody would have the right to lift a gate")
                .isTrue();
        assertThat(pod.at(PodFields.CHOSEN).asText()).isNotEmpty();
    }

    @Test
    void gate_wins_where_a_pod_may_use_the_nodes_of_two_policies() {
        World both = World.shop().policy("a", AdmissionMode.GATE, "a").policy("default", AdmissionMode.ADVISE, "");
        assertThat(new Desk(both).admitted(World.review("web-1", "web")).at(PodFields.GATES))
                .hasSize(1);

        World fenced = World.shop()
                .policy("a", AdmissionMode.GATE, "a")
                .policy("default", AdmissionMode.ADVISE, "")
                .rule("fence", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "b"))));
        JsonNode pod = new Desk(fenced).admitted(World.review("web-1", "web"));
        assertThat(pod.at(PodFields.GATES).isMissingNode()).isTrue();
        assertThat(pod.at(PodFields.CHOSEN).asText()).isEqualTo("node-1");
    }

    @Test
    void a_stale_snapshot_opens_the_gate() {
        Desk desk = Desk.gating(World.shop().rule("r", "web", new Rule.AllowedNodes(Selector.of(Map.of("zone", "a")))));
        desk.world.fresh = false;

        JsonNode pod = desk.admitted(World.review("web-1", "web"));

        assertThat(pod.at(PodFields.GATES).isMissingNode()).isTrue();
        assertThat(pod.at(PodFields.NODES)).hasSize(1);
    }

    @Test
    void nodes_of_a_policy_that_is_off_are_not_chosen() {
        World world = World.shop().policy("a", AdmissionMode.OFF, "a").policy("default", AdmissionMode.ADVISE, "");

        assertThat(new Desk(world)
                        .admitted(World.review("web-1", "web"))
                        .at(PodFields.CHOSEN)
                        .asText())
                .isEqualTo("node-1");
    }

    @Test
    void an_instance_that_appeared_since_the_last_snapshot_is_looked_for_again() {
        Desk desk = Desk.advising(World.shop());
        desk.patch(World.review("web-1", "web"));
        desk.world.vm("web-9", "web", null);

        assertThat(desk.admitted(World.review("web-9", "web"))
                        .at(PodFields.CHOSEN)
                        .asText())
                .isEqualTo("node-2");
    }

    @Test
    void where_a_chosen_pod_ends_is_counted_once() {
        Desk desk = Desk.advising(World.shop().vm("web-2", "web", null));
        desk.patch(World.review("web-1", "web"));
        desk.patch(World.review("web-2", "web"));
        desk.settle();
        assertThat(desk.bound("chosen") + desk.bound("other")).isZero();

        desk.world.pod("web-1", "node-1").pod("web-2", "node-3");
        desk.settle();
        desk.settle();

        assertThat(desk.bound("chosen")).isOne();
        assertThat(desk.bound("other")).isOne();
    }

    @Test
    void the_source_of_a_migration_is_not_taken_for_its_target() {
        Desk desk = Desk.advising(World.shop());
        desk.patch(World.migrationReview("web-0", "web", "evacuation-1"));
        desk.settle();
        assertThat(desk.bound("other")).isZero();

        desk.world.pod("web-0", "node-1");
        desk.settle();
        assertThat(desk.bound("chosen")).isOne();
    }
}
