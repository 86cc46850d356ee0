package dev.drover.observe;

import dev.drover.kubevirt.KubeVirt;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.KubeVirtState;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what KubeVirt's installation lets Drover do. {@link #step} is for one thread, {@link #state} for all. */
final class KubeVirtProbe {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE_WHEN_IN_DOUBT = Duration.ofSeconds(10);
    private static final String NOT_DEPLOYED =
            "KubeVirt is in phase (%s). Until it is Deployed, only broken constraints are repaired.";
    private static final String OUTDATED =
            "%d virtual machines run in launchers of an older KubeVirt. Until they are updated, only broken constraints are repaired.";
    private static final String TOO_OLD =
            "KubeVirt (%s) cannot be told the target of a migration. Plans are recommended only; use KubeVirt 1.6 or later.";
    private static final String ABSENT =
            "KubeVirt is not installed: %s. Drover waits for it; install KubeVirt, or see whether Drover may read it.";

    private final KubeVirtApi api;
    private final Presence presence;
    private final Watched<KubeVirt> cache;
    private volatile boolean choosesTarget;
    private volatile String doubt = "";
    private Instant askedAt = Instant.EPOCH;
    private @Nullable String askedFor;

    KubeVirtProbe(KubeVirtApi api, Presence presence, Watched<KubeVirt> cache) {
        this.api = api;
        this.presence = presence;
        this.cache = cache;
    }

    void step(Instant now) {
        List<KubeVirt> installed = cache.all();
        if (presence.absent() || installed.isEmpty()) {
            askedFor = null;
            return;
        }
        String version = version(installed.getFirst());
        Duration pause = doubt.isEmpty() ? PAUSE : PAUSE_WHEN_IN_DOUBT;
        if (version.equals(askedFor) && now.isBefore(askedAt.plus(pause))) {
            return;
        }
        askedAt = now;
        askedFor = version;
        try {
            choosesTarget = api.choosesTarget();
            doubt = choosesTarget ? "" : TOO_OLD.formatted(version);
        } catch (KubernetesClientException failed) {
            if (failed.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                choosesTarget = false;
            }
            doubt = "It is not known whether migrations can name their target (" + failed.getMessage()
                    + "). Let Drover read the CustomResourceDefinition virtualmachineinstancemigrations.kubevirt.io.";
        }
    }

    KubeVirtState state() {
        if (!presence.missing().isEmpty()) {
            return KubeVirtState.absent(ABSENT.formatted("its kinds are not served"));
        }
        List<KubeVirt> installed = cache.all();
        if (installed.isEmpty()) {
            return KubeVirtState.absent(ABSENT.formatted("there is no KubeVirt object"));
        }
        return read(installed.getFirst());
    }

    private KubeVirtState read(KubeVirt kubeVirt) {
        KubeVirt.Migrations limits = kubeVirt.getSpec().configuration().migrations();
        String phase = kubeVirt.getStatus().phase();
        Integer outdated = kubeVirt.getStatus().outdatedVirtualMachineInstanceWorkloads();
        boolean deployed = "Deployed".equals(phase);
        boolean behind = outdated != null && outdated > 0;
        String message = doubt;
        if (message.isEmpty() && !deployed) {
            message = NOT_DEPLOYED.formatted(phase == null ? "" : phase);
        } else if (message.isEmpty() && behind) {
            message = OUTDATED.formatted(outdated);
        }
        return new KubeVirtState(
                true,
                version(kubeVirt),
                !deployed || behind,
                choosesTarget,
                positive(limits.parallelMigrationsPerCluster(), KubeVirtState.DEFAULT_MAX_MIGRATIONS),
                positive(limits.parallelOutboundMigrationsPerNode(), KubeVirtState.DEFAULT_MAX_OUTBOUND_PER_NODE),
                kubeVirt.getSpec().configuration().developerConfiguration().nodeSelectors(),
                message);
    }

    private static int positive(@Nullable Integer written, int preset) {
        return written == null || written < 1 ? preset : written;
    }

    private static String version(KubeVirt kubeVirt) {
        String version = kubeVirt.getStatus().observedKubeVirtVersion();
        return version == null ? "" : version;
    }
}
