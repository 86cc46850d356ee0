package dev.drover.testbed.player;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was used when the nodes were last measured. */
record Usage(Instant at, List<OfNode> nodes, List<OfPod> pods, List<OfGuest> guests) {

    static Usage none(Instant at) {
        return new Usage(at, List.of(), List.of(), List.of());
    }

    /** Cores and bytes in use. */
    record Amount(double cpu, double memory) {
        Amount plus(Amount other) {
            return new Amount(cpu + other.cpu, memory + other.memory);
        }
    }

    record OfNode(NodeView node, Amount amount) {}

    /** A launcher pod of a VM. */
    record OfPod(PodView pod, VmId vm, Amount amount) {}

    /**
     * A guest on the node it runs on.
     *
     * @param cores of the guest
     * @param size of the guest, bytes
     * @param touched bytes that the guest uses
     * @param resident bytes of the process that runs the guest
     */
    record OfGuest(
            VmId id,
            String node,
            Map<String, String> labels,
            int cores,
            double size,
            double touched,
            double resident,
            double dirtyRate,
            Counters counters,
            Optional<Copy> copy) {}

    /** Sums since the guest was first seen: seconds on a CPU, seconds waiting for one, bytes received and bytes sent. */
    record Counters(double cpuSeconds, double delaySeconds, double received, double sent) {
        static final Counters ZERO = new Counters(0, 0, 0, 0);
        private static final double RECEIVED_PER_CPU_SECOND = 1 << 20;
        private static final double SENT_PER_CPU_SECOND = 2 << 20;

        /** Some real seconds later. A guest is taken to receive 1 MiB and to send 2 MiB for each second of CPU time. */
        Counters later(double seconds, double cpu, double waitingCpu) {
            var busy = cpu * seconds;
            return new Counters(
                    cpuSeconds + busy,
                    delaySeconds + waitingCpu * seconds,
                    received + busy * RECEIVED_PER_CPU_SECOND,
                    sent + busy * SENT_PER_CPU_SECOND);
        }
    }

    /** A live migration on its way: bytes, and bytes per second. */
    record Copy(double total, double remaining, double copied, double dirtyRate, double speed) {}
}
