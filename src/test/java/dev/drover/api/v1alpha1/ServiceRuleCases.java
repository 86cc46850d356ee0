package dev.drover.api.v1alpha1;

import dev.drover.api.v1alpha1.RuleCases.Case;
import java.util.List;

/** One accepted and one rejected object for every rule of the schema of services, those for the constraints of an application included. */
final class ServiceRuleCases {
    private ServiceRuleCases() {}

    static List<Case> creation() {
        return List.of(
                new Case(
                        "the name of a service that makes virtual machines is a label",
                        "ApplicationService",
                        "x".repeat(64),
                        "applications:\n- {name: db, virtualMachines: {selector: {matchLabels: {app: db}}}}\n",
                        "applications:\n" + template("db", ""),
                        "The name of a service becomes a label of the virtual machines that it makes"),
                new Case(
                        "a service is placed when it starts",
                        "ApplicationService",
                        "placed",
                        "admission: Gate\napplications:\n" + template("db", ""),
                        "admission: 'Off'\napplications:\n" + template("db", ""),
                        "A service cannot take its virtual machines out of what administrators require at their start."),
                new Case(
                        "the nodes of a service are named",
                        "ApplicationService",
                        "somewhere",
                        "nodeSelector: {matchLabels: {disk: fast}}\napplications:\n" + template("db", ""),
                        "nodeSelector: {}\napplications:\n" + template("db", ""),
                        "An empty nodeSelector would say that the service may use every node"),
                service(
                        "a name occurs once",
                        template("db", "") + template("web", ""),
                        template("db", "") + template("db", ""),
                        "Two applications have the same name."),
                service(
                        "what is depended on is there",
                        template("db", "") + template("web", "dependsOn: [{application: db}], "),
                        template("db", "") + template("web", "dependsOn: [{application: cache}], "),
                        "dependsOn names an application that the service does not have."),
                service(
                        "what is depended on stands before",
                        template("db", "") + template("web", "dependsOn: [{application: db}], "),
                        template("web", "dependsOn: [{application: db}], ") + template("db", ""),
                        "dependsOn may name applications only that stand earlier in the list"),
                service(
                        "nobody depends on itself",
                        template("db", ""),
                        template("db", "dependsOn: [{application: db}], "),
                        "dependsOn may name applications only that stand earlier in the list"),
                service(
                        "a service is not too large",
                        template("a", "replicas: 256, ") + template("b", "replicas: 256, "),
                        template("a", "replicas: 256, ") + template("b", "replicas: 256, ") + template("c", ""),
                        "The service has more than 512 virtual machines."),
                service(
                        "virtual machines are made or adopted",
                        "- {name: db, virtualMachines: {selector: {matchLabels: {app: db}}}}\n",
                        "- {name: db, virtualMachines: {}}\n",
                        "Give either template (Drover makes the virtual machines) or selector"),
                service(
                        "only what is made is counted beforehand",
                        template("db", "replicas: 2, "),
                        "- {name: db, replicas: 2, virtualMachines: {selector: {matchLabels: {app: db}}}}\n",
                        "replicas belongs to virtualMachines.template"),
                service(
                        "what scaling may add counts for the size",
                        template("a", "replicas: 1, scaling: {min: 1, max: 256}, ")
                                + template("b", "scaling: {min: 1, max: 256}, "),
                        template("a", "replicas: 1, scaling: {min: 1, max: 256}, ")
                                + template("b", "scaling: {min: 1, max: 256}, ")
                                + template("c", ""),
                        "The service has more than 512 virtual machines."),
                service(
                        "scaling goes from min to max",
                        template("web", "scaling: {min: 2, max: 2}, "),
                        template("web", "scaling: {min: 3, max: 2}, "),
                        "scaling.min is more than scaling.max."),
                service(
                        "scaling begins within its bounds",
                        template("web", "replicas: 3, scaling: {min: 2, max: 4}, "),
                        template("web", "replicas: 1, scaling: {min: 2, max: 4}, "),
                        "With scaling, replicas is the number to begin with"),
                service(
                        "only what is made can be more and fewer",
                        template("web", "scaling: {min: 2, max: 4}, "),
                        "- {name: web, scaling: {min: 2, max: 4}, virtualMachines: {selector: {matchLabels: {app: web}}}}\n",
                        "scaling belongs to virtualMachines.template"),
                service(
                        "only what is made is brought back",
                        template("db", "recovery: {restartedBy: Drover, order: 1}, "),
                        "- {name: db, recovery: {}, virtualMachines: {selector: {matchLabels: {app: db}}}}\n",
                        "recovery belongs to virtualMachines.template"),
                service(
                        "KubeVirt knows no order",
                        template("db", "recovery: {restartedBy: KubeVirt}, "),
                        template("db", "recovery: {order: 1}, "),
                        "KubeVirt restarts each virtual machine by itself, at once and in no order."),
                service(
                        "KubeVirt restarts in any case",
                        template("db", "recovery: {restartedBy: Drover, onNodeFailure: None}, "),
                        template("db", "recovery: {onNodeFailure: None}, "),
                        "KubeVirt restarts each virtual machine by itself, at once and in no order."),
                service(
                        "who is adopted is named",
                        "- {name: db, virtualMachines: {selector: {matchLabels: {app: db}}}}\n",
                        "- {name: db, virtualMachines: {selector: {}}}\n",
                        "An empty selector would adopt every virtual machine of the namespace."),
                service(
                        "a key of labels is a label key",
                        template("db", "").replace("spec: {}", "metadata: {labels: {example.com/tier: a}}, spec: {}"),
                        template("db", "").replace("spec: {}", "metadata: {labels: {\"no key\": a}}, spec: {}"),
                        "A key of labels is not a label key."),
                service(
                        "a key of annotations is an annotation key",
                        template("db", "").replace("spec: {}", "metadata: {annotations: {owner: a}}, spec: {}"),
                        template("db", "").replace("spec: {}", "metadata: {annotations: {\"no key\": a}}, spec: {}"),
                        "A key of annotations is not an annotation key."));
    }

    /** What an application says of its virtual machines is refused where a PlacementConstraint that says it is. */
    static Case inline(Case rule) {
        return service(
                "an application's constraint: " + rule.says(),
                constrained(rule.accepted()),
                constrained(rule.rejected()),
                rule.message());
    }

    private static String constrained(String rule) {
        String within = rule.replace(", virtualMachines: {}", "").replace("virtualMachines: {}, ", "");
        return template("db", "constraints: [%s], ".formatted(within));
    }

    private static Case service(String says, String accepted, String rejected, String message) {
        return new Case(
                says,
                "ApplicationService",
                "shop",
                "applications:\n" + accepted,
                "applications:\n" + rejected,
                message);
    }

    private static String template(String name, String members) {
        return "- {name: %s, %svirtualMachines: {template: {spec: {}}}}\n".formatted(name, members);
    }
}
