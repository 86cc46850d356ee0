package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTextTest {

    private static final Usage.OfGuest GUEST = new Usage.OfGuest(
            VmId.of("web"),
            "node-1",
            Map.of("app.kubernetes.io/name", "say \"hi\""),
            2,
            4096,
            1024,
            1536,
            7,
            new Usage.Counters(10, 4, 5, 6),
            Optional.of(new Usage.Copy(100, 40, 60, 7, 20)));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "kubevirt_vmi_cpu_usage_seconds_total, '', 10",
        "kubevirt_vmi_memory_unused_bytes, '', 3072",
        "kubevirt_vmi_vcpu_delay_seconds_total, 'id=\"1\",', 2",
        "kubevirt_vmi_network_transmit_bytes_total, 'interface=\"default\",', 6",
        "kubevirt_vmi_migration_data_remaining_bytes, '', 40",
    })
    void the_page_has_kubevirts_names_and_labels(String name, String extra, double value) {
        var page = PrometheusPage.of(new Usage(Instant.EPOCH, List.of(), List.of(), List.of(GUEST)));

        assertThat(page.lines())
                .contains(
                        "%s{%skubernetes_vmi_label_app_kubernetes_io_name=\"say \\\"hi\\\"\",name=\"web\",namespace=\"default\",node=\"node-1\"} %.6f"
                                .formatted(name, extra, value))
                .containsOnlyOnce("# TYPE %s %s".formatted(name, name.endsWith("_total") ? "counter" : "gauge"));
    }

    @ParameterizedTest(name = "{0} matches a=1, b=2: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "''; true",
                "a=1; true",
                "a==1,b=2; true",
                "a=2; false",
                "a!=2; true",
                "a!=1; false",
                "c!=1; true",
                "a in (1,3); true",
                "a in (2,3),b; false",
                "a notin (2,3),b; true",
                "c notin (1); true",
                "c in (1); false",
                "b; true",
                "c; false",
                "!c; true",
                "!a; false",
            })
    void label_selectors(String selector, boolean matches) {
        assertThat(LabelQuery.of(selector).matches(Map.of("a", "1", "b", "2"))).isEqualTo(matches);
    }

    @Test
    void counters_grow_with_real_time() {
        var counters = Usage.Counters.ZERO.later(10, 1.5, 0.5);

        assertThat(counters.cpuSeconds()).isEqualTo(15);
        assertThat(counters.delaySeconds()).isEqualTo(5);
        assertThat(counters.received()).isEqualTo(15 << 20);
    }
}
