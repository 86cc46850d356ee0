package dev.drover.reconcile;

import dev.drover.api.v1alpha1.MigrationAuthor;
import dev.drover.api.v1alpha1.MigrationOutcome;
import dev.drover.api.v1alpha1.PreviousNode;
import dev.drover.api.v1alpha1.QuarantinedNode;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import dev.drover.plan.History;
import dev.drover.status.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A virtual machine's history as the value that is decided on, and as its VirtualMachinePlacement keeps it. */
final class HistoryRecords {

    /** The most failures that the schema counts. */
    static final int MOST_FAILURES = 1000;

    private HistoryRecords() {}

    static History toHistory(@Nullable VirtualMachinePlacementStatus status) {
        if (status == null) {
            return History.EMPTY;
        }
        List<History.Entry> entries = new ArrayList<>(
                status.previousNodes().stream().map(HistoryRecords::entry).toList());
        return new History(
                entries.reversed(),
                status.quarantinedNodes().stream()
                        .map(pair -> new History.Quarantine(pair.node(), pair.until(), pair.failures()))
                        .toList(),
                Objects.requireNonNullElse(status.consecutiveFailures(), 0),
                Objects.requireNonNullElse(status.cooldownUntil(), Instant.EPOCH));
    }

    private static History.Entry entry(PreviousNode node) {
        return new History.Entry(
                node.migration(),
                node.node(),
                Objects.requireNonNullElse(node.target(), ""),
                node.time(),
                Duration.ofSeconds(Objects.requireNonNullElse(node.durationSeconds(), 0)),
                History.End.valueOf(node.outcome().name()),
                History.Author.valueOf(node.author().name()),
                node.reason() == null ? null : PlanRecords.toPurpose(node.reason()),
                Objects.requireNonNullElse(node.message(), ""));
    }

    /** A status that says nothing but the history; what the schema does not take is cut. */
    static VirtualMachinePlacementStatus toStatus(History history) {
        return new VirtualMachinePlacementStatus(
                List.of(),
                null,
                toPreviousNodes(history),
                null,
                null,
                null,
                List.of(),
                history.cooldownUntil(),
                Math.min(history.failures(), MOST_FAILURES),
                toQuarantinedNodes(history),
                null);
    }

    /** Newest first, as the custom resource lists them. */
    private static List<PreviousNode> toPreviousNodes(History history) {
        return history.entries().reversed().stream()
                .map(entry -> new PreviousNode(
                        entry.migration(),
                        entry.from(),
                        entry.to().isEmpty() ? null : entry.to(),
                        entry.ended(),
                        (int) Math.clamp(entry.took().toSeconds(), 0, 604_800),
                        MigrationOutcome.valueOf(entry.end().name()),
                        MigrationAuthor.valueOf(entry.author().name()),
                        entry.purpose() == null ? null : PlanRecords.toReason(entry.purpose()),
                        entry.message().isEmpty() ? null : Message.fitting(entry.message())))
                .toList();
    }

    private static List<QuarantinedNode> toQuarantinedNodes(History history) {
        return history.quarantines().stream()
                .map(pair -> new QuarantinedNode(pair.node(), pair.until(), Math.min(pair.failures(), MOST_FAILURES)))
                .toList();
    }
}
