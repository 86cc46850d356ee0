package dev.drover.system;

import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Virtual machines without disks, of one size, in the namespace default: {@code Vms.named("web", 4).label("app", "web").create(testbed)}
 * makes web-0 to web-3.
 *
 * @param cpu what is requested; the guest may use as much as its cores give
 * @param labels of the template
 * @param annotations of the template, for example what the guest asks for
 * @param placement of the template: members of a VMI's spec beside its domain, in YAML's flow style
 */
public record Vms(
        String name,
        int count,
        String cpu,
        int cores,
        String memory,
        Map<String, String> labels,
        Map<String, String> annotations,
        String placement) {
    private static final String INSTANCE = "VirtualMachineInstance";
    private static final String API_VERSION = "kubevirt.io/v1";
    private static final int AT_ONCE = 8;
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    /** So many preferences of the greatest weight leave every other behind. */
    private static final int WEIGHTY = 8;

    public Vms {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** With 1 CPU and 1 GiB requested, and the label app of the same name. */
    public static Vms named(String name, int count) {
        return new Vms(name, count, "1", 1, "1Gi", Map.of("app", name), Map.of(), "");
    }

    public Vms label(String key, String value) {
        return new Vms(name, count, cpu, cores, memory, with(labels, key, value), annotations, placement);
    }

    public Vms size(String cpu, String memory) {
        return new Vms(name, count, cpu, cores, memory, labels, annotations, placement);
    }

    /** How much a guest can use, whatever it requests. */
    public Vms cores(int cores) {
        return new Vms(name, count, cpu, cores, memory, labels, annotations, placement);
    }

    /** What each guest asks for, see {@link dev.drover.testbed.player.Player}. */
    public Vms demand(String cpu) {
        return new Vms(
                name, count, this.cpu, cores, memory, labels, with(annotations, "demo.drover.dev/cpu", cpu), placement);
    }

    /** They start on this node if they fit; the preference of kube-scheduler is the only one while no operator runs. */
    public Vms preferring(String node) {
        String affinity =
                "affinity: {nodeAffinity: {%s: [{weight: 100, preference: {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]}}]}}"
                        .formatted(PREFERRED, node);
        return new Vms(name, count, cpu, cores, memory, labels, annotations, affinity);
    }

    /**
     * Their owner prefers this zone so much that every other preference is outweighed, also that for others of the same label app that
     * insist on another zone.
     */
    public Vms insistingOn(String zone) {
        String towards = "{weight: 100, preference: {matchExpressions:"
                + " [{key: topology.kubernetes.io/zone, operator: In, values: [%s]}]}}".formatted(zone);
        String away =
                "{weight: 100, podAffinityTerm: {topologyKey: topology.kubernetes.io/zone, labelSelector: {matchExpressions:"
                        + " [{key: app, operator: In, values: [%s]}, {key: insists-on, operator: NotIn, values: [%s]}]}}}"
                                .formatted(labels.get("app"), zone);
        String affinity = "affinity: {nodeAffinity: {%s: [%s]}, podAntiAffinity: {%s: [%s]}}"
                .formatted(PREFERRED, manyTimes(towards), PREFERRED, manyTimes(away));
        return new Vms(name, count, cpu, cores, memory, with(labels, "insists-on", zone), annotations, affinity);
    }

    private static String manyTimes(String preference) {
        return String.join(", ", Collections.nCopies(WEIGHTY, preference));
    }

    public List<String> names() {
        return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
    }

    /** Creates them all at once. */
    public Vms create(Testbed testbed) {
        create(testbed, List.of(this));
        return this;
    }

    /** Creates several groups at once. */
    public static void create(Testbed testbed, List<Vms> groups) {
        List<String> objects = groups.stream()
                .flatMap(group -> group.names().stream().map(group::yaml))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<? extends Future<?>> created = objects.stream()
                    .map(object -> threads.submit(() -> testbed.apply(object)))
                    .toList();
            for (Future<?> one : created) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Creates them, and returns when all of them run and KubeVirt says that they can move. */
    public Vms run(Testbed testbed) {
        create(testbed);
        awaitRunning(testbed);
        return this;
    }

    /** Until all of them run and KubeVirt says that they can move. */
    public void awaitRunning(Testbed testbed) {
        awaitRunning(testbed, List.of(this));
    }

    public static void awaitRunning(Testbed testbed, List<Vms> groups) {
        List<String> names = new ArrayList<>(
                groups.stream().flatMap(group -> group.names().stream()).toList());
        try {
            Awaiting.until(
                    "All of " + names + " run",
                    () -> {
                        Map<String, String> running = running(testbed);
                        return names.stream()
                                .filter(vm -> !running.containsKey(vm))
                                .toList();
                    },
                    List::isEmpty);
        } catch (AssertionError late) {
            names.removeAll(running(testbed).keySet());
            throw new AssertionError(late.getMessage() + "; " + eventsOf(testbed, names), late);
        }
    }

    private static List<String> eventsOf(Testbed testbed, List<String> vms) {
        return testbed.client().events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> vms.stream()
                        .anyMatch(vm -> event.getRegarding().getName().contains(vm)))
                .map(event -> "%s of %s: %s"
                        .formatted(event.getReason(), event.getRegarding().getName(), event.getNote()))
                .toList();
    }

    /** Where each virtual machine that runs and can move is, by name. */
    public static Map<String, String> running(Testbed testbed) {
        return testbed
                .client()
                .genericKubernetesResources(API_VERSION, INSTANCE)
                .inNamespace("default")
                .list()
                .getItems()
                .stream()
                .filter(Vms::settled)
                .collect(Collectors.toMap(
                        instance -> instance.getMetadata().getName(),
                        instance -> String.valueOf((Object) instance.get("status", "nodeName")),
                        (first, second) -> first,
                        TreeMap::new));
    }

    private static boolean settled(GenericKubernetesResource instance) {
        List<Map<String, Object>> conditions = instance.get("status", "conditions");
        return "Running".equals(instance.get("status", "phase"))
                && conditions != null
                && conditions.stream()
                        .anyMatch(condition -> "LiveMigratable".equals(condition.get("type"))
                                && "True".equals(condition.get("status")));
    }

    /** One that does not run, as YAML. */
    public static String halted(String name, String app) {
        return named(name, 1).label("app", app).yaml(name).replace("runStrategy: Always", "runStrategy: Halted");
    }

    private String yaml(String vm) {
        return """
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: %s, namespace: default}
                spec:
                  runStrategy: Always
                  template:
                    metadata: {labels: {%s}, annotations: {%s}}
                    spec:
                      evictionStrategy: LiveMigrate
                      %s
                      domain:
                        cpu: {cores: %d}
                        resources: {requests: {cpu: "%s", memory: %s}}
                        devices: {interfaces: [{name: default, masquerade: {}}]}
                      networks: [{name: default, pod: {}}]
                """
                .formatted(vm, flow(labels), flow(annotations), placement, cores, cpu, memory);
    }

    private static String flow(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }
}
