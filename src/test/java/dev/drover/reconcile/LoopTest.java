package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.api.v1alpha1.ActionWindow;
import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.Automation;
import dev.drover.api.v1alpha1.InFlightHandling;
import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PolicyMode;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole stories of the loop, without trouble. */
class LoopTest {
    /** Moves of the first plan are in flight then, and others wait for their slots. */
    private static final Duration IN_MID_PLAN = Duration.ofSeconds(15);

    private static final int HOUR = World.NOW.atZone(ZoneOffset.UTC).getHour();
    private static final int MINUTE = World.NOW.atZone(ZoneOffset.UTC).getMinute();

    @Test
    void policies_of_different_nodes_share_the_slots_of_the_cluster() {
        World world = new World();
        for (int number = 1; number <= 8; number++) {
            world.node("n" + number, number <= 4 ? "east" : "west");
        }
        world.vms(6, "web", "n1", 1_600).vms(6, "app", "n5", 1_600);
        world.vms(6, "db", "n2", 1_600).vms(6, "mail", "n6", 1_600);
        LoopWorld loop = new LoopWorld(
                world,
                List.of(
                        Policies.inZone("east", "east", World.NOW),
                        Policies.inZone("west", "west", World.NOW.plusSeconds(1))),
                Wire.good());

        LoopWorld.End end = loop.live();

        assertThat(loop.migrations().most()).as("P2 is asserted in the world").isEqualTo(4);
        assertThat(end.plans()).hasSize(2).containsOnly("TRUE Completed");
    }

