package dev.drover.reconcile;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Conflict;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.Violation;
import dev.drover.dump.Dump;
import dev.drover.dump.Freedom;
import dev.drover.kubevirt.KubeVirtState;
import dev.drover.model.Vm;
import dev.drover.observe.Freshness;
import dev.drover.observe.ServiceMembers;
import dev.drover.observe.Snapshot;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Goal;
import dev.drover.placement.Score;
import dev.drover.placement.StartDecision;
import dev.drover.placement.StartPlacement;
import dev.drover.plan.History;
import dev.drover.plan.Move;
import dev.drover.plan.Plan;
import dev.drover.plan.Planner;
import dev.drover.plan.Pools;
import dev.drover.plan.Pools.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the loop would propose for a dump, by the very code of the loop and without a cluster: the first plan that it would write for each
 * policy. It does not look at modes, leadership or plans under way. Not safe for threads.
 */
public final class Rehearsal {
    private final Dump dump;
    private final View view;

    /**
     * The answer for one policy.
     *
     * @param byPerson the moves need a person's approval, whatever the policy's mode
     * @param timedOut the search ran out of time
     * @param deadlock constraints that cannot hold as things are; null when none are known
     */
    public record Answer(
            Pool pool,
            Plan plan,
            Score before,
            Score after,
            boolean byPerson,
            boolean timedOut,
            @Nullable Conflict deadlock) {}

    public Rehearsal(Dump dump) {
        this.dump = dump;
        view = new Views(new ActiveConstraints()).of(snapshot(dump));
    }

    /** In the order of the policies' age, the default last. */
    public List<Answer> run(Engine engine, Effort effort) {
        Proposer proposer = new Proposer(engine, new Planner(), effort, histories());
        List<Standing> standings = dump.cluster().vms().stream()
                .map(vm -> Dumps.standing(dump.freedomOf(vm.id())))
                .toList();
        Map<String, Boolean> balances = dump.policies().stream()
                .collect(Collectors.toMap(
                        governing -> governing.policy().name(),
                        governing -> governing.noBalanceBecause().isEmpty()));
        return view.pools().pools().stream()
                .map(pool -> answer(
                        pool,
                        proposer.propose(
                                view,
                                pool,
                                standings,
                                balances.get(pool.policy().name()))))
                .toList();
    }

    private static Answer answer(Pool pool, Proposal proposal) {
        return new Answer(
                pool,
                proposal.plan(),
                proposal.before(),
                proposal.after(),
                proposal.byPerson(),
                proposal.timedOut(),
                proposal.deadlock());
    }

    /** Where the virtual machines would start that have no node yet, as the placement gate decides for all of them together. */
    public List<StartDecision> starts() {
        List<Integer> starting = new ArrayList<>();
        for (int i = 0; i < dump.cluster().vms().size(); i++) {
            Vm vm = dump.cluster().vms().get(i);
            if (!vm.running() && vm.target() == null) {
                starting.add(i);
            }
        }
        return StartPlacement.place(dump.cluster(), view.rules(), starting, placeableNodes(), startGoal());
    }

    /** The nodes of the policies that place what starts. */
    public BitSet placeableNodes() {
        BitSet nodes = new BitSet();
        view.pools().pools().stream().filter(this::places).forEach(pool -> nodes.or(pool.nodes()));
        return nodes;
    }

    /** Of the oldest policy that places what starts. */
    public Goal startGoal() {
        return view.pools().pools().stream()
                .filter(this::places)
                .map(pool -> pool.policy().goal())
                .findFirst()
                .orElse(Goal.DEFAULT);
    }

    private boolean places(Pool pool) {
        return dump.placesStarts(pool.policy().name());
    }

    /** How well the virtual machines of a policy are served once these moves have been made, and no others. */
    public Score scoreAfter(Engine engine, Pool pool, List<Move> moves) {
        return new Scores(engine).after(view, pool, moves);
    }

    /** The constraints that are acted on: all but the newest of each conflict. */
    public List<Constraint> active() {
        return view.active();
    }

    public CompiledRules rules() {
        return view.rules();
    }

    public List<Conflict> conflicts() {
        return view.conflicts();
    }

    /** What is broken now. */
    public List<Violation> violations() {
        return view.violations();
    }

    public Pools pools() {
        return view.pools();
    }

    /** The nodes that a virtual machine is not sent to count as quarantined for as long as anybody asks. */
    private Histories histories() {
        Histories histories = new Histories();
        for (Vm vm : dump.cluster().vms()) {
            Freedom freedom = dump.freedomOf(vm.id());
            if (!freedom.avoids().isEmpty()) {
                Instant later = dump.cluster().takenAt().plus(Duration.ofDays(1));
                List<History.Quarantine> quarantines = freedom.avoids().stream()
                        .map(node -> new History.Quarantine(node, later, 1))
                        .toList();
                histories.record(vm, new History(List.of(), quarantines, 0, Instant.EPOCH));
            }
        }
        return histories;
    }

    private static Snapshot snapshot(Dump dump) {
        return new Snapshot(
                dump.cluster(),
                dump.constraints(),
                Map.of(),
                Map.of(),
                List.of(),
                dump.pools(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new ServiceMembers(List.of(), List.of()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                KubeVirtState.absent("A dump does not say."),
                Freshness.FRESH,
                List.of());
    }
}
