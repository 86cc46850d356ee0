package dev.drover.cli.plan;

import dev.drover.constraint.Conflict;
import dev.drover.dump.Dump;
import dev.drover.dump.Freedom;
import dev.drover.dump.PlanFile;
import dev.drover.dump.PlanFile.Broken;
import dev.drover.dump.PlanFile.Contradiction;
import dev.drover.dump.PlanFile.MoveEntry;
import dev.drover.dump.PlanFile.PolicyPlan;
import dev.drover.dump.PlanFile.Ranking;
import dev.drover.dump.PlanFile.Refused;
import dev.drover.dump.PlanFile.Score;
import dev.drover.dump.PlanFile.Start;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.placement.StartDecision;
import dev.drover.reconcile.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rehearsal says, in the words of the file. A pure function of the dump and what was found for it. */
final class Answer {
    private static final double MILLI = 1000;

    private final Dump dump;
    private final Rehearsal rehearsal;
    private final List<Rehearsal.Answer> answers;
    private final List<StartDecision> starts;

    Answer(Dump dump, Rehearsal rehearsal, List<Rehearsal.Answer> answers, List<StartDecision> starts) {
        this.dump = dump;
        this.rehearsal = rehearsal;
        this.answers = answers;
        this.starts = starts;
    }

    /**
     * @param asked whose nodes to rank; null for none
     * @param took how long the search took
     */
    PlanFile file(@Nullable VmId asked, Duration took) {
        return new PlanFile(
                PlanFile.FORMAT,
                took.toMillis() / MILLI,
                answers.stream().map(Answer::policyPlan).toList(),
                rehearsal.violations().stream()
                        .map(violation -> new Broken(
                                violation.constraint().toString(),
                                violation.vm().toString(),
                                violation.node(),
                                violation.message()))
                        .toList(),
                rehearsal.conflicts().stream().map(Answer::contradiction).toList(),
                starts.stream().map(Answer::start).toList(),
                asked == null ? null : ranking(asked),
                warnings(),
                dump.file());
    }

    private static Contradiction contradiction(Conflict conflict) {
        return new Contradiction(
                conflict.constraints().stream().map(String::valueOf).toList(), conflict.message());
    }

    private static PolicyPlan policyPlan(Rehearsal.Answer answer) {
        return new PolicyPlan(
                answer.pool().policy().name(),
                word(answer.pool().policy().mode()),
                answer.pool().nodes().cardinality(),
                Score.of(answer.before()),
                Score.of(answer.after()),
                answer.byPerson(),
                answer.timedOut(),
                answer.deadlock() == null ? null : contradiction(answer.deadlock()),
                answer.plan().makespanSeconds(),
                answer.plan().lowerBoundSeconds(),
                answer.plan().moves().stream().map(MoveEntry::of).toList(),
                answer.plan().refused().stream()
                        .map(refusal ->
                                new Refused(refusal.vm().toString(), refusal.from(), refusal.to(), refusal.why()))
                        .toList());
    }

    private static String word(Enum<?> constant) {
        String name = constant.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static Start start(StartDecision decision) {
        return switch (decision) {
            case StartDecision.Placed placed -> new Start(placed.vm().toString(), placed.node(), null);
            case StartDecision.Unplaceable unplaceable ->
                new Start(unplaceable.vm().toString(), null, unplaceable.why());
        };
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(dump.warnings());
        rehearsal.pools().conflicts().values().forEach(warnings::add);
        warnings.addAll(dump.file().notes());
        return warnings;
    }

    private Ranking ranking(VmId asked) {
        int index = dump.cluster().vmIndex().get(asked);
        Vm vm = dump.cluster().vms().get(index);
        Freedom freedom = dump.freedomOf(asked);
        return new Ranking(
                asked.toString(),
                vm.node(),
                because(vm, freedom),
                new NodeRanking(dump, rehearsal, answers, starts).of(index));
    }

    private static @Nullable String because(Vm vm, Freedom freedom) {
        if (!freedom.because().isEmpty()) {
            return freedom.because();
        }
        return vm.migratability().live()
                ? null
                : "It cannot move live: " + vm.migratability().reason() + ".";
    }
}
