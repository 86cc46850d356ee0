package dev.drover.admission;

import dev.drover.config.Settings;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.observe.InformerObserver;
import dev.drover.observe.Ledger;
import dev.drover.observe.Snapshot;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** One replica of admission in this process: a real observer, the webhook over HTTPS, and the gate. */
final class Replica implements AutoCloseable {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** Reasons and notes of the events that were published. */
    final List<String> events = new CopyOnWriteArrayList<>();

    volatile boolean leading;
    private final KubernetesClient client;
    private final InformerObserver observer;
    private final Admission admission;
    private final WebhookServer server;

    /** @param nominates false for a scheduler that does not know nominated nodes */
    Replica(KubernetesClient client, boolean leading, Duration gateDeadline, boolean nominates) {
        this.client = client;
        this.leading = leading;
        InstantSource clock = InstantSource.system();
        Ledger ledger = new Ledger(clock);
        observer = new InformerObserver(client, ledger, Settings.DEFAULT, clock);
        AdmissionSettings usual = AdmissionSettings.DEFAULT;
        AdmissionContext context = new AdmissionContext(
                observer,
                ledger,
                new KubeVirtApi(client),
                (subject, reason, action, note) -> events.add(reason.value() + " " + note),
                meters,
                clock,
                () -> this.leading,
                new AdmissionSettings(
                        usual.most(),
                        gateDeadline,
                        usual.batchQuiet(),
                        usual.batchLimit(),
                        usual.reservation(),
                        usual.patience()),
                Snapshot::constraints);
        admission = new Admission(context, () -> nominates);
        server = new WebhookServer(admission.pods()::admit);
    }

    /** Starts, and waits until the webhook has a snapshot to decide on. */
    Replica start() {
        observer.start();
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(observer::ready);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> observer.freshness()
                .fresh());
        admission.start();
        return this;
    }

    void register() {
        new WebhookRegistration(client)
                .apply(new WebhookRegistration.Target.Url(server.url()), server.authority(), "drover-system");
    }

    /** Answers one review as this replica does, for a server that shares them out. */
    byte[] admit(byte[] review) throws MalformedReview {
        return admission.pods().admit(review);
    }

    /** The pods and instances that the replica has seen. */
    Snapshot snapshot() {
        return observer.snapshot();
    }

    double decisions(String mode, String outcome) {
        return meters.counter("drover.admission.decisions", "mode", mode, "outcome", outcome)
                .count();
    }

    double bound(String mode, String node) {
        return meters.counter("drover.admission.bound", "mode", mode, "node", node)
                .count();
    }

    double lifted(String reason) {
        return meters.counter("drover.gate.lifted", "reason", reason).count();
    }

    /** Stops serving, as a process that died does. */
    @Override
    public void close() {
        server.close();
        admission.close();
        observer.close();
    }
}
