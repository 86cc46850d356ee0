package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.DemandSource;
import dev.drover.api.v1alpha1.PolicyMode;
import dev.drover.constraint.Rule;
import dev.drover.dump.Dump;
import dev.drover.dump.DumpFile;
import dev.drover.dump.Freedom;
import dev.drover.dump.JsonFile;
import dev.drover.dump.Place;
import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import dev.drover.model.Taint;
import dev.drover.model.Toleration;
import dev.drover.model.TopologySpread;
import dev.drover.model.VmId;
import dev.drover.observe.DemandState;
import dev.drover.observe.Fault;
import dev.drover.observe.Snapshot;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.placement.World;
import dev.drover.plan.MigrationPricing;
import dev.drover.plan.Move;
import dev.drover.plan.Planner;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dump says is what the loop decides on. */
class DumpsTest {
    private static final Selector WEB = new Selector(List.of(Requirement.in("app", "web", "shop")));
    private static final Scheduling DEMANDING = new Scheduling(
            Map.of("disk", "fast"),
            List.of(new Selector(List.of(
                    new Requirement("gen", Requirement.Operator.GREATER_THAN, List.of("3")),
                    Requirement.notIn(Scheduling.NODE_NAME_KEY, "n2")))),
            List.of(new Toleration("", true, "", null), new Toleration("gpu", false, "yes", Taint.Effect.NO_EXECUTE)),
            List.of(new PodTerm(WEB, Set.of("shop", "bank"), Selector.NOTHING, World.ZONE)),
            List.of(new PodTerm(Selector.EVERYTHING, Set.of(), Selector.EVERYTHING, Node.HOSTNAME_LABEL)),
            List.of(new TopologySpread(WEB, World.ZONE, 2)));

    @TempDir
    private Path folder;

    @Test
    void everything_in_a_cluster_is_written_and_read_again() throws IOException {
        Cluster cluster = World.ofNodes(4)
                .cordoned("n3")
                .tainted("n4", "gpu")
                .usedByOthers("n1", 1_250, 3)
                .offering("n2", "example.com/gpu", 4)
                .vm("web", "n1", 1_500, "app=web", "tier=front")
                .vm("db", null, 700)
                .scheduling("web", DEMANDING)
                .vm("old", "n2", 300)
                .notLive("old")
                .moving("web", "n2")
                .launcher("web", "n1")
                .pod("ingress", "n3", 100, 2)
                .migrations(
                        World.ours("m", Migration.Phase.RUNNING, "plan/m0"), World.others("x", Migration.Phase.FAILED))
                .cluster();

        Dump read = throughAFile(Situation.of(cluster, List.of()).snapshot());

        assertThat(read.cluster().nodes()).isEqualTo(cluster.nodes());
        assertThat(read.cluster().vms()).isEqualTo(cluster.vms());
        assertThat(new HashSet<>(read.cluster().pods())).isEqualTo(new HashSet<>(cluster.pods()));
        assertThat(new HashSet<>(read.cluster().migrations())).isEqualTo(new HashSet<>(cluster.migrations()));
        assertThat(read.cluster().namespaces()).isEqualTo(cluster.namespaces());
        assertThat(read.cluster().takenAt()).isEqualTo(cluster.takenAt());
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void policies_and_what_keeps_them_from_balancing_are_written() throws IOException {
        Snapshot snapshot = Situation.of(World.ofNodes(3).vm("web", "n1", 100))
                .with(Policies.inZone("zone-2", "z2", World.NOW.plusSeconds(5)))
                .with(Policies.standard(PolicyMode.RECOMMEND))
                .with("zone-2", new DemandState(DemandSource.METRICS, false, "There are no metrics."))
                .with(new Fault("Node", "", "n3", "Its memory is no quantity."))
                .snapshot();

        Dump read = throughAFile(snapshot);

        assertThat(read.pools()).isEqualTo(snapshot.pools());
        assertThat(read.policies())
                .filteredOn(governing -> governing.policy().name().equals("zone-2"))
                .singleElement()
                .extracting(Dump.Governing::noBalanceBecause)
                .isEqualTo("There are no metrics.");
        assertThat(read.file().notes()).containsExactly("Node n3: Its memory is no quantity.");
    }

    @Test
    void what_may_not_be_moved_is_written_with_the_reason() throws IOException {
        Snapshot snapshot = Situation.of(
                        World.ofNodes(3).vm("old", "n1", 100).notLive("old").vm("web", "n1", 100))
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .snapshot();

        Dump read = throughAFile(snapshot);

        assertThat(read.freedomOf(new VmId(World.NAMESPACE, "web"))).isEqualTo(Freedom.FREE);
        assertThat(read.freedomOf(new VmId(World.NAMESPACE, "old")).extent()).isEqualTo(Freedom.Extent.NEVER);
        assertThat(read.freedomOf(new VmId(World.NAMESPACE, "old")).because()).contains("HostDevice");
    }

    @Test
    void a_dump_leads_to_the_plan_that_the_loop_makes() throws IOException {
        Snapshot snapshot = Situation.of(World.ofNodes(4)
                        .vms(6, "web", "n1", 1_600)
                        .vm("old", "n1", 100)
                        .notLive("old"))
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .snapshot();
        Effort effort = new Effort(1, 5_000, 60_000);
        var engine = new AnytimeEngine(InstantSource.fixed(World.NOW), MigrationPricing::seconds);

        Rehearsal.Answer answer =
                new Rehearsal(throughAFile(snapshot)).run(engine, effort).getFirst();

        View view = new Views(new ActiveConstraints()).of(snapshot);
        Histories histories = new Histories();
        var pool = view.pools().pools().getFirst();
        var standings = new Standings(
                snapshot, histories, pool.policy(), snapshot.policies().getFirst());
        Proposal proposal = new Proposer(engine, new Planner(), effort, histories)
                .propose(
                        view,
                        pool,
                        snapshot.cluster().vms().stream().map(standings::of).toList(),
                        true);
        assertThat(answer.plan()).isEqualTo(proposal.plan());
        assertThat(answer.plan().moves()).isNotEmpty();
        assertThat(answer.after()).isEqualTo(proposal.after());
    }

    @Test
    void a_node_that_a_virtual_machine_failed_to_move_to_is_avoided() throws IOException {
        DumpFile file = Dumps.of(Situation.of(World.ofNodes(3)
                        .vm("web", "n1", 100, "app=web")
                        .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "app=web"))
                .with(Policies.standard(PolicyMode.AUTOMATIC))
                .snapshot());
        Dump all = Dump.of(file, Place.root("x"));
        Dump avoiding = new Dump(
                all.file(),
                all.cluster(),
                World.ofNodes(3)
                        .rule(new Rule.ForbiddenNodes(World.onNode("n1")), "app=web")
                        .constraints(),
                all.policies(),
                Map.of(World.id("web"), new Freedom(Freedom.Extent.ALWAYS, false, "", Set.of("n2"))),
                List.of());

        List<Move> moves = new Rehearsal(avoiding)
                .run(new AnytimeEngine(InstantSource.fixed(World.NOW), MigrationPricing::seconds), Effort.DEFAULT)
                .getFirst()
                .plan()
                .moves();

        assertThat(moves).singleElement().extracting(Move::to).isEqualTo("n3");
    }

    private Dump throughAFile(Snapshot snapshot) throws IOException {
        Path file = folder.resolve("dump.json");
        try (Writer writer = Files.newBufferedWriter(file)) {
            JsonFile.write(Dumps.of(snapshot), writer);
        }
        return Dump.read(file);
    }
}
