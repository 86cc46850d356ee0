package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MigrationPlanStatus;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.placement.Relocation;
import dev.drover.placement.World;
import dev.drover.plan.Execution;
import dev.drover.plan.History;
import dev.drover.plan.History.Author;
import dev.drover.plan.History.End;
import dev.drover.plan.Move;
import dev.drover.plan.MoveProgress.State;
import dev.drover.plan.Plan;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** P14: what is written and read again, as JSON, is what was decided. */
class RecordsTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final Instant NOW = World.NOW;

    @Test
    void a_plan_that_is_written_and_read_again_is_the_same() {
        List<Move> moves = List.of(
                move("m0", List.of(), Relocation.Reason.CONSTRAINT_REPAIR),
                move("m1", List.of("m0"), Relocation.Reason.BALANCE));

        Execution read = PlanRecords.toExecution(again(Plans.of(moves), MigrationPlan.class));

        assertThat(read.moves()).isEqualTo(moves);
        assertThat(read.progress()).allMatch(progress -> progress.state() == State.PENDING);
    }

    @Test
    void how_far_it_is_is_written_and_read_again_the_same() {
        MigrationPlan plan = Plans.of(4);
        Execution fresh = PlanRecords.toExecution(plan);
        Execution on = fresh.with(
                        fresh.progressOf("m0").running("drover-0", NOW).ended(State.SUCCEEDED, NOW.plusSeconds(9), ""))
                .with(fresh.progressOf("m1").running("drover-1", NOW.plusSeconds(10)))
                .with(fresh.progressOf("m2").waiting("Waits: 2 migrations leave the node (n1), and at most 2 may."))
                .with(fresh.progressOf("m3").ended(State.SKIPPED, NOW, "It was to follow [m2]."));

        plan.setStatus(new MigrationPlanStatus(List.of(), 1L, PlanRecords.toStatuses(on), null));

        assertThat(PlanRecords.toExecution(again(plan, MigrationPlan.class))).isEqualTo(on);
    }

    @Test
    void a_history_that_is_written_and_read_again_is_the_same() {
        History.Pauses pauses = new History.Pauses(Duration.ofMinutes(15), Duration.ofMinutes(1));
        History history = History.EMPTY
                .record(entry("a", "n2", End.SUCCEEDED, Author.DROVER, ""), pauses)
                .record(entry("b", "n3", End.FAILED, Author.EVACUATION, "no memory"), pauses)
                .record(entry("c", "n3", End.TIMED_OUT, Author.DROVER, "too long"), pauses)
                .record(entry("d", "", End.CANCELLED, Author.OTHER, ""), pauses);

        VirtualMachinePlacementStatus written = HistoryRecords.toStatus(history);

        assertThat(HistoryRecords.toHistory(again(written, VirtualMachinePlacementStatus.class)))
                .isEqualTo(history);
        assertThat(written.previousNodes().getFirst().migration())
                .as("newest first")
                .isEqualTo("d");
    }

    @Test
    void nothing_written_is_no_history() {
        assertThat(HistoryRecords.toHistory(null)).isEqualTo(History.EMPTY);
        assertThat(HistoryRecords.toHistory(new VirtualMachinePlacementStatus(
                        null, null, null, null, null, null, null, null, null, null, null)))
                .isEqualTo(History.EMPTY);
    }

    @Test
    void the_digest_is_that_of_the_moves_whatever_their_order_and_of_the_history_they_start_from() {
        Move first = move("m0", List.of(), Relocation.Reason.BALANCE);
        Move other =
                new Move("m1", World.id("db"), "vm-db", "n2", "n3", List.of(), Relocation.Reason.BALANCE, "", 3, 1, 1);

        String digest = digest(List.of(first, other), "policy", "then");

        assertThat(digest).hasSize(32);
        assertThat(digest(List.of(other, first), "policy", "then")).isEqualTo(digest);
        assertThat(digest(List.of(first), "policy", "then")).isNotEqualTo(digest);
        assertThat(digest(List.of(first, other), "policy", "now")).isNotEqualTo(digest);
        assertThat(digest(List.of(first, other), "another policy", "then")).isNotEqualTo(digest);
    }

    @Test
    void the_name_of_a_plan_is_legal_however_long_the_policy_is_called() {
        String name = PlanRecords.name("a".repeat(39) + "." + "b".repeat(200), Plans.DIGEST);

        assertThat(name).isEqualTo("a".repeat(39) + "-0123456789");
        assertThat(PlanRecords.name("default", Plans.DIGEST)).isEqualTo("default-0123456789");
    }

    @Test
    void a_proposal_that_comes_again_gets_the_next_number_however_many_before_it_are_gone() {
        assertThat(PlanRecords.unused("p-0a", List.of())).isEqualTo("p-0a");
        assertThat(PlanRecords.unused("p-0a", named("p-0a", "p-0b-7", "q-0a-3", "p-0a-x")))
                .isEqualTo("p-0a-1");
        assertThat(PlanRecords.unused("p-0a", named("p-0a-9", "p-0a-10"))).isEqualTo("p-0a-11");
    }

    @Test
    void what_is_more_than_the_schema_takes_is_cut() {
        Move endless = new Move(
                "m0",
                World.id("web"),
                "vm-web",
                "n1",
                "n2",
                List.of(),
                Relocation.Reason.BALANCE,
                "why ".repeat(500),
                3,
                1e12,
                1e12);
        MigrationPlan plan = Plans.of(List.of(endless));
        Execution refused = PlanRecords.toExecution(plan);
        refused = refused.with(refused.progressOf("m0").waiting("KubeVirt refused the migration: " + "x".repeat(5000)));

        assertThat(plan.getSpec().moves().getFirst().message()).hasSize(1024);
        assertThat(plan.getSpec().moves().getFirst().costSeconds()).isEqualTo(604_800);
        assertThat(plan.getSpec().moves().getFirst().gain()).isEqualTo(1_000_000_000L);
        assertThat(PlanRecords.toStatuses(refused).getFirst().message()).hasSize(1024);
    }

    private static List<MigrationPlan> named(String... names) {
        return Stream.of(names)
                .map(name -> {
                    MigrationPlan plan = Plans.of(1);
                    plan.getMetadata().setName(name);
                    return plan;
                })
                .toList();
    }

    private static String digest(List<Move> moves, String policy, String state) {
        return PlanRecords.reference(new Plan(moves, List.of(), 1, 1), policy, move -> state, NOW)
                .digest();
    }

    private static Move move(String id, List<String> after, Relocation.Reason reason) {
        return new Move(id, World.id("web"), "vm-web", "n1", "n2", after, reason, "relieves n1", 2, 0.25, 12);
    }

    private static History.Entry entry(String name, String to, End end, Author author, String message) {
        Relocation.Reason purpose = author == Author.DROVER ? Relocation.Reason.BALANCE : null;
        return new History.Entry(name, "n1", to, NOW, Duration.ofSeconds(12), end, author, purpose, message);
    }

    private static <T> T again(T written, Class<T> type) {
        return JSON.unmarshal(JSON.asJson(written), type);
    }
}
