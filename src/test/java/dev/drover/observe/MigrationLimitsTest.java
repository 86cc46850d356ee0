package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.KubeVirt;
import dev.drover.kubevirt.MigrationPolicy;
import dev.drover.kubevirt.VirtualMachineInstance;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The instance has the labels app=web and tier=front, its namespace team=shop. */
class MigrationLimitsTest {
    private static final Map<String, Map<String, String>> NAMESPACES = Map.of("default", Map.of("team", "shop"));
    private static final VirtualMachineInstance WEB = Texts.read(
            VirtualMachineInstance.class,
            "metadata: {name: web, namespace: default, uid: u, labels: {app: web, tier: front}}");

    /** Policies are written as selectors = bandwidth, separated by bars, and named a, b and so on. */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            textBlock =
                    """
                    nobody sets a limit; -; -; 0
                    the limit of KubeVirt is for all; 64Mi; -; 67108864
                    a policy for this instance; 64Mi; virtualMachineInstanceSelector: {app: web} = 1Gi; 1073741824
                    a policy for its namespace; 64Mi; namespaceSelector: {team: shop} = 1Gi; 1073741824
                    a policy lifts the limit; 64Mi; virtualMachineInstanceSelector: {app: web} = 0; 0
                    a policy says nothing of it; 64Mi; virtualMachineInstanceSelector: {app: web} = none; 67108864
                    a policy for others; 64Mi; virtualMachineInstanceSelector: {app: db} = 1Gi; 67108864
                    one label of two; 64Mi; virtualMachineInstanceSelector: {app: web, tier: back} = 1Gi; 67108864
                    another namespace; 64Mi; namespaceSelector: {team: it}, virtualMachineInstanceSelector: {app: web} = 1Gi; 67108864
                    no selector selects nothing; 64Mi; = 1Gi; 67108864
                    more labels win; -; virtualMachineInstanceSelector: {app: web} = 1 | virtualMachineInstanceSelector: {app: web, tier: front} = 2; 2
                    then those of the instance; -; namespaceSelector: {team: shop} = 1 | virtualMachineInstanceSelector: {app: web} = 2; 2
                    then the first by name; -; virtualMachineInstanceSelector: {app: web} = 1 | virtualMachineInstanceSelector: {tier: front} = 2; 1
                    """)
    void what_fits_best_decides(String story, @Nullable String general, @Nullable String policies, long bandwidth) {
        assertThat(limits(general, policies).bandwidth(WEB, NAMESPACES))
                .as(story)
                .isEqualTo(bandwidth);
    }

    @Test
    void what_is_no_quantity_is_no_limit() {
        assertThat(limits("much", null).bandwidth(WEB, NAMESPACES)).isZero();
    }

    /** @param policies "selectors = bandwidth", separated by bars */
    private static MigrationLimits limits(@Nullable String general, @Nullable String policies) {
        KubeVirt kubeVirt = Texts.read(
                KubeVirt.class,
                "spec: {configuration: {migrations: {%s}}}"
                        .formatted(general == null ? "" : "bandwidthPerMigration: " + general));
        List<String> written = policies == null ? List.of() : List.of(policies.split("\\|"));
        return new MigrationLimits(
                List.of(kubeVirt),
                IntStream.range(0, written.size())
                        .mapToObj(i -> policy(
                                Character.toString('a' + i), written.get(i).split("=")))
                        .toList());
    }

    private static MigrationPolicy policy(String name, String[] selectorsAndBandwidth) {
        String bandwidth = selectorsAndBandwidth[1].strip();
        return Texts.read(
                MigrationPolicy.class,
                "{metadata: {name: %s}, spec: {selectors: {%s}%s}}"
                        .formatted(
                                name,
                                selectorsAndBandwidth[0].strip(),
                                bandwidth.equals("none") ? "" : ", bandwidthPerMigration: '" + bandwidth + "'"));
    }
}
