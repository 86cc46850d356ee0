package dev.drover.oracle;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A model for Google's solver CP-SAT of OR-Tools, which proves what is best, with the functions that the oracles need. One thread and
 * a fixed seed, so that each run gives the same. Not safe for threads.
 */
final class CpSat {
    /** Above any amount that the oracles limit or round, and so small that sums of products of them stay in range. */
    private static final long MUCH = 1L << 24;

    private static final int SECONDS = 60;

    static {
        Loader.loadNativeLibraries();
    }

    private final CpModel model = new CpModel();

    /** What was found: the values of variables. */
    interface Solution {
        long valueOf(LinearArgument expression);
    }

    BoolVar choice() {
        return model.newBoolVar("");
    }

    static LinearExprBuilder sum(Collection<? extends LinearArgument> terms) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        terms.forEach(sum::add);
        return sum;
    }

    Literal always() {
        return model.trueLiteral();
    }

    void exactlyOne(Collection<? extends Literal> choices) {
        model.addExactlyOne(choices.toArray(Literal[]::new));
    }

    void atMostOne(Literal one, Literal other) {
        model.addAtMostOne(new Literal[] {one, other});
    }

    void none(Collection<? extends Literal> choices) {
        choices.forEach(choice -> model.addBoolAnd(new Literal[] {choice.not()}));
    }

    void atLeast(LinearArgument left, long right) {
        model.addGreaterOrEqual(left, right);
    }

    /** Where all of {@code when} are true. */
    void atMost(LinearArgument left, long right, Literal... when) {
        model.addLessOrEqual(left, right).onlyEnforceIf(when);
    }

    /** At least the term where {@code choice} is true, at least 0 elsewhere. */
    IntVar when(Literal choice, LinearArgument term) {
        IntVar value = model.newIntVar(0, MUCH, "");
        model.addGreaterOrEqual(value, term).onlyEnforceIf(choice);
        return value;
    }

    /** Whether any of them is true. */
    Literal any(Collection<? extends Literal> choices) {
        if (choices.isEmpty()) {
            return model.falseLiteral();
        }
        BoolVar any = choice();
        model.addMaxEquality(any, choices.toArray(LinearArgument[]::new));
        return any;
    }

    void implies(Literal one, Literal other) {
        model.addImplication(one, other);
    }

    /** True at least where {@code choice} is and {@code free} is not. */
    Literal unless(Literal free, Literal choice) {
        BoolVar bound = choice();
        model.addBoolOr(new Literal[] {free, choice.not(), bound});
        return bound;
    }

    IntVar most(Collection<? extends LinearArgument> terms) {
        IntVar most = model.newIntVar(-MUCH, MUCH, "");
        model.addMaxEquality(most, terms.toArray(LinearArgument[]::new));
        return most;
    }

    IntVar least(Collection<? extends LinearArgument> terms) {
        IntVar least = model.newIntVar(-MUCH, MUCH, "");
        model.addMinEquality(least, terms.toArray(LinearArgument[]::new));
        return least;
    }

    /** What of it is above 0. */
    IntVar above0(LinearArgument term) {
        return most(List.of(term, LinearExpr.constant(0)));
    }

    static LinearExpr difference(LinearArgument left, LinearArgument right, long less) {
        return LinearExpr.newBuilder().add(left).addTerm(right, -1).add(-less).build();
    }

    /** Towards zero. */
    IntVar quotient(LinearArgument term, long by) {
        IntVar quotient = model.newIntVar(-MUCH, MUCH, "");
        model.addDivisionEquality(quotient, term, LinearExpr.constant(by));
        return quotient;
    }

    /** Empty where it is proven that there is none. */
    Optional<Solution> solve() {
        CpSolver solver = new CpSolver();
        solver.getParameters().setNumWorkers(1).setRandomSeed(1).setMaxTimeInSeconds(SECONDS);
        CpSolverStatus status = solver.solve(model);
        if (status == CpSolverStatus.INFEASIBLE) {
            return Optional.empty();
        }
        if (status != CpSolverStatus.OPTIMAL) {
            throw new IllegalStateException(
                    "The oracle proved nothing (" + status + ", " + model.validate() + "). Make the case smaller.");
        }
        return Optional.of(solver::value);
    }

    /**
     * The solution with the least of the first, and of those with the least of the second.
     *
     * @throws IllegalStateException when there is no solution
     */
    Solution least(LinearArgument first, LinearArgument second) {
        long least = least(first).valueOf(first);
        atMost(first, least);
        return least(second);
    }

    Solution least(LinearArgument cost) {
        model.minimize(cost);
        return solve().orElseThrow(() -> new IllegalStateException("Nothing satisfies the model. Make it weaker."));
    }
}
