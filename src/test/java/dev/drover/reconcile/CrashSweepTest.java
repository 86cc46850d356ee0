package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.World;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * P14: whichever single call to the API server goes wrong, and however, the world comes to rest in the same state, each move has had one
 * migration, and P1, P2 and P4 held at each instant on the way.
 */
class CrashSweepTest {
    private static final Logger LOOP = Logger.getLogger(ClusterLoop.class.getName());

    /** It says so whenever a call went wrong, which is what this test is about. */
    @BeforeAll
    static void silence() {
        LOOP.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOOP.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource
    void a_repair_and_a_hot_node_are_dealt_with(Wire.Trouble trouble) {
        sweep(trouble, CrashSweepTest::disorder, end -> end);
    }

    /**
     * So many fail that a person has to look; how often a plan for that person is renewed depends on the time. After a refusal the others
     * go on without the one that it was about, so that another one may fail in its place.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
    void a_node_to_which_nothing_gets_is_left_alone(Wire.Trouble trouble) {
        sweep(trouble, wire -> disorder(wire).failingTo("n3"), LoopWorld.End::done);
    }

    /** Our deadline ends the migrations, and nothing of them is left but what was entered before. */
    @ParameterizedTest
    @EnumSource
    void a_time_out_is_never_forgotten(Wire.Trouble trouble) {
        sweep(trouble, CrashSweepTest::hanging, LoopWorld.End::done);
    }

    @ParameterizedTest
    @EnumSource
    void a_cancellation_is_never_forgotten(Wire.Trouble trouble) {
        sweep(trouble, CrashSweepTest::cancelled, LoopWorld.End::done);
    }

    @Test
    void a_migration_that_somebody_deletes_is_entered_as_cancelled() {
        assertThat(cancelled(Wire.good()).live().historyOf().values().stream().flatMap(List::stream))
                .contains("n1 > n2 CANCELLED");
    }

    @Test
    void migrations_that_hang_are_ended_and_entered_one_by_one() {
        LoopWorld world = hanging(Wire.good());

        LoopWorld.End end = world.live();

        assertThat(end.historyOf().values().stream().flatMap(List::stream))
                .containsSubsequence("n1 > n2 TIMED_OUT", "n1 > n3 TIMED_OUT");
        assertThat(world.migrations().moves()).doesNotHaveDuplicates();
    }

    @Test
    void the_story_without_trouble_is_worth_a_sweep() {
        Wire wire = Wire.good();
        LoopWorld world = disorder(wire);

        LoopWorld.End end = world.live();

        assertThat(world.migrations().moves()).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        assertThat(world.migrations().most()).isGreaterThan(1);
        assertThat(end.plans()).hasSizeGreaterThanOrEqualTo(2).containsOnly("TRUE Completed");
        assertThat(wire.calls())
                .contains("create the plan", "approve the plan", "create the migration", "keep the outcome");
    }

    /** @param same what of the end has to be the same */
    private static void sweep(
            Wire.Trouble trouble, Function<Wire, LoopWorld> worlds, Function<LoopWorld.End, Object> same) {
        Wire good = Wire.good();
        LoopWorld.End wanted = worlds.apply(good).live();
        List<String> calls = good.calls();
        for (int call = 0; call < calls.size(); call++) {
            LoopWorld world = worlds.apply(Wire.bad(call, trouble));

            LoopWorld.End end = world.live();

            String where = "%s at call %d: %s".formatted(trouble, call, calls.get(call));
            assertThat(same.apply(end)).as(where).isEqualTo(same.apply(wanted));
            assertThat(world.migrations().moves()).as(where).doesNotHaveDuplicates();
        }
    }

    private static LoopWorld cancelled(Wire wire) {
        World world = World.ofNodes(4)
                .vms(2, "db", "n1", 1_000, "tier=db")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=db");
        return new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), wire).cancellingTo("n2");
    }

    /** Two databases share a node, against a rule, and only one of the other nodes can be reached; which is not known. */
    private static LoopWorld hanging(Wire wire) {
        World world = World.ofNodes(4)
                .vms(2, "db", "n1", 1_000, "tier=db")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=db");
        return new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), wire)
                .hangingTo("n2")
                .hangingTo("n3");
    }

    /** Two databases share a node, against a rule, and that node is hot besides. */
    private static LoopWorld disorder(Wire wire) {
        World world = World.ofNodes(4)
                .vms(2, "db", "n1", 1_000, "tier=db")
                .vms(4, "web", "n1", 2_000)
                .vm("cache", "n2", 1_000)
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=db");
        return new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), wire);
    }
}
