package dev.drover.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import dev.drover.plan.MoveProgress.State;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutionTest {
    private static final Instant NOW = World.NOW;
    private static final MoveProgress PENDING = MoveProgress.pending("m0");

    /** One move of the virtual machine web from n1 to n2, and what the cluster shows of it. */
    record Case(String story, MoveProgress before, Cluster cluster, State after, String message) {
        @Override
        public String toString() {
            return story;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("nothing has begun", PENDING, cluster("n1", null), State.PENDING, ""),
                new Case(
                        "its migration is found by the annotation, although the plan does not know it yet",
                        PENDING,
                        cluster("n1", migration("a", Phase.SCHEDULING)),
                        State.RUNNING,
                        ""),
                new Case(
                        "a phase of a newer KubeVirt counts as in flight",
                        running("a", 60),
                        cluster("n1", migration("a", Phase.UNKNOWN)),
                        State.RUNNING,
                        ""),
                new Case(
                        "its migration succeeded",
                        running("a", 60),
                        cluster("n2", migration("a", Phase.SUCCEEDED)),
                        State.SUCCEEDED,
                        ""),
                new Case(
                        "its migration failed before the plan knew of it",
                        PENDING,
                        cluster("n1", migration("a", Phase.FAILED)),
                        State.FAILED,
                        "no memory"),
                new Case(
                        "its migration is gone and the virtual machine has arrived",
                        running("a", 60),
                        cluster("n2", null),
                        State.SUCCEEDED,
                        ""),
                new Case(
                        "its migration was created a moment ago and is not seen yet",
                        running("a", 29),
                        cluster("n1", null),
                        State.RUNNING,
                        ""),
                new Case(
                        "its migration is not seen for too long",
                        running("a", 30),
                        cluster("n1", null),
                        State.FAILED,
                        "The migration (a) was deleted before it ended."),
                new Case(
                        "the virtual machine is gone while it moves",
                        running("a", 5),
                        empty(),
                        State.FAILED,
                        "The virtual machine (shop/web) is gone."),
                new Case(
                        "the virtual machine is gone before its turn",
                        PENDING,
                        empty(),
                        State.SKIPPED,
                        "The virtual machine (shop/web) is gone."),
                new Case(
                        "somebody else moved the virtual machine",
                        PENDING,
                        cluster("n3", null),
                        State.SKIPPED,
                        "The virtual machine (shop/web) runs on the node (n3), no longer on (n1)."),
                new Case("the virtual machine is being started anew", PENDING, cluster(null, null), State.PENDING, ""),
                new Case(
                        "what has ended stays ended",
                        PENDING.ended(State.ABORTED, NOW, "The plan was aborted."),
                        cluster("n1", migration("a", Phase.RUNNING)),
                        State.ABORTED,
                        "The plan was aborted."));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_move_is_settled_by_what_the_cluster_shows(Case given) {
        Execution plan = new Execution("plan", List.of(move("m0", "web", "n1", "n2")), List.of(given.before()));

        MoveProgress settled = plan.settled(given.cluster()).progressOf("m0");

        assertThat(settled.state()).isEqualTo(given.after());
        assertThat(settled.message()).isEqualTo(given.message());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void settling_twice_is_settling_once(Case given) {
        Execution once = new Execution("plan", List.of(move("m0", "web", "n1", "n2")), List.of(given.before()))
                .settled(given.cluster());

        assertThat(once.settled(given.cluster())).isEqualTo(once);
    }

    @Test
    void of_two_migrations_for_one_move_the_newer_counts() {
        Execution plan = Execution.fresh("plan", List.of(move("m0", "web", "n1", "n2")));
        Migration older = migration("older", Phase.FAILED);
        Migration newer = new Migration(
                "newer",
                "uid-newer",
                World.id("web"),
                Phase.RUNNING,
                "n1",
                "n2",
                true,
                "plan/m0",
                older.created().plusSeconds(1),
                NOW,
                "");

        MoveProgress settled = plan.settled(withMigrations("n1", newer, older)).progressOf("m0");

        assertThat(settled.state()).isEqualTo(State.RUNNING);
        assertThat(settled.migration()).isEqualTo("newer");
    }

    @Test
    void the_migration_of_another_plan_says_nothing_about_this_one() {
        Execution plan = Execution.fresh("other", List.of(move("m0", "web", "n1", "n2")));

        assertThat(plan.settled(cluster("n1", migration("a", Phase.FAILED)))
                        .progressOf("m0")
                        .state())
                .isEqualTo(State.PENDING);
    }

    @Test
    void whatever_waited_for_a_failed_move_is_skipped_down_the_line() {
        Execution plan = Execution.fresh(
                        "plan",
                        List.of(
                                move("m0", "web", "n1", "n2"),
                                move("m1", "web", "n1", "n3", "m0"),
                                move("m2", "web", "n1", "n2", "m1"),
                                move("m3", "web", "n1", "n2")))
                .with(PENDING.ended(State.FAILED, NOW, ""));

        Execution settled = plan.settled(cluster("n1", null));

        assertThat(settled.progress())
                .extracting(MoveProgress::state)
                .containsExactly(State.FAILED, State.SKIPPED, State.SKIPPED, State.PENDING);
        assertThat(settled.progressOf("m1").message()).isEqualTo("It was to follow [m0], which did not succeed.");
    }

    /** It began when the one before had succeeded, and the process ended before it wrote down either. */
    @Test
    void a_move_that_began_is_known_before_it_is_written_that_the_one_before_has_succeeded() {
        Move second = move("m1", "web", "n1", "n2", "m0");
        Execution written = Execution.fresh("plan", List.of(move("m0", "db", "n1", "n3"), second))
                .with(running("b", 60));
        Cluster cluster = World.ofNodes(3)
                .vm("web", "n2", 1_000)
                .vm("db", "n3", 1_000)
                .migrations(World.ours("a", Phase.SUCCEEDED, "plan/m1"))
                .cluster();

        assertThat(written.settled(cluster).progress())
                .extracting(MoveProgress::state)
                .containsExactly(State.SUCCEEDED, State.SUCCEEDED);
    }

    @Test
    void a_move_is_unblocked_by_success_only() {
        Move second = move("m1", "web", "n1", "n3", "m0");
        Execution fresh = Execution.fresh("plan", List.of(move("m0", "web", "n1", "n2"), second));

        assertThat(fresh.unblocked(second)).isFalse();
        assertThat(fresh.with(running("a", 1)).unblocked(second)).isFalse();
        assertThat(fresh.with(PENDING.ended(State.SUCCEEDED, NOW, "")).unblocked(second))
                .isTrue();
    }

    @Test
    void ending_what_is_pending_leaves_what_is_in_flight() {
        Execution plan = Execution.fresh("plan", List.of(move("m0", "web", "n1", "n2"), move("m1", "web", "n1", "n2")))
                .with(running("a", 1))
                .endPending(State.ABORTED, NOW, "The plan was aborted.");

        assertThat(plan.progress()).extracting(MoveProgress::state).containsExactly(State.RUNNING, State.ABORTED);
        assertThat(plan.running()).isTrue();
        assertThat(plan.ended()).isFalse();
        assertThat(plan.pending()).isEmpty();
        assertThat(plan.count(State.ABORTED)).isEqualTo(1);
    }

    @Test
    void a_move_never_goes_back() {
        List<MoveProgress> asFar = List.of(
                PENDING.waiting("no slot"),
                running("drover-1", 5),
                running("drover-1", 5).ended(State.FAILED, NOW, ""));
        List<Move> moves = List.of(move("m0", "web", "n1", "n2"));

        for (int shown = 0; shown < asFar.size(); shown++) {
            for (int known = 0; known < asFar.size(); known++) {
                Execution merged = new Execution("plan", moves, List.of(asFar.get(shown)))
                        .notBehind(new Execution("plan", moves, List.of(asFar.get(known))));

                assertThat(merged.progress()).containsExactly(asFar.get(Math.max(shown, known)));
            }
        }
    }

    @Test
    void mistakes_are_refused_by_name() {
        List<Move> moves = List.of(move("m0", "web", "n1", "n2"));

        assertThatThrownBy(() -> new Execution("plan", moves, List.of()))
                .hasMessage("The plan (plan) has 1 moves and 0 states. Each move needs one state.");
        assertThatThrownBy(() -> Execution.fresh("plan", moves).progressOf("m9"))
                .hasMessage("The plan (plan) has no move (m9).");
    }

    private static Move move(String id, String vm, String from, String to, String... after) {
        return new Move(
                id,
                World.id(vm),
                "vm-" + vm,
                from,
                to,
                List.of(after),
                Relocation.Reason.BALANCE,
                "relieves " + from,
                3,
                1,
                10);
    }

    private static MoveProgress running(String migration, long secondsAgo) {
        return PENDING.running(migration, NOW.minusSeconds(secondsAgo));
    }

    private static Migration migration(String name, Phase phase) {
        return World.ours(name, phase, "plan/m0");
    }

    private static Cluster empty() {
        return World.ofNodes(3).cluster();
    }

    private static Cluster cluster(@Nullable String node, @Nullable Migration migration) {
        return migration == null ? withMigrations(node) : withMigrations(node, migration);
    }

    private static Cluster withMigrations(@Nullable String node, Migration... migrations) {
        return World.ofNodes(3).vm("web", node, 1_000).migrations(migrations).cluster();
    }
}
