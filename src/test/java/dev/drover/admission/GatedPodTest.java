package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.SlimPod;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatedPodTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:04Z, 2026-03-01T12:00:04Z",
        "2026-03-01T12:00:10Z, 2026-03-01T12:00:10Z",
        "2036-03-01T12:00:00Z, 2026-03-01T12:00:10Z",
        "next week,            2026-03-01T12:00:10Z",
        "'',                   2026-03-01T12:00:10Z",
    })
    void the_deadline_is_the_written_one_but_never_later_than_the_setting_allows(String written, Instant deadline) {
        SlimPod pod = pod("p");
        pod.getMetadata().getAnnotations().put(DroverAnnotations.DEADLINE, written);

        assertThat(GatedPod.of(pod, LONGEST).deadline()).isEqualTo(deadline);
    }

    @Test
    void the_gate_is_overdue_at_its_deadline_and_not_a_moment_before() {
        GatedPod gated = GatedPod.of(pod("p"), LONGEST);

        assertThat(gated.overdue(World.NOW.plusMillis(9_999))).isFalse();
        assertThat(gated.overdue(World.NOW.plusSeconds(10))).isTrue();
    }

    @Test
    void what_people_look_at_is_the_instance() {
        assertThat(GatedPod.of(pod("p"), LONGEST).subject())
                .hasToString(
                        "Subject[apiVersion=kubevirt.io/v1, kind=VirtualMachineInstance, namespace=shop, name=p, uid=instance-p]");
    }

    @Test
    void the_target_of_a_migration_knows_which() {
        SlimPod pod = pod("p");
        pod.getMetadata().setLabels(Map.of(SlimPod.MIGRATION_LABEL, "uid-7"));
        assertThat(GatedPod.of(pod, LONGEST).migration()).isEqualTo("uid-7");

        pod.getMetadata().getAnnotations().put(LauncherPod.MIGRATION_NAME, "evacuation-7");
        assertThat(GatedPod.of(pod, LONGEST).migration()).isEqualTo("evacuation-7");
    }

    static SlimPod pod(String name) {
        SlimPod pod = new SlimPod();
        pod.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName("virt-launcher-" + name)
                .withUid("pod-" + name)
                .withCreationTimestamp(World.NOW.toString())
                .addToAnnotations("a", "b")
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("kubevirt.io/v1")
                        .withKind("VirtualMachineInstance")
                        .withName(name)
                        .withUid(World.instance(name))
                        .withController(true)
                        .build())
                .build());
        return pod;
    }
}
