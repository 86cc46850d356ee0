package dev.drover.reconcile;

import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Constraint;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.Anticipation;
import dev.drover.placement.Effort;
import dev.drover.placement.Engine;
import dev.drover.placement.Goal;
import dev.drover.placement.Instance;
import dev.drover.placement.MakeRoom;
import dev.drover.placement.Outcome;
import dev.drover.placement.Relocation;
import dev.drover.placement.Score;
import dev.drover.placement.StartDecision;
import dev.drover.placement.StartPlacement;
import dev.drover.plan.Budget;
import dev.drover.plan.MigrationPricing;
import dev.drover.plan.Move;
import dev.drover.plan.Plan;
import dev.drover.plan.PlanChecker;
import dev.drover.plan.Planner;
import dev.drover.plan.Pools.Pool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides what should be moved for one policy: broken constraints first, then room for those that find no node, then hot nodes, those that
 * are forecast to be hot, and balance; what a person has to approve only when nothing else is left. A pure function of the view.
 */
final class Proposer {
    private final Engine engine;
    private final Scores scores;
    private final Anticipation anticipation;
    private final Planner planner;
    private final Effort effort;
    private final Histories histories;

    Proposer(Engine engine, Planner planner, Effort effort, Histories histories) {
        this.engine = engine;
        scores = new Scores(engine);
        anticipation = new Anticipation(engine);
        this.planner = planner;
        this.effort = effort;
        this.histories = histories;
    }

    /**
     * @param standings by index of the virtual machine
     * @param balance whether balancing is possible at all now: there is a demand to balance on
     */
    Proposal propose(View view, Pool pool, List<Standing> standings, boolean balance) {
        CompiledRules rules = withoutQuarantined(view);
        Goal goal = pool.policy().goal();
        Proposal repair = repair(view, pool, standings, rules, view.active());
        Proposal best = repair;
        if (best.isEmpty()) {
            Proposal room = makeRoom(view, pool, standings, rules);
            best = room.isEmpty() ? best : room.besides(repair.deadlock());
        }
        if (best.isEmpty() && balance && goal.aggressiveness() > 1) {
            BitSet movable = movable(view, pool, standings, s -> s.mayBalance() && !s.byApproval());
            Instance instance = new Instance(view.cluster(), rules, movable, pool.nodes(), goal, effort);
            best = balanced(view, pool, instance).besides(repair.deadlock());
        }
        if (best.isEmpty() && standings.stream().anyMatch(Standing::byApproval)) {
            BitSet movable = movable(view, pool, standings, balance ? Standing::mayBalance : Standing::mayRepair);
            Outcome outcome = solve(view, pool, rules, balance ? goal : goal.repairing(), movable);
            Proposal byPerson = proposal(view, pool, outcome);
            return byPerson.isEmpty() ? best : byPerson.forPerson();
        }
        return best;
    }

    /** A node that is hot goes first, then one that is forecast to be; nodes are not evened out at the cost of the forecast. */
    private Proposal balanced(View view, Pool pool, Instance instance) {
        Outcome outcome = engine.solve(instance);
        Proposal balance = proposal(view, pool, outcome);
        Foresight foresight = Foresight.of(view, pool).orElse(null);
        Map<VmId, String> ends = Anticipation.ends(outcome.moves());
        if (foresight == null || Anticipation.betters(view.cluster(), ends, instance)) {
            return balance;
        }
        Proposal early = proposal(view, pool, foresight.moves(anticipation, instance), balance.before());
        if (!early.isEmpty() && foresight.gains(ends(early.plan()), instance)) {
            return early;
        }
        return foresight.permits(ends(balance.plan()), instance)
                ? balance
                : proposal(view, pool, List.of(), balance.before());
    }

    /** Of a stop-over the place that follows it. */
    private static Map<VmId, String> ends(Plan plan) {
        return plan.moves().stream().collect(Collectors.toMap(Move::vm, Move::to, (_, last) -> last));
    }

    /** One move that a person ordered; without moves when it cannot be made by itself. */
    Proposal single(View view, Pool pool, Relocation relocation, Score before) {
        return proposal(view, pool, List.of(relocation), before);
    }

    /** What mends broken constraints without asking a person; why not all can hold is not asked. */
    Proposal repair(View view, Pool pool, List<Standing> standings) {
        return repair(view, pool, standings, withoutQuarantined(view), List.of());
    }

    /** @param proven of which constraints it is to be proven that they cannot hold, if they cannot */
    private Proposal repair(
            View view, Pool pool, List<Standing> standings, CompiledRules rules, List<Constraint> proven) {
        Goal goal = pool.policy().goal().repairing();
        BitSet movable = mayRepair(view, pool, standings);
        return proposal(
                view,
                pool,
                engine.solve(new Instance(view.cluster(), rules, proven, movable, pool.nodes(), goal, effort)));
    }

