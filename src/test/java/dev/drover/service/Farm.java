package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.forecast.Load;
import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.PriorityClass;
import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.observe.Machines;
import dev.drover.service.disk.DiskAim;
import dev.drover.service.disk.DiskProgress;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in which a service is carried out without a cluster: steps are taken at once, and instances follow what virtual machines are
 * told whenever time passes. Everything happens in the namespace default.
 */
final class Farm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final int BRAKE = 30;
    private static final String HOME = "node-1";
    static final Duration DEADLINE = Duration.ofMinutes(10);

    final List<String> log = new ArrayList<>();
    final Set<String> silent = new HashSet<>();
    final Map<String, String> refused = new HashMap<>();
    final Map<String, String> conflicts = new HashMap<>();
    final Set<String> moving = new HashSet<>();
    /** Instances that find no node, and the targets of those that migrate. */
    final Set<String> homeless = new HashSet<>();

    final Map<String, String> targets = new HashMap<>();
    final List<Remediation> remediations = new ArrayList<>();
    Load load = Load.UNKNOWN;

    /** What is found out for who is to be relocated, and the nodes on which nothing becomes ready. */
    Survey.Finding finding = new Survey.Finding.Possible("node-1", "node-2", List.of());

    final Set<String> broken = new HashSet<>();

    /** Nodes on which nothing can be told to start. */
    final Set<String> unusable = new HashSet<>();

    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    ApplicationService service;

    @Nullable
    Outlook outlook;

    private final Map<String, VirtualMachine> machines = new TreeMap<>();
    private final Map<String, VirtualMachineInstance> instances = new TreeMap<>();
    private final List<ApplicationService> others = new ArrayList<>();
    private final Map<String, Memory.Verdict> verdicts = new HashMap<>();
    private final Map<String, Memory.Setback> setbacks = new HashMap<>();
    private final Map<String, Long> known = new HashMap<>();
    private final Map<String, Memory.Started> started = new HashMap<>();
    private final Map<String, SlimNode> nodes = new TreeMap<>();
    private final Map<String, Integer> priorities = new TreeMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> away = new HashSet<>();
    private String nextNode = HOME;
    private final Map<String, Survey> surveys = new HashMap<>();
    private final Map<String, Copying> copies = new HashMap<>();

    /** What is found of the disks at each look, by what is aimed at; done, where nothing is given. */
    final Map<DiskAim, DiskProgress> progress = new EnumMap<>(DiskAim.class);

    private int uids;

    Farm(String yaml) {
        service = read(yaml);
        nodes(HOME);
    }

    /** There are these nodes, and what starts from now on starts on the first of them. */
    void nodes(String... names) {
        nextNode = names[0];
        for (String name : names) {
            node(name, "True", List.of(), Map.of());
        }
    }

    void startOn(String node) {
        nextNode = node;
    }

    void priority(String name, int value) {
        priorities.put(name, value);
    }

    /** It stops to answer; nobody ends what was on it. */
    void lose(String node) {
        node(node, "Unknown", List.of(), Map.of());
    }

    /** It answers again. */
    void comesBack(String node) {
        node(node, "True", List.of(), Map.of());
    }

    void nodeIsDeleted(String node) {
        nodes.remove(node);
    }

    /** Somebody makes sure that it is off, and Kubernetes ends what was on it. */
    void fence(String node) {
        SlimNode lost = nodes.get(node);
        lost.setSpec(new SlimNode.Spec(
                false,
                List.of(new SlimNode.Taint("node.kubernetes.io/out-of-service", "nodeshutdown", "NoExecute", null))));
        ends(node);
    }

    /** A person's word. */
    void isDown(String node, String time) {
        nodes.get(node).getMetadata().setAnnotations(Map.of(SlimNode.IS_DOWN, time));
    }

    /** The pods on it are gone, by whomever, and so are the instances. */
    void ends(String node) {
        instances.values().removeIf(instance -> node.equals(instance.getStatus().nodeName()));
    }

    /** KubeVirt lets those lie that it is not to rerun. */
    void someoneDeletesTheInstanceOf(String name) {
        instances.remove(name);
        away.add(name);
    }

    private void node(String name, String ready, List<SlimNode.Taint> taints, Map<String, String> annotations) {
        SlimNode node = new SlimNode();
        node.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withLabels(Map.of("kubevirt.io/schedulable", "true"))
                .withAnnotations(annotations)
                .build());
        node.setSpec(new SlimNode.Spec(false, taints));
        node.setStatus(
                new SlimNode.Status(null, null, List.of(new Condition("Ready", ready, null, null, now.toString()))));
        nodes.put(name, node);
    }

    private static PriorityClass priorityClass(String name, int value) {
        PriorityClass priority = new PriorityClass();
        priority.setMetadata(new ObjectMetaBuilder().withName(name).build());
        priority.setValue(value);
        return priority;
    }

    private ApplicationService read(String yaml) {
        ApplicationService written = YAML.unmarshal(yaml, ApplicationService.class);
        written.getMetadata().setNamespace("default");
        written.getMetadata().setUid("service-" + written.getMetadata().getName());
        written.getMetadata().setGeneration(1L);
        written.getMetadata().setCreationTimestamp(now.toString());
        return written;
    }

    /** A person changes the service; its status stays. */
    void change(String yaml) {
        ApplicationService changed = read(yaml);
        changed.getMetadata().setGeneration(service.getMetadata().getGeneration() + 1);
        changed.setStatus(service.getStatus());
        service = changed;
    }

    void older(String yaml) {
        others.add(read(yaml));
    }

    /** From now on it is this service that is looked at. */
    void look(String name) {
        ApplicationService next = others.stream()
                .filter(other -> other.getMetadata().getName().equals(name))
                .findFirst()
                .orElse(service);
        if (next != service) {
            others.set(others.indexOf(next), service);
            service = next;
        }
    }

    void annotate(String key, String value) {
        service.getMetadata().setAnnotations(Map.of(key, value));
    }

    void delete() {
        service.getMetadata().setDeletionTimestamp(now.toString());
    }

    /** The operator is restarted and knows nothing but what the API server holds. */
    void forget() {
        verdicts.clear();
        setbacks.clear();
        known.clear();
        started.clear();
        surveys.clear();
        copies.clear();
    }

    void order(String machine, String written) {
        machines.get(machine).getMetadata().getAnnotations().put("drover.dev/relocate", written);
    }

    void withdraw(String machine) {
        machines.get(machine).getMetadata().getAnnotations().remove("drover.dev/relocate");
    }

    Map<String, String> nodeSelector(String machine) {
        return machines.get(machine).getSpec().template().spec().nodeSelector();
    }

    /** Somebody else makes a virtual machine with these labels on its template. */
    void someoneMakes(String name, Map<String, String> labels) {
        VirtualMachine machine = new VirtualMachine();
        machine.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(name)
                .withUid("vm-" + uids++)
                .withGeneration(1L)
                .build());
        machine.setSpec(new VirtualMachine.Spec(
                "Always", new VirtualMachine.Template(new VirtualMachine.TemplateMetadata(labels), null)));
        machines.put(name, machine);
    }

    void someoneCopies(String name, String copy) {
        VirtualMachine source = machines.get(name);
        VirtualMachine machine = new VirtualMachine();
        machine.setMetadata(new ObjectMetaBuilder(source.getMetadata())
                .withName(copy)
                .withUid("vm-" + uids++)
                .build());
        machine.setSpec(source.getSpec());
        machines.put(copy, machine);
    }

    void someoneDeletes(String name) {
        machines.remove(name);
        instances.remove(name);
        known.remove(name);
    }

    void someoneTakesTheLabelsOf(String name) {
        machines.get(name).getMetadata().setLabels(Map.of());
    }

    Set<String> machines() {
        return new TreeSet<>(machines.keySet());
    }

    Set<String> running() {
        return new TreeSet<>(instances.keySet());
    }

    /** It has an instance, on a node that answers. */
    boolean runs(String name) {
        VirtualMachineInstance instance = instances.get(name);
        return instance != null && alive(instance);
    }

    /** Where its instance is; empty without one. */
    String nodeOf(String name) {
        VirtualMachineInstance instance = instances.get(name);
        return instance == null ? "" : String.valueOf(instance.getStatus().nodeName());
    }

    String runStrategy(String name) {
        return String.valueOf(machines.get(name).getSpec().runStrategy());
    }

    void crash(String name) {
        instances.remove(name);
    }

    Machines seen() {
        List<ApplicationService> services = new ArrayList<>(others);
        services.add(service);
        return new Machines(
                List.copyOf(machines.values()),
                List.copyOf(instances.values()),
                moving.stream().map(Farm::migration).toList(),
                List.of(),
                services,
                List.copyOf(nodes.values()),
                priorities.entrySet().stream()
                        .map(each -> priorityClass(each.getKey(), each.getValue()))
                        .toList(),
                List.copyOf(remediations));
    }

    private static VirtualMachineInstanceMigration migration(String vm) {
        VirtualMachineInstanceMigration migration = new VirtualMachineInstanceMigration();
        migration.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName("move-" + vm)
                .build());
        migration.setSpec(new VirtualMachineInstanceMigration.Spec(vm, Map.of()));
        return migration;
    }

    Memory memory() {
        return new Memory(verdicts, setbacks, known, started, surveys, copies);
    }

    Decision decide() {
        ServiceScene scene = new ServiceScenes(seen(), BRAKE, now).of(service, outlook);
        Decision decision = Course.decide(service, scene, memory(), new Relocations.Clock(now, DEADLINE));
        return new Decision(
                decision.steps(),
                Scaler.told(decision.status(), Scaler.decide(service, scene, _ -> load, now)),
                decision.gone(),
                decision.again());
    }

    /** One look of the operator, and what follows in the cluster within a second. */
    Decision step() {
        Decision decision = decide();
        decision.steps().forEach(this::take);
        return settle();
    }

    /** What the instances do within a second, and what the operator says then. */
    Decision settle() {
        now = now.plusSeconds(1);
        boot();
        Decision after = decide();
        service.setStatus(after.status());
        return after;
    }

    /** A second passes in the cluster, and no operator is there to say anything. */
    void passUnseen() {
        now = now.plusSeconds(1);
        boot();
    }

    /** Until nothing is to be done any more. */
    Decision settled() {
        for (int i = 0; i < 100; i++) {
            Decision before = decide();
            Decision after = step();
            if (before.steps().isEmpty() && after.steps().isEmpty()) {
                return after;
            }
        }
        throw new AssertionError("It never comes to rest: " + log.subList(log.size() - 10, log.size()));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void take(Step step) {
        switch (step) {
            case Step.Check check ->
                verdicts.put(
                        check.application(),
                        new Memory.Verdict(check.digest(), refused.getOrDefault(check.application(), ""), now));
            case Step.Apply apply -> apply(apply);
            case Step.Start start -> {
                log.add("start " + start.machine());
                assertThat(start.uid())
                        .isEqualTo(machines.get(start.machine()).getMetadata().getUid());
                asked.add(start.machine());
                away.remove(start.machine());
                started.compute(
                        start.machine(), (_, before) -> before == null ? Memory.Started.once(now) : before.again(now));
            }
            case Step.Inspect inspect -> {
                log.add("inspect " + inspect.machine());
                surveys.put(inspect.machine(), new Survey(inspect.ordered(), now, finding));
            }
            case Step.Disks disks -> {
                log.add("disks " + disks.task().aim());
                DiskProgress found = progress.getOrDefault(
                        disks.task().aim(), new DiskProgress.Done(disks.task().disks()));
                copies.put(disks.machine(), new Copying(disks.task().ordered(), disks.state(), found, now));
                service.setStatus(decide().status());
            }
            case Step.StartOn start -> {
                log.add("on " + start.node());
                Step.Apply apply = start.start();
                if (unusable.contains(start.node())) {
                    setbacks.put(
                            apply.machine(),
                            new Memory.Setback(
                                    Memory.Setback.Kind.NODE_UNUSABLE,
                                    apply.digest(),
                                    apply.generation(),
                                    "The node (%s) is gone.".formatted(start.node()),
                                    now));
                    return;
                }
                apply(new Step.Apply(
                        apply.application(),
                        apply.machine(),
                        apply.digest(),
                        apply.generation(),
                        TemplatedMachine.bound(apply.body(), start.node())));
            }
            case Step.Rescue rescue -> {
                log.add("rescue " + rescue.node());
                VirtualMachine machine = machines.get(rescue.instead().machine());
                bind(machine, rescue.node());
                run(machine, "RerunOnFailure");
            }
            case Step.Halt halt -> {
                log.add("halt " + halt.machine());
                run(machines.get(halt.machine()), "Halted");
            }
            case Step.Delete delete -> {
                log.add("delete " + delete.machine() + (delete.orphan() ? " and keep its disks" : ""));
                if (delete.orphan() && instances.containsKey(delete.machine())) {
                    throw new AssertionError("The instance of " + delete.machine() + " would be left behind");
                }
                machines.remove(delete.machine());
                instances.remove(delete.machine());
                known.remove(delete.machine());
            }
        }
    }

    private void apply(Step.Apply apply) {
        String name = apply.machine();
        if (conflicts.containsKey(name)) {
            setbacks.put(
                    name,
                    new Memory.Setback(
                            Memory.Setback.Kind.DRIFT, apply.digest(), apply.generation(), conflicts.get(name), now));
            return;
        }
        setbacks.remove(name);
        VirtualMachine before = machines.get(name);
        VirtualMachine machine = read(apply.body());
        String told = machine.getSpec().runStrategy();
        log.add((told.equals("Halted") ? "halt " : before == null ? "make " : "apply ") + name);
        assertThat(machine.getMetadata().getUid())
                .as("the API server would take it for no other")
                .isEqualTo(before == null ? null : before.getMetadata().getUid());
        String order = before == null || before.getMetadata().getAnnotations() == null
                ? null
                : before.getMetadata().getAnnotations().get("drover.dev/relocate");
        if (order != null) {
            machine.getMetadata().getAnnotations().put("drover.dev/relocate", order);
        }
        machine.getMetadata()
                .setUid(before == null ? "vm-" + uids++ : before.getMetadata().getUid());
        boolean same = before != null
                && before.getSpec().equals(machine.getSpec())
                && before.getMetadata()
                        .getAnnotations()
                        .equals(machine.getMetadata().getAnnotations());
        long generation = before == null ? 1 : before.getMetadata().getGeneration() + (same ? 0 : 1);
        machine.getMetadata().setGeneration(generation);
        if (before != null) {
            machine.setStatus(before.getStatus());
        }
        machines.put(name, machine);
        known.put(name, generation);
    }

    private static void run(VirtualMachine machine, String strategy) {
        machine.setSpec(new VirtualMachine.Spec(strategy, machine.getSpec().template()));
    }

    private static void bind(VirtualMachine machine, String node) {
        ObjectNode spec = JSON.valueToTree(machine.getSpec());
        ObjectNode inside = (ObjectNode) spec.get("template").get("spec");
        inside.remove("nodeSelector");
        if (!node.isEmpty()) {
            inside.putObject("nodeSelector").put("kubernetes.io/hostname", node);
        }
        machine.setSpec(JSON.convertValue(spec, VirtualMachine.Spec.class));
        machine.getMetadata().setGeneration(machine.getMetadata().getGeneration() + 1);
    }

    private static VirtualMachine read(JsonNode body) {
        try {
            return JSON.treeToValue(body, VirtualMachine.class);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private void boot() {
        instances
                .entrySet()
                .removeIf(each -> alive(each.getValue())
                        && (!machines.containsKey(each.getKey())
                                || runStrategy(each.getKey()).equals("Halted")));
        machines.forEach((name, machine) -> {
            if (!runStrategy(name).equals(machine.getStatus().runStrategy())) {
                away.remove(name);
                asked.remove(name);
            }
            if (toldToRun(name)) {
                VirtualMachineInstance before = instances.get(name);
                String created =
                        before == null ? now.toString() : before.getMetadata().getCreationTimestamp();
                instances.put(name, instance(name, created, before));
                asked.remove(name);
            }
            machine.setStatus(new VirtualMachine.Status(runStrategy(name), List.of()));
        });
    }

    private boolean toldToRun(String name) {
        return switch (runStrategy(name)) {
            case "Halted" -> false;
            case "Manual" -> instances.containsKey(name) || asked.contains(name);
            default -> !away.contains(name);
        };
    }

    private boolean alive(VirtualMachineInstance instance) {
        SlimNode node = nodes.get(String.valueOf(instance.getStatus().nodeName()));
        return node != null && node.getStatus().ready();
    }

    private VirtualMachineInstance instance(String name, String created, @Nullable VirtualMachineInstance before) {
        VirtualMachineInstance instance = new VirtualMachineInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName(name)
                .withUid("vmi-" + name + "-" + created)
                .withCreationTimestamp(created)
                .build());
        boolean dead = before != null && !alive(before);
        String bound = nodeSelector(name).getOrDefault("kubernetes.io/hostname", "");
        String there = before == null ? null : before.getStatus().nodeName();
        String node = homeless.contains(name) ? null : there != null ? there : bound.isEmpty() ? nextNode : bound;
        String ready = dead || silent.contains(name) || broken.contains(node) ? "False" : "True";
        String since = before == null
                ? now.toString()
                : before.getStatus()
                        .ready()
                        .filter(condition -> condition.status().equals(ready))
                        .map(Condition::lastTransitionTime)
                        .orElse(now.toString());
        instance.setStatus(new VirtualMachineInstance.Status(
                node == null ? "Scheduling" : "Running",
                node,
                List.of(new Condition("Ready", ready, null, ready.equals("True") ? null : "no answer", since)),
                targets.containsKey(name)
                        ? new VirtualMachineInstance.MigrationState(null, node, targets.get(name), null, null, null)
                        : null,
                null,
                List.of(new VirtualMachineInstance.PhaseTransition("Running", created))));
        return instance;
    }
}
