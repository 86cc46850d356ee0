package dev.drover.cli.plan;

import dev.drover.cli.option.Table;
import dev.drover.dump.Dump;
import dev.drover.dump.PlanFile;
import dev.drover.dump.PlanFile.MoveEntry;
import dev.drover.dump.PlanFile.PolicyPlan;
import dev.drover.dump.PlanFile.Ranking;
import dev.drover.dump.PlanFile.Score;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints a plan for people: the answer first, then what is wrong, then details. */
final class PlanText {
    /** The priority of repairs. */
    private static final int FIRST = 1;

    private final PrintWriter out;

    PlanText(PrintWriter out) {
        this.out = out;
    }

    void print(Dump dump, PlanFile plan) {
        line(
                "%d nodes, %d virtual machines, %d constraints, as of %s; answered in %.1f s",
                dump.cluster().nodes().size(),
                dump.cluster().vms().size(),
                dump.constraints().size(),
                dump.cluster().takenAt(),
                plan.seconds());
        if (plan.policies().isEmpty()) {
            line("");
            line("No policy governs any node, so nothing would be moved. Apply a PlacementPolicy.");
        }
        plan.policies().forEach(this::policy);
        section("Broken now", lines(plan.broken(), broken -> broken.constraint() + ": " + broken.message()));
        section("Cannot hold", lines(plan.cannotHold(), PlanFile.Contradiction::message));
        section("Waiting for a node", lines(plan.starting(), PlanText::start));
        Ranking ranking = plan.ranking();
        if (ranking != null) {
            ranking(ranking);
        }
        section("Beware", Objects.requireNonNullElse(plan.warnings(), List.of()));
    }

    private void policy(PolicyPlan plan) {
        line("");
        line("Policy %s (%s), %d nodes", plan.policy(), plan.mode(), plan.nodes());
        if (plan.moves().isEmpty()) {
            line("  Nothing would be moved. %s", score(Objects.requireNonNull(plan.before())));
        } else {
            line("  Before: %s", score(Objects.requireNonNull(plan.before())));
            line("  After:  %s", score(Objects.requireNonNull(plan.after())));
            new Table("MOVE", "VIRTUAL MACHINE", "FROM", "TO", "AFTER", "GAIN", "SECONDS", "WHY")
                    .with(plan.moves().stream().map(PlanText::row).toList())
                    .print(out, "  ");
            line(
                    "  %d moves in %.0f s; no order of them is faster than %.0f s.%s%s",
                    plan.moves().size(),
                    plan.makespanSeconds(),
                    plan.lowerBoundSeconds(),
                    Boolean.TRUE.equals(plan.byApproval()) ? " A person would have to approve them." : "",
                    "Off".equals(plan.mode()) ? " The mode is Off: the operator would not even propose them." : "");
        }
        if (plan.moves().stream().anyMatch(move -> move.priority() == FIRST)) {
            line("  Repairs go first; what is left to balance comes with a later plan.");
        }
        PlanFile.Contradiction deadlock = plan.deadlock();
        if (deadlock != null) {
            line("  Not all can be mended. %s", deadlock.message());
        }
        if (Boolean.TRUE.equals(plan.timedOut())) {
            line("  The search ran out of time. Give it more with --seconds.");
        }
        for (PlanFile.Refused refused : Objects.requireNonNullElse(plan.refused(), List.<PlanFile.Refused>of())) {
            line(
                    "  Not moved: %s from %s to %s. %s",
                    refused.virtualMachine(), refused.from(), refused.to(), refused.why());
        }
    }

    private static List<String> row(MoveEntry move) {
        return List.of(
                move.id(),
                move.virtualMachine(),
                move.from(),
                move.to(),
                move.after().isEmpty() ? "-" : String.join(",", move.after()),
                String.format(Locale.ROOT, "%.3f", move.gain()),
                String.format(Locale.ROOT, "%.0f", move.seconds()),
                move.reason() + ": " + move.why());
    }

    private static String score(Score score) {
        return String.format(
                Locale.ROOT,
                "score %.0f of 100 (%d broken, contention %.2f, imbalance %.2f)",
                score.value(),
                score.violations(),
                score.contention(),
                score.imbalance());
    }

    private static String start(PlanFile.Start start) {
        return start.virtualMachine()
                + (start.node() == null ? " finds no node: " + start.why() : " would start on " + start.node());
    }

    private void ranking(Ranking ranking) {
        line("");
        line(
                "%s %s%s",
                ranking.virtualMachine(),
                ranking.node() == null ? "has no node yet" : "runs on " + ranking.node(),
                ranking.because() == null ? "" : ". " + ranking.because());
        if (ranking.nodes().isEmpty()) {
            line("  No policy governs its node, so it is not moved.");
            return;
        }
        new Table("NODE", "PRESSURE", "WHY")
                .with(ranking.nodes().stream()
                        .map(node -> List.of(
                                node.node(), String.format(Locale.ROOT, "%.2f", node.pressure()), node.verdict()))
                        .toList())
                .print(out, "  ");
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            line("");
            line("%s:", title);
            lines.forEach(text -> line("  %s", text));
        }
    }

    private static <T> List<String> lines(@Nullable List<T> things, Function<T, String> text) {
        return things == null ? new ArrayList<>() : things.stream().map(text).toList();
    }

    private void line(String text, @Nullable Object... values) {
        out.printf(Locale.ROOT, text + "%n", values);
    }
}