    private static BitSet mayRepair(View view, Pool pool, List<Standing> standings) {
        return movable(view, pool, standings, standing -> standing.mayRepair() && !standing.byApproval());
    }

    /** What lets a virtual machine in that finds no node, without asking a person. */
    private Proposal makeRoom(View view, Pool pool, List<Standing> standings, CompiledRules rules) {
        List<Vm> vms = view.cluster().vms();
        List<Integer> guests = IntStream.range(0, vms.size())
                .filter(vm -> !vms.get(vm).running() && vms.get(vm).target() == null)
                .boxed()
                .toList();
        Instance instance = new Instance(
                view.cluster(),
                rules,
                mayRepair(view, pool, standings),
                pool.nodes(),
                pool.policy().goal(),
                effort);
        List<Relocation> moves = guests.isEmpty() || findNodes(view, guests, pool)
                ? List.of()
                : MakeRoom.find(instance, guests, MigrationPricing::seconds);
        return proposal(view, pool, moves, scores.of(view, pool));
    }

    /** On whatever nodes, of other policies too. */
    private static boolean findNodes(View view, List<Integer> guests, Pool pool) {
        BitSet every = new BitSet();
        every.set(0, view.cluster().nodes().size());
        return StartPlacement.place(
                        view.cluster(),
                        view.rules(),
                        guests,
                        every,
                        pool.policy().goal())
                .stream()
                .allMatch(StartDecision.Placed.class::isInstance);
    }

    private Outcome solve(View view, Pool pool, CompiledRules rules, Goal goal, BitSet movable) {
        return engine.solve(new Instance(view.cluster(), rules, movable, pool.nodes(), goal, effort));
    }

    private Proposal proposal(View view, Pool pool, Outcome outcome) {
        Proposal proposal = proposal(view, pool, outcome.moves(), outcome.before());
        return switch (outcome) {
            case Outcome.AlreadyGood good -> proposal;
            case Outcome.Improved improved -> proposal;
            case Outcome.Infeasible infeasible -> proposal.besides(infeasible.conflict());
            case Outcome.TimedOut timedOut -> proposal.cutShort();
        };
    }

    private Proposal proposal(View view, Pool pool, List<Relocation> moves, Score before) {
        Plan plan = moves.isEmpty() ? new Plan(List.of(), List.of(), 0, 0) : checked(view, moves, pool);
        Score after = plan.moves().isEmpty() ? before : scores.after(view, pool, plan.moves());
        return new Proposal(plan, before, after, false, false, null, refusals(plan));
    }

    /** The checker shares no code with the solver and has the last word: a plan with a fault is not proposed. */
    private Plan checked(View view, List<Relocation> moves, Pool pool) {
        Budget budget = pool.policy().budget();
        Plan plan = planner.plan(view.cluster(), view.active(), moves, budget, pool.nodes());
        List<String> faults = PlanChecker.check(view.cluster(), view.active(), plan, budget);
        if (faults.isEmpty()) {
            return plan;
        }
        List<Plan.Refusal> refused = new ArrayList<>();
        for (Move move : plan.moves()) {
            String why = "The checker faults the plan: " + faults.getFirst();
            refused.add(new Plan.Refusal(move.vm(), move.from(), move.to(), why));
        }
        return new Plan(List.of(), refused, 0, 0);
    }

    private static String refusals(Plan plan) {
        return plan.refused().isEmpty() ? "" : plan.refused().getFirst().why();
    }

    private static BitSet movable(View view, Pool pool, List<Standing> standings, Predicate<Standing> wanted) {
        Map<String, Integer> nodes = view.cluster().nodeIndex();
        BitSet result = new BitSet();
        for (int i = 0; i < standings.size(); i++) {
            Vm vm = view.cluster().vms().get(i);
            Integer node = vm.node() == null ? null : nodes.get(vm.node());
            result.set(i, node != null && pool.nodes().get(node) && wanted.test(standings.get(i)));
        }
        return result;
    }

    /** A node to which a virtual machine failed to move is not offered to it for a while (P9). */
    private CompiledRules withoutQuarantined(View view) {
        CompiledRules rules = view.rules();
        List<BitSet> mayEnter = new ArrayList<>(rules.mayEnter());
        Map<String, Integer> nodes = view.cluster().nodeIndex();
        boolean changed = false;
        for (int i = 0; i < mayEnter.size(); i++) {
            for (String name : histories.of(view.cluster().vms().get(i)).quarantinedNodes(view.now())) {
                Integer node = nodes.get(name);
                if (node != null) {
                    BitSet fewer = (BitSet) mayEnter.get(i).clone();
                    fewer.clear(node);
                    mayEnter.set(i, fewer);
                    changed = true;
                }
            }
        }
        return changed ? rules.withMayEnter(mayEnter) : rules;
    }
}
