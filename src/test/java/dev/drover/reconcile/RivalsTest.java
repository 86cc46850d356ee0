package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.Fault;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.model.Vm;
import dev.drover.placement.World;
import dev.drover.plan.History;
import dev.drover.plan.History.Author;
import dev.drover.plan.History.End;
import dev.drover.plan.History.Entry;
import dev.drover.plan.History.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private static final Pauses PAUSES = new Pauses(Duration.ofMinutes(15), Duration.ofMinutes(1));

    @Test
    void what_undoes_three_moves_within_an_hour_is_reported_with_an_example() {
        assertThat(faults(apart(), Author.OTHER, Duration.ofMinutes(5)))
                .containsExactly(new Fault(
                        "default",
                        "OthersMove",
                        "Within the last hour others moved (3) virtual machines away from where Drover had put them, for"
                                + " example shop/web-1. Keep it away from these virtual machines, for example a descheduler,"
                                + " or set the policy to Recommend."));
        assertThat(faults(apart(), Author.EVACUATION, Duration.ofMinutes(5))).hasSize(1);
    }

    @Test
    void two_are_not_enough() {
        assertThat(faults(World.ofNodes(3).vms(2, "web", "n3", 100), Author.OTHER, Duration.ofMinutes(5)))
                .isEmpty();
    }

    @Test
    void our_own_moves_are_no_rivals() {
        assertThat(faults(apart(), Author.DROVER, Duration.ofMinutes(5))).isEmpty();
    }

    @Test
    void what_is_long_past_is_not_reported() {
        assertThat(faults(apart(), Author.OTHER, Duration.ofMinutes(70))).isEmpty();
    }

    @Test
    void whoever_empties_a_cordoned_node_does_what_should_be_done() {
        assertThat(faults(apart().cordoned("n2"), Author.EVACUATION, Duration.ofMinutes(5)))
                .isEmpty();
    }

    private static World apart() {
        return World.ofNodes(3).vms(3, "web", "n3", 100);
    }

    /** Drover moved each from n1 to n2, and after a minute somebody moved it on to n3. */
    private static List<Fault> faults(World world, Author somebody, Duration ago) {
        View view = Situation.of(world)
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .view();
        Instant ours = view.now().minus(ago);
        Histories histories = new Histories();
        for (Vm vm : view.cluster().vms()) {
            histories.record(
                    vm,
                    History.EMPTY
                            .record(entry("m1", "n1", "n2", ours, Author.DROVER), PAUSES)
                            .record(entry("m2", "n2", "n3", ours.plusSeconds(60), somebody), PAUSES));
        }
        return Rivals.of(view, view.pools().pools().getFirst(), histories);
    }

    private static Entry entry(String name, String from, String to, Instant ended, Author author) {
        return new Entry(name, from, to, ended, Duration.ofSeconds(5), End.SUCCEEDED, author, null, "");
    }
}
