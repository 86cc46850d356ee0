package dev.drover.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Selector;
import dev.drover.placement.StartPlacement;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How long one call of the webhook takes in the process: 100 nodes, 500 virtual machines that run, 50 that start, eight rules; rules are
 * compiled already, as they are in operation. Prints one line a mode: median, 99th percentile and maximum in milliseconds, by the clock
 * and by the processor time of the thread, which a busy machine does not falsify.
 */
public final class AdmissionBench {
    private static final int NODES = 100;
    private static final int RUNNING = 500;
    private static final int STARTING = 50;
    private static final int WARM_UP = 3_000;
    private static final int CALLS = 5_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private AdmissionBench() {}

    public static void main(String... arguments) throws MalformedReview {
        try (KubernetesClient client = Desk.unreachable()) {
            for (AdmissionMode mode : List.of(AdmissionMode.ADVISE, AdmissionMode.GATE)) {
                measure(mode, client);
            }
        }
    }

    /** Each call is for another virtual machine than the one before; dry runs, so that each has to choose anew. */
    private static void measure(AdmissionMode mode, KubernetesClient client) throws MalformedReview {
        Desk desk = new Desk(world().policy("default", mode, ""), client, AdmissionSettings.DEFAULT);
        desk.chooser = StartPlacement::place;
        List<byte[]> reviews =
                IntStream.range(0, STARTING).mapToObj(AdmissionBench::dryRun).toList();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] wall = new long[CALLS];
        long[] processor = new long[CALLS];
        for (int call = -WARM_UP; call < CALLS; call++) {
            byte[] review = reviews.get(Math.floorMod(call, STARTING));
            long cpu = threads.getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            desk.answer(review);
            if (call >= 0) {
                wall[call] = System.nanoTime() - begin;
                processor[call] = threads.getCurrentThreadCpuTime() - cpu;
            }
        }
        print(mode, "clock", wall);
        print(mode, "processor", processor);
    }

    private static byte[] dryRun(int index) {
        ObjectNode review = World.review("starting-" + index, app(index));
        ((ObjectNode) review.get("request")).put("dryRun", true);
        return Json.bytes(review);
    }

    private static void print(AdmissionMode mode, String by, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%-7s %-10s median %.2f ms  p99 %.2f ms  max %.2f ms  (%d calls, %d nodes, %d virtual machines)%n",
                mode,
                by,
                nanos[CALLS / 2] / NANOS_PER_MILLI,
                nanos[CALLS * 99 / 100] / NANOS_PER_MILLI,
                nanos[CALLS - 1] / NANOS_PER_MILLI,
                CALLS,
                NODES,
                RUNNING + STARTING);
    }

    private static String app(int index) {
        return "app-" + index % 8;
    }

    private static World world() {
        World world = new World().nodes(NODES);
        for (int i = 0; i < RUNNING; i++) {
            world.vm("running-" + i, i < STARTING ? app(i) : "other", "node-" + i % NODES);
        }
        for (int i = 0; i < STARTING; i++) {
            world.vm("starting-" + i, app(i), null);
        }
        Selector zoneA = Selector.of(Map.of("zone", "a"));
        return world.rule("r0", "app-0", new Rule.Spread("kubernetes.io/hostname", OptionalInt.empty()))
                .rule("r1", "app-1", new Rule.Spread("zone", OptionalInt.of(1)))
                .rule("r2", "app-2", new Rule.AllowedNodes(zoneA))
                .rule("r3", "app-3", new Rule.ForbiddenNodes(zoneA))
                .rule("r4", "app-4", new Rule.Colocate("kubernetes.io/hostname"))
                .rule(
                        "r5",
                        "app-5",
                        new Rule.SeparateFrom(Selection.inNamespace("shop", Selector.of(Map.of("app", "app-6")))))
                .rule("r6", "app-6", new Rule.SameDomain("zone"))
                .rule("r7", "app-7", new Rule.Capacity(zoneA, null, 300, null));
    }
}
