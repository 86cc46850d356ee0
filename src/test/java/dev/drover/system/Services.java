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

    /**
     * An application of one virtual machine with a disk on the claim data-0, which KubeVirt cannot move live.
     *
     * @param members of the application beside its name and its template
     */
    public static String withClaim(String name, String members) {
        return application(name, 1, members)
                .replace("devices: {interfaces", "devices: {disks: [{name: data, disk: {bus: virtio}}], interfaces")
                .replace(
                        "networks: [{name: default, pod: {}}]",
                        "networks: [{name: default, pod: {}}]\n"
                                + "            volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]");
    }

    /** A claim that one node at a time may attach, and its volume, which every node reaches. */
    public static String sharedClaim(String name) {
        return claim(name, "nfs: {server: storage.example.com, path: /%s}".formatted(name));
    }

    /** A claim whose volume only one node reaches. */
    public static String localClaim(String name, String node) {
        return claim(
                name,
                "local: {path: /data/%s}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]}]}}"
                        .formatted(name, node));
    }

    /** A claim for which a volume is made on the node of its first pod, and that only that node reaches; and its storage class. */
    public static String nodeLocalClaim(String name, String reclaimPolicy) {
        return """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: node-local}
                provisioner: local.bed.drover.dev
                volumeBindingMode: WaitForFirstConsumer
                reclaimPolicy: %2$s
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %1$s, namespace: default, labels: {app: db}}
                spec: {accessModes: [ReadWriteOnce], storageClassName: node-local, resources: {requests: {storage: 64Mi}}}
                """
                .formatted(name, reclaimPolicy);
    }

    private static String claim(String name, String source) {
        return """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: pv-%1$s}
                spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], storageClassName: "", claimRef: {namespace: default, name: %1$s}, %2$s}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %1$s, namespace: default}
                spec: {accessModes: [ReadWriteOnce], storageClassName: "", volumeName: pv-%1$s, resources: {requests: {storage: 1Gi}}}
                """
                .formatted(name, source);
    }
}
