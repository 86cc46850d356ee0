package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Migration.Phase;
import dev.drover.model.Vm;
import dev.drover.observe.PolicyReader;
import dev.drover.observe.Snapshot;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import dev.drover.plan.History;
import dev.drover.plan.History.Author;
import dev.drover.plan.History.End;
import dev.drover.status.MachineReason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P6: each outcome is entered once, whoever caused it, and before anything else is done. */
class SettlerTest {
    private static final Instant NOW = World.NOW;
    private static final Settler.Terms TERMS = new Settler.Terms(
            vm -> new History.Pauses(Duration.ofMinutes(15), Duration.ofMinutes(1)),
            migration -> migration.ours() ? Relocation.Reason.BALANCE : null,
            List.of());

    private final Store store = new Store();
    private final Histories histories = new Histories();
    private final Settler settler = new Settler(histories, store);

    /** Keeps what it is given, or is out of reach. */
    private static final class Store implements PlacementStore {
        final List<History> kept = new ArrayList<>();
        boolean unreachable;
        boolean refusing;

        @Override
        public void keep(Vm vm, History history) {
            if (refusing) {
                throw new KubernetesClientException("its namespace is being deleted", 403, (Status) null);
            }
            if (unreachable) {
                throw new KubernetesClientException("connection refused");
            }
            kept.add(history);
        }
    }

