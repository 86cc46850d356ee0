package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.placement.World;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P2: what is in flight is bounded by our budget and by KubeVirt's limits, everyone's migrations counted. */
class SlotsTest {
    private static final Budget WIDE = new Budget(100, 100, 100);

    record Case(String story, Budget budget, Slots.Limits limits, int inFlight, boolean free) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("KubeVirt runs 5, one slot stays for others", WIDE, limits(5, 100), 3, true),
                new Case("KubeVirt runs 5, four are in flight", WIDE, limits(5, 100), 4, false),
                new Case("KubeVirt runs only one, and we may use it", WIDE, limits(1, 100), 0, true),
                new Case("KubeVirt runs only one, and it is taken", WIDE, limits(1, 100), 1, false),
                new Case("our own budget is the smaller", new Budget(2, 100, 100), limits(50, 100), 1, true),
                new Case("our own budget is used up", new Budget(2, 100, 100), limits(50, 100), 2, false),
                new Case("KubeVirt's limit for a source", WIDE, limits(50, 2), 2, false),
                new Case("our limit for a source", new Budget(100, 1, 100), limits(50, 2), 1, false),
                new Case("our limit for a target", new Budget(100, 100, 1), limits(50, 50), 1, false),
                new Case("below all limits", new Budget(4, 2, 2), limits(50, 2), 1, true));
    }

    /** All of them go from n1 to n2. */
    @ParameterizedTest
    @MethodSource("cases")
    void a_slot_is_free_or_not(Case given) {
        Migration[] others = IntStream.range(0, given.inFlight())
                .mapToObj(number -> migration("other-" + number, Phase.RUNNING, "n1", "n2"))
                .toArray(Migration[]::new);
        Slots slots = slots(cluster(others), given.budget(), given.limits());

        assertThat(slots.refusal("n1", "n2").isEmpty()).isEqualTo(given.free());
    }

    @Test
    void a_refusal_names_the_limit_that_is_reached() {
        Cluster cluster = cluster(migration("a", Phase.RUNNING, "n1", "n2"), migration("b", Phase.PENDING, "n1", "n2"));

        assertThat(slots(cluster, new Budget(2, 9, 9), limits(50, 50)).refusal("n3", "n4"))
                .isEqualTo("2 migrations are in flight in the cluster, and at most 2 may be");
        assertThat(slots(cluster, new Budget(9, 2, 9), limits(50, 50)).refusal("n1", "n4"))
                .isEqualTo("2 migrations leave the node (n1), and at most 2 may");
        assertThat(slots(cluster, new Budget(9, 9, 2), limits(50, 50)).refusal("n3", "n2"))
                .isEqualTo("2 migrations enter the node (n2), and at most 2 may");
    }

    @Test
    void what_has_ended_takes_no_slot() {
        Slots slots = slots(
                cluster(migration("a", Phase.SUCCEEDED, "n1", "n2"), migration("b", Phase.FAILED, "n1", "n2")),
                new Budget(1, 1, 1),
                limits(50, 50));

        assertThat(slots.refusal("n1", "n2")).isEmpty();
    }

    @Test
    void a_phase_of_a_newer_kubevirt_takes_a_slot() {
        Slots slots = slots(cluster(migration("a", Phase.UNKNOWN, "n1", "n2")), new Budget(1, 1, 1), limits(50, 50));

        assertThat(slots.refusal("n3", "n4")).isNotEmpty();
    }

    @Test
    void a_migration_that_kubevirt_has_not_taken_up_leaves_the_node_of_its_virtual_machine() {
        Migration queued = new Migration(
                "queued",
                "uid-queued",
                World.id("web"),
                Phase.PENDING,
                null,
                null,
                false,
                null,
                World.NOW,
                World.NOW,
                "");
        Cluster cluster =
                World.ofNodes(4).vm("web", "n1", 1_000).migrations(queued).cluster();
        Slots slots = slots(cluster, new Budget(9, 1, 1), limits(50, 50));

        assertThat(slots.refusal("n1", "n2")).contains("leave the node (n1)");
        assertThat(slots.refusal("n2", "n3")).isEmpty();
    }

    @Test
    void a_started_migration_takes_the_slots_of_every_policy_at_once() {
        InFlight inFlight = InFlight.in(cluster());
        Slots slots = new Slots(inFlight, new Budget(9, 1, 1), limits(50, 50));
        Slots ofAnotherPolicy = new Slots(inFlight, new Budget(1, 9, 9), limits(50, 50));

        inFlight.add("n1", "n2");

        assertThat(ofAnotherPolicy.refusal("n3", "n4")).contains("1 migrations are in flight in the cluster");
        assertThat(slots.refusal("n1", "n3")).contains("leave the node (n1)");
        assertThat(slots.refusal("n3", "n2")).contains("enter the node (n2)");
        assertThat(slots.refusal("n3", "n4")).isEmpty();
    }

    private static Slots slots(Cluster cluster, Budget budget, Slots.Limits limits) {
        return new Slots(InFlight.in(cluster), budget, limits);
    }

    private static Slots.Limits limits(int perCluster, int perSource) {
        return new Slots.Limits(perCluster, perSource);
    }

    private static Cluster cluster(Migration... migrations) {
        return World.ofNodes(4).migrations(migrations).cluster();
    }

    private static Migration migration(String name, Phase phase, @Nullable String from, @Nullable String to) {
        return new Migration(
                name, "uid-" + name, World.id(name), phase, from, to, false, null, World.NOW, World.NOW, "");
    }
}
