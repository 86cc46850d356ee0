package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApprovalDecision;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.placement.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans whose policy has lost nodes: nobody may carry them out, and nobody is to wait for them. */
class LostPlansTest {
    private final List<PlacementPolicy> policies = new ArrayList<>();
    private final World world = new World()
            .node("n1", "east")
            .node("n2", "east")
            .node("n3", "west")
            .node("n4", "west")
            .vms(6, "web", "n1", 1_600);
    private final LoopWorld loop = new LoopWorld(world, policies, Wire.good());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_plan_ends_when_another_policy_comes_to_govern_one_of_its_nodes(boolean approvedByPerson) {
        policies.add(Policies.standard(PolicyMode.RECOMMEND));
        MigrationPlan plan = plan(approvedByPerson);

        policies.add(Policies.inZone("east", "east", World.NOW.plusSeconds(1)));
        loop.live();

        assertThatItEnded(plan, "The policy (default) does not govern the node (n1) any more.");
        assertThat(loop.plans().list().plans().getLast().getSpec().policy())
                .as("who goes on")
                .isEqualTo("east");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_plan_ends_when_an_older_policy_comes_to_govern_all_nodes_of_its_policy(boolean approvedByPerson) {
        policies.add(Policies.inZone("newer", "east", World.NOW.plusSeconds(1), PolicyMode.RECOMMEND));
        MigrationPlan plan = plan(approvedByPerson);

        policies.add(Policies.inZone("older", "east", World.NOW, PolicyMode.OFF));
        loop.live();

        assertThatItEnded(
                plan,
                "The policy (newer) selects the node (n1), and 2 in all, that the older policy (older) governs."
                        + " Make the two node selectors disjoint.");
        assertThat(loop.migrations().moves()).isEmpty();
    }

    @Test
    void what_a_person_aborted_stays_aborted() {
        policies.add(Policies.inZone("newer", "east", World.NOW.plusSeconds(1), PolicyMode.RECOMMEND));
        loop.plans().decide(plan(false), ApprovalDecision.ABORTED);

        policies.add(Policies.inZone("older", "east", World.NOW, PolicyMode.OFF));
        loop.live();

        assertThat(loop.plans().verdicts()).containsExactly("FALSE Aborted");
    }

    private MigrationPlan plan(boolean approvedByPerson) {
        loop.live();
        MigrationPlan plan = loop.plans().list().plans().getFirst();
        if (approvedByPerson) {
            loop.plans().decide(plan, ApprovalDecision.APPROVED);
        }
        return plan;
    }

    private void assertThatItEnded(MigrationPlan plan, String why) {
        MigrationPlan ended = loop.plans().list().plans().getFirst();
        assertThat(ended.getMetadata().getName()).isEqualTo(plan.getMetadata().getName());
        assertThat(loop.plans().verdicts()).first().isEqualTo("FALSE Superseded");
        assertThat(ended.getStatus().moves()).isNotEmpty().allSatisfy(move -> {
            assertThat(move.state()).isEqualTo(MoveState.SKIPPED);
            assertThat(move.message()).isEqualTo(why);
        });
    }
}
