package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.bench.Measured;
import dev.drover.constraint.Rule;
import dev.drover.constraint.Selection;
import dev.drover.model.Selector;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long one call of the webhook takes in the process: 100 nodes, 500 virtual machines that run, 50 that start, eight rules; rules are
 * compiled already, as they are in operation.
 */
@Tag("bench")
class AdmissionBenchTest {
    private static final int NODES = 100;
    private static final int RUNNING = 500;
    private static final int STARTING = 50;
    private static final int WARM_UP = 3_000;
    private static final int CALLS = 5_000;
    private static final double MOST_MILLIS = 5;

    /** Each call is for another virtual machine than the one before; dry runs, so that each has to choose anew. */
    @ParameterizedTest
    @EnumSource(names = {"ADVISE", "GATE"})
    void one_call_of_the_webhook(AdmissionMode mode) {
        try (KubernetesClient client = Desk.unreachable()) {
            Desk desk = new Desk(world().policy("default", mode, ""), client, AdmissionSettings.DEFAULT);
            List<byte[]> reviews = IntStream.range(0, STARTING)
                    .mapToObj(AdmissionBenchTest::dryRun)
                    .toList();
            Measured measured = Measured.of(
                    "admission " + mode, WARM_UP, CALLS, call -> answer(desk, reviews.get(call % STARTING)));
            assertThat(measured.medianMillis()).isLessThan(MOST_MILLIS);
        }
    }

    private static void answer(Desk desk, byte[] review) {
        try {
            assertThat(desk.answer(review)).isNotEmpty();
        } catch (MalformedReview broken) {
            throw new AssertionError(broken);
        }
    }

    private static byte[] dryRun(int index) {
        ObjectNode review = World.review("starting-" + index, app(index));
        ((ObjectNode) review.get("request")).put("dryRun", true);
        return Json.bytes(review);
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
