package dev.drover.system;

/** Services as users write them. */
public final class Services {
    private Services() {}

    /** Two databases apart, two servers together that need them, three web servers that need these. */
    public static String shop(String... more) {
        String applications = application("db", 2, "constraints: [{type: Spread}]")
                + application("api", 2, "dependsOn: [{application: db}]\nconstraints: [{type: Colocate}]")
                + application("web", 3, "dependsOn: [{application: api, until: Running, delaySeconds: 1}]")
                + String.join("", more);
        return service("shop", "runPolicy: Running", applications);
    }

    /** An application of what others have made with this label app. */
    public static String adopting(String name, String app) {
        return "- {name: %s, virtualMachines: {selector: {matchLabels: {app: %s}}}}\n".formatted(name, app);
    }

    /** @param members of the spec beside the applications, one a line */
    public static String service(String name, String members, String applications) {
        return """
                apiVersion: drover.dev/v1alpha1
                kind: ApplicationService
                metadata: {name: %s, namespace: default}
                spec:
                %s  applications:
                %s
                """
                .formatted(name, members.indent(2), applications.indent(2));
    }

    /** @param members of the application beside its name and its template */
    public static String application(String name, int replicas, String members) {
        return """
                - name: %s
                  replicas: %d
                %s  virtualMachines:
                    template:
                      spec:
                        template:
                          metadata: {labels: {app: %s}}
                          spec:
                            evictionStrategy: LiveMigrate
                            readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 5}
                            domain:
                              resources: {requests: {cpu: 500m, memory: 512Mi}}
                              devices: {interfaces: [{name: default, masquerade: {}}]}
                            networks: [{name: default, pod: {}}]
                """
                .formatted(name, replicas, members.indent(2), name);
    }
}