    @Test
    void a_success_is_entered_once_however_often_it_is_seen() {
        Cluster cluster = cluster("n2", migration(Phase.SUCCEEDED));

        assertThat(settle(cluster)).hasSize(1);
        assertThat(settle(cluster)).isEmpty();
        assertThat(new Settler(histories, store).settle(cluster, TERMS)).isEmpty();

        assertThat(store.kept).hasSize(1);
        assertThat(only().end()).isEqualTo(End.SUCCEEDED);
        assertThat(only().from()).isEqualTo("n1");
        assertThat(only().to()).isEqualTo("n2");
        assertThat(only().took()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void what_is_refused_for_one_virtual_machine_is_tried_again_and_that_one_is_not_moved_meanwhile() {
        Cluster cluster = cluster("n2", migration(Phase.SUCCEEDED));
        Vm vm = cluster.vms().getFirst();

        store.refusing = true;
        assertThat(settle(cluster)).hasSize(1);
        assertThat(histories.whyNotKept(vm)).contains("its namespace is being deleted");
        assertThat(standing(cluster, vm).reason()).isEqualTo(MachineReason.HISTORY_NOT_KEPT);
        assertThat(standing(cluster, vm).mayRepair()).isFalse();

        store.refusing = false;
        assertThat(settle(cluster)).isEmpty();
        assertThat(only().end()).isEqualTo(End.SUCCEEDED);
        assertThat(standing(cluster, vm).reason()).isEqualTo(MachineReason.COOLDOWN);
    }

    private Standing standing(Cluster cluster, Vm vm) {
        PlacementPolicy policy = Policies.standard(PolicyMode.AUTOMATIC);
        Snapshot snapshot = Situation.of(cluster, List.of()).with(policy).snapshot();
        return new Standings(snapshot, histories, PolicyReader.read(policy), policy).of(vm);
    }

    @Test
    void a_failure_is_entered_with_what_kubevirt_says() {
        settle(cluster("n1", migration(Phase.FAILED)));

        assertThat(only().end()).isEqualTo(End.FAILED);
        assertThat(only().message()).isEqualTo("no memory");
        assertThat(store.kept.getLast().quarantinedNodes(NOW)).containsExactly("n2");
    }

    @Test
    void a_time_out_is_entered_before_the_migration_ends_and_told_when_it_does() {
        Migration late = migration(Phase.RUNNING);
        settle(cluster("n1", late));

        overdue(late);

        assertThat(only().end()).isEqualTo(End.TIMED_OUT);
        assertThat(only().message()).isEqualTo("It was over its deadline in phase RUNNING.");
        assertThat(settle(cluster("n1", late))).isEmpty();
        assertThat(settle(cluster("n1", migration(Phase.FAILED))))
                .extracting(settled -> settled.entry().end())
                .containsExactly(End.TIMED_OUT);
        assertThat(settle(cluster("n1", migration(Phase.FAILED)))).isEmpty();
        assertThat(store.kept).hasSize(1);
    }

    @Test
    void a_process_that_starts_when_it_is_gone_knows_of_the_time_out() {
        Migration late = migration(Phase.SCHEDULING);
        overdue(late);
        overdue(late);

        assertThat(settle(cluster("n1"))).isEmpty();
        assertThat(only().end()).isEqualTo(End.TIMED_OUT);
        assertThat(store.kept.getLast().quarantinedNodes(NOW)).containsExactly("n2");
    }

    @Test
    void a_migration_that_arrived_in_spite_of_its_end_is_a_success() {
        overdue(migration(Phase.RUNNING));

        settle(cluster("n2", migration(Phase.SUCCEEDED)));

        assertThat(store.kept).hasSize(2);
        assertThat(store.kept.getLast().entries())
                .extracting(History.Entry::end)
                .containsExactly(End.SUCCEEDED);
        assertThat(store.kept.getLast().quarantines()).isEmpty();
        assertThat(store.kept.getLast().failures()).isZero();
    }

    @Test
    void what_somebody_else_deleted_is_a_cancellation_and_rests_for_an_hour() {
        settle(cluster("n1", migration(Phase.RUNNING)));
        settle(cluster("n1"));

        assertThat(only().end()).isEqualTo(End.CANCELLED);
        assertThat(store.kept.getLast().cooldownUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(store.kept.getLast().quarantines()).isEmpty();
    }

    @Test
    void what_vanished_while_nobody_looked_is_known_from_the_plan() {
        Settler.Terms planned = planned(31);

        assertThat(settler.settle(cluster("n1", migration(Phase.RUNNING)), planned))
                .isEmpty();
        assertThat(new Settler(histories, store).settle(cluster("n1"), planned)).hasSize(1);
        assertThat(new Settler(histories, store).settle(cluster("n1"), planned)).isEmpty();

        assertThat(only().end()).isEqualTo(End.CANCELLED);
        assertThat(only().purpose()).isEqualTo(Relocation.Reason.BALANCE);
    }

    @Test
    void what_was_created_a_moment_ago_may_not_be_seen_yet() {
        Settler.Terms planned = planned(29);

        assertThat(settler.settle(cluster("n1"), planned)).isEmpty();
    }

    @Test
    void what_is_gone_after_it_arrived_is_a_success() {
        settle(cluster("n1", migration(Phase.RUNNING)));
        settle(cluster("n2"));

        assertThat(only().end()).isEqualTo(End.SUCCEEDED);
    }

    @Test
    void what_is_still_in_flight_is_not_entered() {
        assertThat(settle(cluster("n1", migration(Phase.UNKNOWN)))).isEmpty();
        assertThat(settle(cluster("n1", migration(Phase.RUNNING)))).isEmpty();
        assertThat(store.kept).isEmpty();
    }

    @Test
    void what_was_ordered_and_then_seen_is_no_cancellation() {
        Vm vm = cluster("n1").vms().getFirst();

        settle(cluster("n1", Migration.ordered("drover-1", vm, "n2", NOW)));

        assertThat(settle(cluster("n1", migration(Phase.RUNNING)))).isEmpty();
        assertThat(settle(cluster("n2", migration(Phase.SUCCEEDED)))).hasSize(1);
        assertThat(only().end()).isEqualTo(End.SUCCEEDED);
    }

    @Test
    void an_outcome_that_could_not_be_kept_keeps_the_next_action_away_and_is_entered_later() {
        Cluster cluster = cluster("n1", migration(Phase.FAILED));
        store.unreachable = true;
        assertThatThrownBy(() -> settle(cluster)).isInstanceOf(KubernetesClientException.class);
        assertThat(histories.of(cluster.vms().getFirst())).isEqualTo(History.EMPTY);

        store.unreachable = false;

        assertThat(settle(cluster)).hasSize(1);
        assertThat(only().end()).isEqualTo(End.FAILED);
    }

    @Test
    void a_vanished_migration_that_could_not_be_entered_is_not_forgotten() {
        settle(cluster("n1", migration(Phase.RUNNING)));
        store.unreachable = true;
        assertThatThrownBy(() -> settle(cluster("n1"))).isInstanceOf(KubernetesClientException.class);

        store.unreachable = false;

        assertThat(settle(cluster("n1"))).hasSize(1);
    }

    @ParameterizedTest(name = "{0}, ours: {1}: {2}")
    @CsvSource({
        "drover-0123, true, DROVER",
        "kubevirt-evacuation-x7k2p, false, EVACUATION",
        "by-hand, false, OTHER",
        "drover-look-alike, false, OTHER"
    })
    void the_author_is_known(String name, boolean ours, Author author) {
        settle(cluster("n2", ours ? World.ours(name, Phase.SUCCEEDED, null) : World.others(name, Phase.SUCCEEDED)));

        assertThat(only().author()).isEqualTo(author);
        assertThat(only().purpose()).isEqualTo(author == Author.DROVER ? Relocation.Reason.BALANCE : null);
    }

    @Test
    void a_migration_whose_virtual_machine_is_gone_is_nobodys_history() {
        assertThat(settle(World.ofNodes(2).migrations(migration(Phase.FAILED)).cluster()))
                .isEmpty();
    }

    private List<Settler.Settled> settle(Cluster cluster) {
        return settler.settle(cluster, TERMS);
    }

    private void overdue(Migration migration) {
        settler.overdue(migration, cluster("n1").vms().getFirst(), NOW, TERMS);
    }

    private History.Entry only() {
        assertThat(store.kept).hasSize(1);
        assertThat(store.kept.getFirst().entries()).hasSize(1);
        return store.kept.getFirst().entries().getFirst();
    }

    /** The plan knows of a migration that was created so long ago. */
    private static Settler.Terms planned(long secondsAgo) {
        Instant created = NOW.minusSeconds(secondsAgo);
        Migration known = new Migration(
                "drover-1", "", World.id("web"), Phase.UNKNOWN, "n1", "n2", true, "p/m0", created, created, "");
        return new Settler.Terms(TERMS.pauses(), TERMS.purpose(), List.of(known));
    }

    private static Migration migration(Phase phase) {
        return World.ours("drover-1", phase, null);
    }

    private static Cluster cluster(@Nullable String node, Migration... migrations) {
        return World.ofNodes(2).vm("web", node, 1_000).migrations(migrations).cluster();
    }
}