    @Test
    void a_breach_that_cannot_be_repaired_keeps_nothing_else_from_being_balanced() {
        World world = World.ofNodes(4)
                .vms(2, "db", "n2", 500, "tier=db")
                .notLive("db-1")
                .notLive("db-2")
                .vms(6, "web", "n1", 1_600)
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=db");
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), Wire.good());

        LoopWorld.End end = loop.live();

        assertThat(end.plans()).hasSize(1).containsOnly("TRUE Completed");
        assertThat(end.nodeOf().values().stream().filter("n1"::equals)).hasSizeLessThan(6);
    }

    /** Nodes have 100 GiB. */
    @Test
    void a_virtual_machine_that_finds_no_node_is_let_in() {
        World world = World.ofNodes(2)
                .vm("web", "n1", 100)
                .requesting("web", 100, 30)
                .vm("db", "n2", 100)
                .requesting("db", 100, 45)
                .vm("guest", null, 100)
                .requesting("guest", 100, 80);
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), Wire.good());

        LoopWorld.End end = loop.live();

        assertThat(end.nodeOf()).containsEntry("web", "n2").containsEntry("db", "n2");
        assertThat(loop.plans().first().getSpec()).satisfies(spec -> {
            assertThat(spec.reason()).isEqualTo(MoveReason.MAKE_ROOM);
            assertThat(spec.moves()).singleElement().satisfies(move -> assertThat(move.message())
                    .isEqualTo("makes room for shop/guest, which finds no node"));
        });
    }

    @Test
    void nobody_moves_for_one_that_finds_a_node_of_another_policy() {
        World world = new World()
                .node("n1", "east")
                .node("n2", "east")
                .node("n3", "west")
                .vm("web", "n1", 100)
                .requesting("web", 100, 30)
                .vm("db", "n2", 100)
                .requesting("db", 100, 45)
                .vm("guest", null, 100)
                .requesting("guest", 100, 80);
        LoopWorld loop = new LoopWorld(world, List.of(Policies.inZone("east", "east", World.NOW)), Wire.good());

        loop.live();

        assertThat(loop.migrations().moves()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "RECOMMEND"})
    void nothing_moves_that_nobody_approved(PolicyMode mode) {
        World world = World.ofNodes(4).vms(6, "web", "n1", 1_600);
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(mode)), Wire.good());

        loop.live();

        assertThat(loop.migrations().moves()).isEmpty();
        assertThat(loop.plans().list().plans()).hasSize(mode == PolicyMode.OFF ? 0 : 1);
    }

    @Test
    void a_profile_that_comes_to_ask_for_a_person_ends_what_the_policy_has_approved() {
        World world = World.ofNodes(4).vms(6, "web", "n1", 1_600);
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), Wire.good());
        loop.after(IN_MID_PLAN, () -> loop.profiles().putAll(profiled(Automation.RECOMMEND)));

        loop.live();

        List<MigrationPlan> plans = loop.plans().list().plans();
        assertThat(plans.getFirst().getStatus().moves())
                .filteredOn(move -> move.state() == MoveState.SKIPPED)
                .isNotEmpty()
                .allSatisfy(move -> assertThat(move.message()).contains("wants a person to approve"));
        assertThat(plans)
                .filteredOn(plan -> plan.getSpec().approval() == null)
                .as("what is still wanted waits for a person")
                .hasSize(1);
    }

    @Test
    void what_a_person_approved_is_done_although_the_profile_comes_to_ask_for_a_person() {
        LoopWorld loop = approvedByPerson();
        loop.profiles().putAll(profiled(Automation.RECOMMEND));

        loop.live();

        assertThat(loop.plans().verdicts()).contains("TRUE Completed");
        assertThat(loop.migrations().moves()).isNotEmpty();
    }

    @Test
    void nothing_moves_that_its_profile_has_come_to_forbid_whoever_approved_it() {
        LoopWorld loop = approvedByPerson();
        loop.profiles().putAll(profiled(Automation.OFF));

        loop.live();

        assertThat(loop.migrations().moves()).isEmpty();
        assertThat(loop.plans().first().getStatus().moves()).isNotEmpty().allSatisfy(move -> assertThat(move.message())
                .isEqualTo("Waits: The profile (careful) has automation Off."));
    }

    /** As under a chart without live moves (P15). */
    @Test
    void an_approval_that_the_operator_has_no_right_to_carry_out_ends_in_a_fault_that_says_so() {
        LoopWorld loop = approvedByPerson();
        loop.migrations().forbid();

        loop.live();

        assertThat(loop.migrations().moves()).isEmpty();
        assertThat(loop.said()).contains(MigrationReason.MIGRATION_REFUSED);
        assertThat(loop.plans().first().getStatus().moves())
                .extracting(MoveStatus::message)
                .contains("Waits: The migration was refused: forbidden");
    }

    private static LoopWorld approvedByPerson() {
        World world = World.ofNodes(4).vms(6, "web", "n1", 1_600);
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.RECOMMEND)), Wire.good());
        loop.live();
        loop.plans().decide(loop.plans().first(), ApprovalDecision.APPROVED);
        return loop;
    }

    private static Map<String, VirtualMachineProfile> profiled(Automation automation) {
        VirtualMachineProfile careful = new VirtualMachineProfile();
        careful.setMetadata(new ObjectMetaBuilder()
                .withName("careful")
                .withUid("uid-careful")
                .withNamespace(World.NAMESPACE)
                .build());
        careful.setSpec(new VirtualMachineProfileSpec(
                new VirtualMachineTarget(null, LabelSelector.EVERYTHING), automation, null, null, null));
        return IntStream.rangeClosed(1, 6)
                .boxed()
                .collect(Collectors.toMap(number -> "web-" + number, number -> careful));
    }

    @Test
    void a_policy_that_is_paused_in_the_middle_of_a_plan_starts_nothing_more() {
        World world = World.ofNodes(4).vms(6, "web", "n1", 1_600);
        PlacementPolicy policy = Policies.standard(PolicyMode.AUTOMATIC);
        LoopWorld loop = new LoopWorld(world, List.of(policy), Wire.good());
        loop.after(
                IN_MID_PLAN,
                () -> policy.setSpec(Policies.standard(PolicyMode.OFF).getSpec()));

        loop.live();

        assertThat(statesOfTheFirstPlan(loop)).containsOnly(MoveState.SUCCEEDED, MoveState.SKIPPED);
        assertThat(loop.migrations().moves()).hasSize(count(loop, MoveState.SUCCEEDED));
        assertThat(loop.plans().list().plans()).hasSize(1);
    }

    /** What is in flight when a person aborts finishes, unless the person says Cancel (P12). */
    @ParameterizedTest
    @CsvSource({", SUCCEEDED", "FINISH, SUCCEEDED", "CANCEL, FAILED"})
    void an_aborted_plan_starts_nothing_more(@Nullable InFlightHandling inFlight, MoveState begun) {
        World world = World.ofNodes(4).vms(6, "web", "n1", 1_600);
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.RECOMMEND)), Wire.good());
        loop.after(Duration.ofSeconds(5), () -> loop.plans().decide(loop.plans().first(), ApprovalDecision.APPROVED));
        loop.after(IN_MID_PLAN, () -> loop.plans().decide(loop.plans().first(), ApprovalDecision.ABORTED, inFlight));

        LoopWorld.End end = loop.live();

        assertThat(statesOfTheFirstPlan(loop)).containsOnly(begun, MoveState.ABORTED);
        assertThat(loop.migrations().moves()).hasSize(count(loop, begun));
        assertThat(end.historyOf().values().stream().flatMap(List::stream))
                .hasSize(count(loop, begun))
                .allMatch(outcome -> outcome.endsWith(begun == MoveState.FAILED ? "CANCELLED" : "SUCCEEDED"));
    }

    @Test
    void when_too_many_fail_a_person_has_to_approve_until_somebody_resets_the_circuit() {
        World world = World.ofNodes(4)
                .vms(2, "db", "n1", 1_000, "tier=db")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=db");
        PlacementPolicy policy = Policies.standard(PolicyMode.AUTOMATIC);
        LoopWorld loop = new LoopWorld(world, List.of(policy), Wire.good())
                .failingTo("n2")
                .failingTo("n3")
                .failingTo("n4");
        loop.live();
        assertThat(loop.plans().list().plans().getLast().getSpec().approval()).isNull();
        loop.heal();
        assertThat(loop.live().nodeOf().values()).as("nobody approves").containsOnly("n1");

        policy.getMetadata()
                .setAnnotations(Map.of(
                        "drover.dev/reset-circuit",
                        loop.now().plus(Duration.ofDays(365)).toString()));
        assertThat(loop.live().nodeOf().values()).as("a time to come").containsOnly("n1");

        policy.getMetadata()
                .setAnnotations(Map.of("drover.dev/reset-circuit", loop.now().toString()));

        assertThat(loop.live().nodeOf().values()).doesNotHaveDuplicates();
    }

    private static List<MoveState> statesOfTheFirstPlan(LoopWorld loop) {
        return loop.plans().first().getStatus().moves().stream()
                .map(MoveStatus::state)
                .toList();
    }

    private static int count(LoopWorld loop, MoveState state) {
        return Collections.frequency(statesOfTheFirstPlan(loop), state);
    }

    @Test
    void a_window_that_closes_lets_no_further_move_of_the_plan_start() {
        World world = World.ofNodes(4).vms(6, "web", "n1", 1_600);
        ActionWindow window = new ActionWindow("%d %d * * *".formatted(MINUTE, HOUR), 20, "UTC");
        LoopWorld loop = new LoopWorld(
                world, List.of(Policies.standard(PolicyMode.AUTOMATIC, Policies.during(window))), Wire.good());

        loop.live();

        List<MigrationPlan> plans = loop.plans().list().plans();
        List<MoveStatus> moves = plans.getFirst().getStatus().moves();
        assertThat(plans).hasSize(1);
        assertThat(moves)
                .filteredOn(move -> move.state() == MoveState.SUCCEEDED)
                .hasSize(2);
        assertThat(moves)
                .filteredOn(move -> move.state() == MoveState.PENDING)
                .isNotEmpty()
                .allSatisfy(move ->
                        assertThat(move.message()).isEqualTo("Waits: No window of the policy (default) is open."));
    }

    @Test
    void a_window_that_is_closed_keeps_no_constraint_broken() {
        World world = World.ofNodes(4)
                .vms(2, "db", "n1", 1_000, "tier=db")
                .rule(new Rule.Spread(Node.HOSTNAME_LABEL, OptionalInt.empty()), "tier=db");
        ActionWindow window = new ActionWindow("%d %d * * *".formatted(MINUTE, (HOUR + 12) % 24), 60, "UTC");
        LoopWorld loop = new LoopWorld(
                world, List.of(Policies.standard(PolicyMode.AUTOMATIC, Policies.during(window))), Wire.good());

        LoopWorld.End end = loop.live();

        assertThat(end.plans()).containsExactly("TRUE Completed");
    }

    @Test
    void who_is_in_the_way_of_a_repair_goes_elsewhere_and_the_other_follows_in_the_same_plan() {
        World world = World.ofNodes(3)
                .vm("guest", "n1", 1_000, "app=guest")
                .vm("blocker", "n2", 1_000)
                .requesting("guest", 1_000, 60)
                .requesting("blocker", 1_000, 60)
                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=guest");
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), Wire.good());

        LoopWorld.End end = loop.live();

        assertThat(end.plans()).containsExactly("TRUE Completed");
        assertThat(end.nodeOf()).containsEntry("guest", "n2").containsEntry("blocker", "n3");
        assertThat(loop.plans().first().getSpec().moves())
                .extracting(move -> move.virtualMachine().name(), move -> move.after()
                        .size())
                .containsExactly(tuple("blocker", 0), tuple("guest", 1));
    }

    @Test
    void a_plan_that_makes_room_waits_for_its_person_although_its_second_move_cannot_start_yet() {
        World world = World.ofNodes(4)
                .vm("guest", "n1", 1_000, "app=guest")
                .vm("blocker", "n2", 1_000)
                .vm("other", "n4", 500)
                .requesting("guest", 1_000, 60)
                .requesting("blocker", 1_000, 60)
                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=guest");
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.RECOMMEND)), Wire.good());

        loop.live();
        world.at("other", "n3");
        loop.live();

        assertThat(loop.plans().list().plans())
                .as("none is replaced for a trifle")
                .hasSize(1);
    }

    @Test
    void a_balanced_cluster_is_left_alone() {
        World world = World.ofNodes(4);
        for (int node = 1; node <= 4; node++) {
            world.vms(2, "web-" + node, "n" + node, 2_000);
        }
        LoopWorld loop = new LoopWorld(world, List.of(Policies.standard(PolicyMode.AUTOMATIC)), Wire.good());

        loop.live();

        assertThat(loop.plans().list().plans()).isEmpty();
    }
}
