package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.constraint.Rule;
import dev.drover.placement.World;
import org.junit.jupiter.api.Test;

class ActiveConstraintsTest {
    private final ActiveConstraints active = new ActiveConstraints();

    @Test
    void a_conflict_ends_when_a_pinned_machine_runs_where_it_is_allowed() {
        World world = World.ofNodes(2)
                .vm("db", "n1", 1_000, "app=db")
                .rule(new Rule.Pinned(), "app=db")
                .rule(new Rule.AllowedNodes(World.onNode("n2")), "app=db");
        assertThat(active.conflicts(Situation.of(world).snapshot())).hasSize(1);
        assertThat(active.conflicts(Situation.of(world.at("db", "n2")).snapshot()))
                .isEmpty();
    }

    @Test
    void conflicts_are_kept_while_what_they_depend_on_stays() {
        World world = World.ofNodes(2)
                .vm("db", "n1", 1_000, "app=db")
                .rule(new Rule.AllowedNodes(World.onNode("n3")), "app=db");
        var first = active.conflicts(Situation.of(world).snapshot());
        assertThat(first).hasSize(1);
        assertThat(active.conflicts(Situation.of(world.at("db", "n2")).snapshot()))
                .isSameAs(first);
    }
}
