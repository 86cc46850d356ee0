package dev.drover.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Selector;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How long one call of the webhook takes in the process: 100 nodes, 500 virtual machines that run, 50 that start, eight rules; rules are
 * compiled already, as they are in operation. Prints one line a mode: median, 99th percentile and maximum in milliseconds.
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
        for (AdmissionMode mode : new AdmissionMode[] {AdmissionMode.ADVISE, AdmissionMode.GATE}) {
            long[] nanos = measure(mode);
            System.out.printf(
                    "%-7s median %.2f ms  p99 %.2f ms  max %.2f ms  (%d calls, %d nodes, %d virtual machines)%n",
                    mode,
                    nanos[CALLS / 2] / NANOS_PER_MILLI,
                    nanos[CALLS * 99 / 100] / NANOS_PER_MILLI,
                    nanos[CALLS - 1] / NANOS_PER_MILLI,
                    CALLS,
                    NODES,
                    RUNNING + STARTING);
        }
    }

    /** Sorted. Each call is for another virtual machine than the one before; dry runs, so that each has to choose anew. */
    private static long[] measure(AdmissionMode mode) throws MalformedReview {
        Desk desk = new Desk(world().policy("default", mode, ""));
        desk.chooser = Choosers.ENGINE;
        byte[][] reviews = new byte[STARTING][];
        for (int i = 0; i < STARTING; i++) {
            ObjectNode review = World.review("starting-" + i, app(i));
            ((ObjectNode) review.get("request")).put("dryRun", true);
            reviews[i] = Json.bytes(review);
        }
        long[] nanos = new long[CALLS];
        for (int call = -WARM_UP; call < CALLS; call++) {
            byte[] review = reviews[Math.floorMod(call, STARTING)];
            long begin = System.nanoTime();
            desk.answer(review);
            if (call >= 0) {
                nanos[call] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        return nanos;
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
