package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceMembersTest {
    private static final String OF_SHOP = "{drover.dev/service: shop, drover.dev/application: db, app: db}";

    private final ApplicationService collector = adopting("collector", "all", "{app: db}");
    private final ApplicationService shop = templated("shop", "db");
    private final List<VirtualMachine> machines = new ArrayList<>();

    private ServiceMembers members(ApplicationService... services) {
        return new ServiceMembers(List.of(services), machines);
    }

    @Test
    void whatAServiceHasMadeIsItsThoughAnOlderSelectorMatches() {
        machines.add(machine("db-0", "service-shop/db/db-0", OF_SHOP));

        ServiceMembers members = members(collector, shop);

        assertThat(whose(members, "db-0")).isEqualTo("shop.db");
        assertThat(members.of(shop).made()).hasSize(1);
        assertThat(members.of(collector).adopted()).isEmpty();
        assertThat(members.of(collector).elsewhere()).isEqualTo(Map.of("db-0", "shop"));
    }

    @Test
    void ofTwoServicesThatAdoptTheOlderHasItAndOfItsApplicationsTheFirst() {
        machines.add(machine("old", "", "{app: db}"));
        ApplicationService later = adopting("later", "more", "{app: db}");

        ServiceMembers members = members(collector, later);

        assertThat(whose(members, "old")).isEqualTo("collector.all");
        assertThat(members.of(later).elsewhere()).isEqualTo(Map.of("old", "collector"));
        assertThat(members.of(collector).elsewhere()).isEmpty();
    }

    @Test
    void aCopyIsNotTheServicesThatMadeTheFirstOneAndMayBeAdopted() {
        machines.add(machine("db-0-restored", "service-shop/db/db-0", OF_SHOP));

        assertThat(whose(members(shop), "db-0-restored")).isEqualTo("nobody");
        assertThat(whose(members(collector, shop), "db-0-restored")).isEqualTo("collector.all");
    }

    @Test
    void whatWasMadeForAServiceOrAnApplicationThatIsGoneIsAdoptedByNobody() {
        machines.add(machine("db-0", "service-gone/db/db-0", "{drover.dev/service: gone, app: db}"));
        machines.add(machine("web-0", "service-shop/web/web-0", "{app: db}"));

        ServiceMembers members = members(collector, shop);

        assertThat(whose(members, "db-0")).isEqualTo("nobody");
        assertThat(whose(members, "web-0")).isEqualTo("nobody");
        assertThat(members.of(shop).made()).hasSize(1);
        assertThat(members.of(collector).elsewhere()).isEqualTo(Map.of("db-0", "gone", "web-0", "shop"));
    }

    @Test
    void ofWhatHasNotBeenSeenYetTheLabelsCount() {
        ServiceMembers members = members(collector, shop);

        assertThat(name(members.of(
                        new VmId("default", "db-0"),
                        Map.of("drover.dev/service", "shop", "drover.dev/application", "db", "app", "db"))))
                .isEqualTo("shop.db");
        assertThat(name(members.of(new VmId("default", "other"), Map.of("app", "db"))))
                .isEqualTo("collector.all");
        assertThat(name(members.of(new VmId("elsewhere", "other"), Map.of("app", "db"))))
                .isEqualTo("nobody");
    }

    private static String whose(ServiceMembers members, String machine) {
        return name(members.of(new VmId("default", machine), Map.of()));
    }

    private static String name(ServiceMembers.@Nullable Member member) {
        return member == null
                ? "nobody"
                : member.service().getMetadata().getName() + "."
                        + member.application().name();
    }

    private static ApplicationService adopting(String name, String application, String labels) {
        return service(name, application, "selector: {matchLabels: " + labels + "}");
    }

    private static ApplicationService templated(String name, String application) {
        return service(name, application, "template: {spec: {}}");
    }

    private static ApplicationService service(String name, String application, String machines) {
        return Texts.read(
                ApplicationService.class,
                """
                metadata: {name: %s, namespace: default, uid: service-%s, generation: 1}
                spec: {applications: [{name: %s, virtualMachines: {%s}}]}
                """
                        .formatted(name, name, application, machines));
    }

    private static VirtualMachine machine(String name, String mark, String labels) {
        return Texts.read(
                VirtualMachine.class,
                """
                metadata:
                  name: %s
                  namespace: default
                  labels: %s
                  annotations: {drover.dev/made-for: '%s'}
                spec: {template: {metadata: {labels: %s}}}
                """
                        .formatted(name, labels, mark, labels));
    }
}
