package dev.drover.service;

import dev.drover.api.v1alpha1.ConditionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The instance of a virtual machine as the caches show it.
 *
 * @param created by the server's clock
 * @param over it has ended or is being ended
 * @param ready what KubeVirt says: the readiness probe succeeds; without a probe, it runs
 * @param why it is not ready, in KubeVirt's words; empty when it is, or nothing is said
 * @param runningSince null while it does not run, or that is not told
 * @param readySince null while it is not ready, or that is not told
 */
record SeenInstance(
        Instant created,
        boolean over,
        boolean running,
        ConditionStatus ready,
        String why,
        @Nullable String node,
        @Nullable Instant runningSince,
        @Nullable Instant readySince) {}
