package dev.drover.app;

import dev.drover.admission.Admission;
import dev.drover.admission.AdmissionContext;
import dev.drover.admission.AdmissionSettings;
import dev.drover.admission.PodAdmission;
import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.config.Settings;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.observe.Ledger;
import dev.drover.observe.Observer;
import dev.drover.reconcile.ActiveConstraints;
import dev.drover.status.Events;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts admission together. */
@Singleton
final class AdmissionBeans {

    /** What admission reads the cluster with. */
    @Singleton
    record Eyes(Observer observer, Ledger ledger, KubeVirtApi api, ActiveConstraints constraints, Lease lease) {}

    /** What admission tells with. */
    @Singleton
    record Voice(Events events, MeterRegistry meters, InstantSource clock) {}

    /** The most that a policy may ask for: what the operator was started for and has the rights to. */
    @Produces
    @Singleton
    AdmissionMode most(@ConfigProperty(name = "drover.admission", defaultValue = "gate") String most) {
        return AdmissionMode.valueOf(most.toUpperCase(Locale.ROOT));
    }

    @Produces
    @Singleton
    Admission admission(KubernetesClient client, Settings settings, Eyes eyes, Voice voice, AdmissionMode most) {
        AdmissionSettings usual = AdmissionSettings.DEFAULT;
        return Admission.on(
                client,
                new AdmissionContext(
                        eyes.observer(),
                        eyes.ledger(),
                        eyes.api(),
                        voice.events(),
                        voice.meters(),
                        voice.clock(),
                        eyes.lease()::leading,
                        new AdmissionSettings(
                                        most,
                                        settings.gateDeadline(),
                                        usual.batchQuiet(),
                                        usual.batchLimit(),
                                        usual.reservation(),
                                        usual.patience())
                                .gathering(settings.gateBatch()),
                        eyes.constraints()::of));
    }

    @Produces
    @Singleton
    PodAdmission podAdmission(Admission admission) {
        return admission.pods();
    }
}
