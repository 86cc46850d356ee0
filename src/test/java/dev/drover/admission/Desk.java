package dev.drover.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.constraint.Constraint;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.observe.Ledger;
import dev.drover.observe.Snapshot;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/** The webhook's core over a {@link World}, with everything around it in the test's hands. */
final class Desk {
    final World world;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Ledger ledger = new Ledger(() -> Desk.this.now);
    Instant now = World.NOW;
    boolean leading = true;

    /** Reason and note of each event. */
    final List<String> told = new ArrayList<>();

    /** What of the snapshot is in force. */
    Function<Snapshot, List<Constraint>> inForce = Snapshot::constraints;

    private final AdmissionContext context;
    private final AdmissionMetrics metrics;
    private final PodAdmission admission;
    private final HitRate hitRate;
    private final GateReport report;

    /** One policy over all nodes that advises the scheduler. */
    static Desk advising(World world) {
        return new Desk(world.policy("default", AdmissionMode.ADVISE, ""));
    }

    /** One policy over all nodes that holds pods until they are placed. */
    static Desk gating(World world) {
        return new Desk(world.policy("default", AdmissionMode.GATE, ""));
    }

    Desk(World world) {
        this(world, unreachable(), AdmissionSettings.DEFAULT);
    }

    Desk(World world, KubernetesClient client, AdmissionSettings settings) {
        this.world = world;
        context = new AdmissionContext(
                world,
                ledger,
                new KubeVirtApi(client),
                (subject, reason, action, note) -> told.add(reason.value() + ": " + note),
                meters,
                () -> now,
                () -> leading,
                settings,
                snapshot -> inForce.apply(snapshot));
        metrics = new AdmissionMetrics(meters);
        hitRate = new HitRate(metrics);
        report = new GateReport(context, metrics, hitRate);
        admission = new PodAdmission(context, new Situations(context), new StartPlacer(context), hitRate, metrics);
    }

    /** A client that the test never lets call. */
    static KubernetesClient unreachable() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("https://127.0.0.1:1")
                        .build())
                .build();
    }

    OverdueGates overdueGates() {
        return new OverdueGates(context, report);
    }

    PlacementGate gate() {
        Nomination nomination = new Nomination(context.api(), () -> true);
        GateOpener opener = new GateOpener(context.api(), nomination, report, new Writes(ForkJoinPool.commonPool()));
        return new PlacementGate(context, new Situations(context), new StartPlacer(context), opener, report);
    }

    GateReport report() {
        return report;
    }

    /** The operations of the answer; none when there is no patch. */
    ArrayNode patch(JsonNode review) {
        try {
            JsonNode answer = new ObjectMapper().readTree(admission.admit(Json.bytes(review)));
            if (!answer.at("/response/allowed").asBoolean()
                    || !answer.at("/response/uid").equals(review.at("/request/uid"))) {
                throw new AssertionError("not admitted: " + answer);
            }
            JsonNode patch = answer.at("/response/patch");
            return patch.isMissingNode()
                    ? new ObjectMapper().createArrayNode()
                    : (ArrayNode) new ObjectMapper().readTree(patch.binaryValue());
        } catch (IOException | MalformedReview broken) {
            throw new AssertionError(broken);
        }
    }

    /** The pod as it is created in the end. */
    JsonNode admitted(JsonNode review) {
        return Json.patched(review.at("/request/object"), patch(review));
    }

    byte[] answer(byte[] review) throws MalformedReview {
        return admission.admit(review);
    }

    void settle() {
        hitRate.settle(world.cluster(), now);
    }

    double decisions(String mode, String outcome) {
        return meters.counter("drover.admission.decisions", "mode", mode, "outcome", outcome)
                .count();
    }

    double bound(String node) {
        return meters.counter("drover.admission.bound", "mode", "advise", "node", node)
                .count();
    }
}
