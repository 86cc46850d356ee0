package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ActionWindow;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.Automation;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.api.v1alpha1.Relocation;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.api.v1alpha1.VirtualMachineProfileSpec;
import dev.drover.api.v1alpha1.VirtualMachineTarget;
import dev.drover.constraint.Rule;
import dev.drover.model.Node;
import dev.drover.placement.World;
import dev.drover.status.MigrationReason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person orders a virtual machine to another node, and it moves there live. */
class OrderedMovesTest {
    private static final String NOW = World.NOW.toString();
    private static final Logger LOOP = Logger.getLogger("dev.drover.reconcile");

    /** The sweep makes calls go wrong, and the loop says so each time. */
    @BeforeAll
    static void silence() {
        LOOP.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOOP.setLevel(null);
    }

    @Test
    void it_goes_to_the_node_that_was_asked_for_once_and_the_placement_says_how_it_went() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.orders().put("web", NOW + " n3");

        LoopWorld.End end = loop.live();

        assertThat(end.nodeOf()).containsEntry("web", "n3");
        assertThat(end.historyOf().get("web")).containsExactly("n1 > n3 SUCCEEDED");
        assertThat(loop.migrations().moves()).hasSize(1);
        assertThat(plans(loop)).singleElement().satisfies(plan -> {
            assertThat(plan.getSpec().reason()).isEqualTo(MoveReason.REQUESTED);
            assertThat(plan.getMetadata().getName()).startsWith("default-order-");
            assertThat(plan.getSpec().moves().getFirst().message())
                    .contains(NOW)
                    .contains("drover.dev/relocate");
        });
        assertThat(told(loop)).satisfies(told -> {
            assertThat(told.state()).isEqualTo(RelocationState.SUCCEEDED);
            assertThat(told.ordered()).isEqualTo(World.NOW);
            assertThat(told.from()).isEqualTo("n1");
            assertThat(told.to()).isEqualTo("n3");
            assertThat(told.fault()).isNull();
        });
    }

    @Test
    void without_a_node_it_goes_to_the_best_one() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm().vm("heavy", "n2", 1_000));
        loop.orders().put("web", NOW);

        assertThat(loop.live().nodeOf()).containsEntry("web", "n3");
    }

    @Test
    void a_newer_order_is_another_one_but_waits_until_it_has_rested() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.orders().put("web", NOW + " n3");
        loop.live();

        loop.orders().put("web", loop.now() + " n2");
        loop.live();
        assertThat(told(loop).state()).isEqualTo(RelocationState.WAITING);
        assertThat(told(loop).message()).contains("It rests until");

        loop.pass(Duration.ofHours(1));
        assertThat(loop.live().nodeOf()).containsEntry("web", "n2");
        assertThat(told(loop).state()).isEqualTo(RelocationState.SUCCEEDED);
    }

    /** A window is for what may as well be done later. */
    @Test
    void no_window_binds_it() {
        int minute = World.NOW.atZone(ZoneOffset.UTC).getMinute();
        int later = (World.NOW.atZone(ZoneOffset.UTC).getHour() + 12) % 24;
        ActionWindow closed = new ActionWindow("%d %d * * *".formatted(minute, later), 60, "UTC");
        LoopWorld loop = new LoopWorld(
                calm(), List.of(Policies.standard(PolicyMode.AUTOMATIC, Policies.during(closed))), Wire.good());
        loop.orders().put("web", NOW + " n3");

        assertThat(loop.live().nodeOf()).containsEntry("web", "n3");
    }

    @Test
    void one_to_a_node_without_room_is_refused_in_words_and_told_once() {
        World world = calm().vm("full", "n2", 100).requesting("full", 100, 95).requesting("web", 100, 10);
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, world);
        loop.orders().put("web", NOW + " n2");

        loop.live();

        assertRefused(loop, RelocationFault.NO_NODE, "(n2)");
        assertThat(loop.said()).contains(MigrationReason.ORDER_REFUSED);
    }

    @Test
    void one_to_a_node_that_nobody_knows_is_refused_in_words() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.orders().put("web", NOW + " n9");

        loop.live();

        assertRefused(loop, RelocationFault.NO_NODE, "governs no node (n9)");
    }

    @Test
    void one_to_where_it_is_already_is_refused_in_words() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.orders().put("web", NOW + " n1");

        loop.live();

        assertRefused(loop, RelocationFault.ORDER_NOT_FIT, "(n1) already");
    }

    @Test
    void one_that_would_break_a_rule_is_refused_in_words() {
        World world = World.ofNodes(3)
                .vm("web", "n1", 100, "tier=web")
                .vm("other", "n2", 100, "tier=web")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=web");
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, world);
        loop.orders().put("web", NOW + " n2");

        loop.live();

        assertRefused(loop, RelocationFault.NO_NODE, "(n2)");
    }

    @Test
    void one_for_what_cannot_move_live_is_refused_in_words() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm().notLive("web"));
        loop.orders().put("web", NOW);

        loop.live();

        assertRefused(loop, RelocationFault.NOT_ALLOWED, "cannot move live");
    }

    @Test
    void a_profile_that_says_never_means_it() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.profiles().put("web", profile(Automation.INHERIT, Relocation.NEVER));
        loop.orders().put("web", NOW);

        loop.live();

        assertRefused(loop, RelocationFault.NOT_ALLOWED, "relocation Never");
    }

    /** P15. */
    @Test
    void where_the_mode_is_off_nothing_moves() {
        LoopWorld loop = loop(PolicyMode.OFF, calm());
        loop.orders().put("web", NOW);

        loop.live();

        assertRefused(loop, RelocationFault.NOT_ALLOWED, "(default) has mode Off");
    }

    /** P15: whoever may change a virtual machine need not have the right to migrate it. */
    @Test
    void where_the_mode_is_recommend_its_plan_waits_for_a_person() {
        LoopWorld loop = loop(PolicyMode.RECOMMEND, calm());
        loop.orders().put("web", NOW + " n3");

        loop.live();
        assertThat(loop.migrations().moves()).isEmpty();
        assertThat(told(loop).state()).isEqualTo(RelocationState.WAITING);
        assertThat(told(loop).message()).contains("approval");

        loop.plans().decide(loop.plans().first(), ApprovalDecision.APPROVED);
        assertThat(loop.live().nodeOf()).containsEntry("web", "n3");
        assertThat(told(loop).state()).isEqualTo(RelocationState.SUCCEEDED);
    }

    @Test
    void a_person_who_rejects_its_plan_refuses_the_order() {
        LoopWorld loop = loop(PolicyMode.RECOMMEND, calm());
        loop.orders().put("web", NOW);
        loop.live();

        loop.plans().decide(loop.plans().first(), ApprovalDecision.REJECTED);
        loop.live();

        assertRefused(loop, RelocationFault.NOT_ALLOWED, "rejected");
        assertThat(plans(loop)).hasSize(1);
    }

    @Test
    void one_that_is_taken_away_before_it_began_is_not_carried_out() {
        LoopWorld loop = loop(PolicyMode.RECOMMEND, calm());
        loop.orders().put("web", NOW);
        loop.live();

        loop.orders().clear();
        loop.live();

        assertRefused(loop, RelocationFault.TAKEN_BACK, "taken away");
        assertThat(loop.plans().verdicts()).containsExactly("FALSE Superseded");
    }

    @Test
    void one_for_a_time_to_come_waits_for_it() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.orders().put("web", World.NOW.plus(Duration.ofMinutes(30)) + " n3");

        loop.live();
        assertThat(loop.migrations().moves()).isEmpty();

        loop.pass(Duration.ofMinutes(30));
        assertThat(loop.live().nodeOf()).containsEntry("web", "n3");
    }

    @Test
    void what_is_no_order_is_refused_in_words() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.orders().put("web", "tomorrow");

        loop.live();

        assertRefused(loop, RelocationFault.ORDER_NOT_FIT, "(tomorrow) is no order");
    }

    @Test
    void a_migration_that_fails_is_not_tried_again() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm()).failingTo("n3");
        loop.orders().put("web", NOW + " n3");

        LoopWorld.End end = loop.live();

        assertThat(end.historyOf().get("web")).containsExactly("n1 > n3 FAILED");
        assertThat(told(loop).state()).isEqualTo(RelocationState.FAILED);
        assertThat(told(loop).fault()).isEqualTo(RelocationFault.MIGRATION_FAILED);
    }

    /** Nodes have 100 GiB: each of the others has room for one of 50. */
    @Test
    void several_orders_do_not_count_on_the_same_room() {
        World world = World.ofNodes(3);
        for (int number = 1; number <= 2; number++) {
            world.vm("big-" + number, "n1", 100).requesting("big-" + number, 100, 50);
        }
        world.vm("on-2", "n2", 100).requesting("on-2", 100, 30);
        world.vm("on-3", "n3", 100).requesting("on-3", 100, 40);
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, world);
        loop.orders().put("big-1", NOW);
        loop.orders().put("big-2", NOW);

        LoopWorld.End end = loop.live();

        assertThat(List.of(end.nodeOf().get("big-1"), end.nodeOf().get("big-2")))
                .containsExactlyInAnyOrder("n2", "n3");
        assertThat(plans(loop)).hasSize(2);
    }

    /** P14: the plan and the history know it, whatever becomes of what is told. */
    @Test
    void it_is_carried_out_once_although_nobody_is_told() {
        LoopWorld loop = loop(PolicyMode.AUTOMATIC, calm());
        loop.placements().forget();
        loop.orders().put("web", NOW + " n3");
        loop.live();
        loop.plans().delete(loop.plans().first());
        loop.pass(Duration.ofHours(2));

        loop.live();

        assertThat(loop.migrations().moves()).hasSize(1);
        assertThat(plans(loop)).isEmpty();
    }

    /** P14: whichever call goes wrong, and however. */
    @ParameterizedTest
    @EnumSource
    void it_is_carried_out_once_whatever_goes_wrong(Wire.Trouble trouble) {
        Wire good = Wire.good();
        LoopWorld.End wanted = ordered(good).live();
        assertThat(wanted.nodeOf()).containsEntry("web", "n3").containsEntry("app", "n2");
        for (int call = 0; call < good.calls().size(); call++) {
            LoopWorld loop = ordered(Wire.bad(call, trouble));

            LoopWorld.End end = loop.live();

            String where =
                    "%s at call %d: %s".formatted(trouble, call, good.calls().get(call));
            assertThat(end).as(where).isEqualTo(wanted);
            assertThat(loop.migrations().moves())
                    .as(where)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
            assertThat(told(loop).state()).as(where).isEqualTo(RelocationState.SUCCEEDED);
        }
    }

    private static LoopWorld ordered(Wire wire) {
        LoopWorld loop =
                new LoopWorld(calm().vm("app", "n1", 100), List.of(Policies.standard(PolicyMode.AUTOMATIC)), wire);
        loop.orders().put("web", NOW + " n3");
        loop.orders().put("app", NOW + " n2");
        return loop;
    }

    private static World calm() {
        return World.ofNodes(3).vm("web", "n1", 100);
    }

    private static LoopWorld loop(PolicyMode mode, World world) {
        return new LoopWorld(world, List.of(Policies.standard(mode)), Wire.good());
    }

    private static VirtualMachineProfile profile(Automation automation, Relocation relocation) {
        VirtualMachineProfile profile = new VirtualMachineProfile();
        profile.setMetadata(new ObjectMetaBuilder()
                .withName("careful")
                .withUid("uid-careful")
                .build());
        profile.setSpec(new VirtualMachineProfileSpec(
                new VirtualMachineTarget("web", null), automation, relocation, null, null));
        return profile;
    }

    private static List<MigrationPlan> plans(LoopWorld loop) {
        return loop.plans().list().plans();
    }

    private static OrderedMove told(LoopWorld loop) {
        return Objects.requireNonNull(loop.placements().order("web"));
    }

    private static void assertRefused(LoopWorld loop, RelocationFault fault, String why) {
        assertThat(loop.migrations().moves()).isEmpty();
        assertThat(told(loop).state()).isEqualTo(RelocationState.REFUSED);
        assertThat(told(loop).fault()).isEqualTo(fault);
        assertThat(told(loop).message()).contains(why);
    }
}
