package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import java.time.Duration;

/** A service in three tiers, and what is said of it. */
final class Shop {
    static final String DB = application("db", 2, "");

    static final String API = application("api", 1, "dependsOn: [{application: db}]");

    static final String WEB =
            application("web", 2, "dependsOn: [{application: api, until: Running, delaySeconds: 30}]");

    static final String SHOP = service("", DB, API, WEB);

    static String application(String name, int replicas, String members) {
        return """
                - name: %s
                  replicas: %d
                %s  virtualMachines: {template: {spec: {template: {spec: {domain: {devices: {}}}}}}}
                """
                .formatted(name, replicas, members.indent(2));
    }

    static String service(String members, String... applications) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: ApplicationService
                metadata: {name: shop}
                spec:
                %s  applications:
                %s
                """
                .formatted(members.indent(2), String.join("", applications).indent(2));
    }

    static Farm started(String service) {
        Farm farm = new Farm(service);
        settledAfterDelays(farm);
        assertThat(condition(farm.decide(), "Ready")).startsWith("True");
        farm.log.clear();
        return farm;
    }

    static void settledAfterDelays(Farm farm) {
        farm.settled();
        farm.pass(Duration.ofSeconds(30));
        farm.settled();
    }

    static String condition(Decision decision, String type) {
        return decision.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> "%s %s: %s"
                        .formatted(
                                condition.status() == ConditionStatus.TRUE ? "True" : "False",
                                condition.reason(),
                                condition.message()))
                .findFirst()
                .orElse("");
    }

    static String message(Decision decision, String application) {
        return decision.status().applications().stream()
                .filter(each -> each.name().equals(application))
                .map(each -> String.valueOf(each.message()))
                .findFirst()
                .orElse("");
    }

    static ServiceVirtualMachine machine(Decision decision, String name) {
        return decision.status().applications().stream()
                .flatMap(application -> application.virtualMachines().stream())
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Shop() {}
}
