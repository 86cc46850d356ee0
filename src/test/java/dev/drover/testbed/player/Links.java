package dev.drover.testbed.player;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The network links of the nodes and the migrations on them. Each node shares its link evenly among the migrations that leave it or come to it; a
 * migration is as fast as the smaller one of its two shares.
 */
final class Links {

    private final ToDoubleFunction<String> bandwidth;
    private final Predicate<String> alive;
    private final List<Transfer> transfers = new ArrayList<>();
    private double advancedTo;

    /**
     * @param bandwidth bytes per played second of a node's link
     * @param alive whether a node is powered; nothing moves from or to one that is not
     */
    Links(ToDoubleFunction<String> bandwidth, Predicate<String> alive) {
        this.bandwidth = bandwidth;
        this.alive = alive;
    }

    /** Moves the memory of all transfers on, at the speeds that held until now. Call it before anything changes a speed. */
    void advance(double now) {
        var seconds = now - advancedTo;
        advancedTo = now;
        if (seconds <= 0) {
            return;
        }
        var speeds = transfers.stream().mapToDouble(this::speed).toArray();
        for (var i = 0; i < speeds.length; i++) {
            transfers.get(i).advance(now, seconds, speeds[i]);
        }
    }

    void add(Transfer transfer) {
        transfers.add(transfer);
    }

    void remove(Transfer transfer) {
        transfers.remove(transfer);
    }

    /** Bytes per played second that a transfer has now. */
    double speed(Transfer transfer) {
        if (!moves(transfer)) {
            return 0;
        }
        var shares = Math.min(share(transfer.migration.sourceNode()), share(transfer.migration.targetNode()));
        var capped = transfer.bandwidthCap > 0 ? Math.min(shares, transfer.bandwidthCap) : shares;
        return capped / transfer.slowness;
    }

    /** Played seconds until something happens; infinite when nothing is on its way. */
    double secondsToGo() {
        return transfers.stream()
                .mapToDouble(transfer -> transfer.secondsToGo(advancedTo, speed(transfer)))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double share(String node) {
        var users = transfers.stream()
                .filter(transfer -> moves(transfer)
                        && (transfer.migration.sourceNode().equals(node)
                                || transfer.migration.targetNode().equals(node)))
                .count();
        return bandwidth.applyAsDouble(node) / users;
    }

    private boolean moves(Transfer transfer) {
        return !transfer.held
                && alive.test(transfer.migration.sourceNode())
                && alive.test(transfer.migration.targetNode());
    }
}
