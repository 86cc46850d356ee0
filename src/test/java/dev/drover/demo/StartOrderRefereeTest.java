package dev.drover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.kubevirt.VirtualMachineInstance;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartOrderRefereeTest {
    private static final ApplicationService SHOP = Serialization.unmarshal(
            """
            apiVersion: drover.dev/v1alpha1
            kind: ApplicationService
            metadata: {name: shop, namespace: shop}
            spec:
              applications:
              - {name: db, replicas: 2, virtualMachines: {template: {spec: {}}}}
              - {name: web, dependsOn: [{application: db}], virtualMachines: {template: {spec: {}}}}
            """,
            ApplicationService.class);

    private final StartOrderReferee referee = new StartOrderReferee(List.of(SHOP));

    @Test
    void what_finds_all_ready_that_it_needs_is_in_order() {
        starts(instance("db-0", "db", "False"));
        starts(instance("web-0", "web", "False"), instance("db-0", "db", "True"), instance("db-1", "db", "True"));

        assertThat(referee.breaches()).isEmpty();
        assertThat(referee.judged()).isEqualTo(2);
    }

    @Test
    void what_starts_too_early_is_named_with_all_that_it_should_have_waited_for() {
        starts(instance("web-0", "web", "False"), instance("db-0", "db", "False"));

        assertThat(referee.breaches())
                .containsExactly("web-0 was started before db-0 was ready", "web-0 was started before db-1 was ready");
    }

    @Test
    void what_goes_before_what_needs_it_is_named() {
        VirtualMachineInstance web = instance("web-0", "web", "True");

        referee.gone(instance("db-1", "db", "True"), List.of(web));
        referee.gone(web, List.of(instance("db-0", "db", "True")));

        assertThat(referee.breaches()).containsExactly("db-1 went before web-0, which needs it");
    }

    @Test
    void what_is_of_no_service_is_not_judged() {
        starts(instance("legacy-0", "legacy", "False"));

        assertThat(referee.judged()).isZero();
    }

    private void starts(VirtualMachineInstance instance, VirtualMachineInstance... there) {
        Map<String, VirtualMachineInstance> all = Stream.concat(Stream.of(instance), Stream.of(there))
                .collect(Collectors.toMap(each -> each.getMetadata().getName(), Function.identity()));
        referee.started(instance, all);
    }

    private static VirtualMachineInstance instance(String name, String application, String ready) {
        return Serialization.unmarshal(
                """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachineInstance
                metadata: {name: %s, namespace: shop, labels: {drover.dev/application: %s}}
                status: {phase: Running, conditions: [{type: Ready, status: "%s"}]}
                """
                        .formatted(name, application, ready),
                VirtualMachineInstance.class);
    }
}
