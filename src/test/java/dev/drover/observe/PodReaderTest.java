package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.SlimPod;
import dev.drover.model.Pod;
import dev.drover.model.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReaderTest {

    private static final String A = "{name: a, resources: {requests: {cpu: 500m, memory: 1Gi}}}";
    private static final String B = "{name: b, resources: {requests: {cpu: 250m}}}";
    private static final String BIG_INIT = "{name: i, resources: {requests: {cpu: '2'}}}";
    private static final String SIDECAR = "{name: s, restartPolicy: Always, resources: {requests: {cpu: 100m}}}";

    private static Pod read(String spec) {
        return PodReader.read(Texts.read(SlimPod.class, "metadata: {name: p, namespace: n, uid: u}\nspec: " + spec));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "containers add up                       | {containers: [A, B]}                                  | 750",
                "the largest init container counts       | {containers: [A], initContainers: [I]}                | 2000",
                "a small init container does not         | {containers: [A, B], initContainers: [B]}             | 750",
                "a sidecar runs beside the containers    | {containers: [A], initContainers: [S]}                | 600",
                "an init container beside a sidecar      | {containers: [A], initContainers: [S, I]}             | 2100",
                "an init container before the sidecar    | {containers: [A], initContainers: [I, S]}             | 2000",
                "the pod's own request replaces the sum  | {containers: [A, B], resources: {requests: {cpu: '1'}}} | 1000",
                "overhead is added                       | {containers: [A], overhead: {cpu: 50m}}               | 550",
                "a pod without requests                  | {containers: [{name: x}]}                             | 0",
            })
    void requestsAreWhatTheSchedulerCounts(String why, String spec, long cpu) {
        String full = spec.replace("[A, B]", "[" + A + ", " + B + "]")
                .replace("[A]", "[" + A + "]")
                .replace("[B]", "[" + B + "]")
                .replace("[I]", "[" + BIG_INIT + "]")
                .replace("[S]", "[" + SIDECAR + "]")
                .replace("[S, I]", "[" + SIDECAR + ", " + BIG_INIT + "]")
                .replace("[I, S]", "[" + BIG_INIT + ", " + SIDECAR + "]");

        assertThat(read(full).requests().cpuMillis()).as(why).isEqualTo(cpu);
        assertThat(read(full).requests().get(Resources.PODS)).isEqualTo(1);
    }

    @Test
    void onlyAPodThatAnInstanceControlsIsALauncher() {
        Pod labelled = PodReader.read(
                Texts.read(
                        SlimPod.class,
                        "metadata: {name: p, namespace: n, uid: u, labels: {kubevirt.io: virt-launcher, kubevirt.io/created-by: x}}"));
        Pod controlled =
                PodReader.read(Texts.launcher("p", "web-0", "spec: {schedulingGates: [{name: drover.dev/placement}]}"));

        assertThat(labelled.isLauncher()).as("anyone can set a label").isFalse();
        assertThat(controlled.instanceUid()).isEqualTo("uid-web-0");
        assertThat(controlled.gated()).isTrue();
    }
}
