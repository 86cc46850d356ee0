package dev.drover.testbed.player;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How the node side is played.
 *
 * @param client signs as {@code system:serviceaccount:kubevirt:kubevirt-controller}: KubeVirt's webhook reverts what others write to a VMI's status;
 *     not closed by the player
 * @param timeScale how many times as fast as real time the nodes live: start, copy and demand; stamps and counters stay real
 * @param bandwidth of a node's link, bytes per played second, shared by the migrations that leave the node or come to it
 * @param traceFolder where annotations find trace files
 * @param metricsApi the certificate that metrics.k8s.io is served with; without one it is not served
 * @param clock real time
 * @param folder where what the nodes hold lies: their volumes, and the files and logs of what runs in copy pods
 * @param copyProgram the command line of what runs in copy pods; the arguments of the pod's container follow
 */
public record PlayerOptions(
        KubernetesClient client,
        double timeScale,
        double bandwidth,
        Path traceFolder,
        Optional<ServingCertificate> metricsApi,
        InstantSource clock,
        Path folder,
        List<String> copyProgram) {

    /** 10 Gbit/s, in bytes per second. */
    public static final double TEN_GIGABIT = 1.25e9;

    public PlayerOptions {
        copyProgram = List.copyOf(copyProgram);
        if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
            throw new IllegalArgumentException(
                    "The time scale is not usable (%s). Give a finite number above 0.".formatted(timeScale));
        }
        if (!(bandwidth > 0) || Double.isInfinite(bandwidth)) {
            throw new IllegalArgumentException(
                    "The bandwidth is not usable (%s). Give bytes per second above 0.".formatted(bandwidth));
        }
    }

    /** Real time, 10 Gbit/s, no metrics.k8s.io. */
    public static PlayerOptions of(KubernetesClient client, Path folder, List<String> copyProgram) {
        return new PlayerOptions(
                client, 1, TEN_GIGABIT, Path.of("."), Optional.empty(), Clock.systemUTC(), folder, copyProgram);
    }

    public PlayerOptions withTimeScale(double scale) {
        return new PlayerOptions(client, scale, bandwidth, traceFolder, metricsApi, clock, folder, copyProgram);
    }

    public PlayerOptions withBandwidth(double bytesPerSecond) {
        return new PlayerOptions(
                client, timeScale, bytesPerSecond, traceFolder, metricsApi, clock, folder, copyProgram);
    }

    public PlayerOptions withTraceFolder(Path traces) {
        return new PlayerOptions(client, timeScale, bandwidth, traces, metricsApi, clock, folder, copyProgram);
    }

    public PlayerOptions withMetricsApi(ServingCertificate certificate) {
        return new PlayerOptions(
                client, timeScale, bandwidth, traceFolder, Optional.of(certificate), clock, folder, copyProgram);
    }
}
