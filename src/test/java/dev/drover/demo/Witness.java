package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.status.ConditionType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Sees everything that happens in the API: keeps the objects as they are now, has each change told, and each instant judged. The
 * methods may be called from any thread; what they return belongs to the caller.
 */
final class Witness implements AutoCloseable {

    static final String NAMESPACE = "shop";

    private final Commentary commentary;
    private final Referee referee;
    private final StartOrderReferee order;
    private final Narrator narrator;
    private final Map<String, VirtualMachineInstance> instances = new LinkedHashMap<>();
    private final Map<String, Pod> launchers = new LinkedHashMap<>();
    private final Map<String, VirtualMachineInstanceMigration> migrations = new LinkedHashMap<>();
    private final Map<String, MigrationPlan> plans = new LinkedHashMap<>();
    private final Map<String, PlacementConstraint> rules = new LinkedHashMap<>();
    private final Map<String, ApplicationService> services = new LinkedHashMap<>();
    private final Map<String, PlacementPolicy> policies = new LinkedHashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    Witness(Narrator narrator, Referee referee, StartOrderReferee order) {
        this.narrator = narrator;
        this.commentary = new Commentary(narrator);
        this.referee = referee;
        this.order = order;
    }

    /** Begins to watch. KubeVirt's and Drover's definitions must be installed. */
    void watch(KubernetesClient client) {
        see(client.pods().inNamespace(NAMESPACE).withLabel("kubevirt.io", "virt-launcher"), launchers, this::judge);
        see(client.resources(VirtualMachineInstance.class).inNamespace(NAMESPACE), instances, (before, now) -> {
            commentary.instance(before, now);
            if (before == null) {
                order.started(now, instances);
            }
            judge(before, now);
        });
        see(
                client.resources(VirtualMachineInstanceMigration.class).inNamespace(NAMESPACE),
                migrations,
                (before, now) -> {
                    commentary.migration(
                            before, now, instances.get(now.getSpec().vmiName()));
                    judge(before, now);
                });
        see(client.resources(MigrationPlan.class), plans, commentary::plan);
        see(client.resources(ApplicationService.class).inNamespace(NAMESPACE), services, commentary::service);
        see(client.resources(PlacementConstraint.class).inNamespace(NAMESPACE), rules, (before, now) -> {});
        see(client.resources(PlacementPolicy.class), policies, (before, now) -> {});
    }

    private <T extends HasMetadata> void see(Informable<T> kind, Map<String, T> latest, BiConsumer<T, T> change) {
        informers.add(kind.inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                changed(latest, object, change);
            }

            @Override
            public void onUpdate(T before, T object) {
                changed(latest, object, change);
            }

            @Override
            public void onDelete(T object, boolean stale) {
                gone(latest, object);
            }
        }));
    }

    private synchronized <T extends HasMetadata> void changed(
            Map<String, T> latest, T object, BiConsumer<T, T> change) {
        T before = latest.put(object.getMetadata().getName(), object);
        change.accept(before, object);
        notifyAll();
    }

    private synchronized void gone(Map<String, ? extends HasMetadata> latest, HasMetadata object) {
        latest.remove(object.getMetadata().getName());
        if (object instanceof VirtualMachineInstance instance
                && services.values().stream().anyMatch(service -> service.isMarkedForDeletion())) {
            order.gone(instance, instances.values());
        }
        notifyAll();
    }

    private void judge(Object before, Object now) {
        referee.judge(instances.values(), launchers.values(), narrator.now())
                .forEach(breach -> narrator.bad("BREACH of " + breach.constraint() + ": " + breach.message()));
    }

    /**
     * Waits until something is so, looking at each change.
     *
     * @return false when it is not so within the limit
     */
    synchronized boolean await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                // Now and then also without a change: some conditions ask others than the watches.
                wait(Math.min(left, 500));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Empty before it is made and after it has gone. */
    synchronized Optional<ApplicationService> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    synchronized Map<String, VirtualMachineInstance> instances() {
        return Map.copyOf(instances);
    }

    /** Starts out of order, and ends. */
    synchronized List<String> disorders() {
        return order.breaches();
    }

    synchronized int startsAndEndsJudged() {
        return order.judged();
    }

    synchronized long running() {
        return instances.values().stream().filter(Commentary::running).count();
    }

    /** The names of the virtual machines that run, by the node that they are on. */
    synchronized Map<String, List<String>> byNode() {
        return instances.values().stream()
                .filter(Commentary::running)
                .collect(Collectors.groupingBy(
                        instance -> String.valueOf(instance.getStatus().nodeName()),
                        TreeMap::new,
                        Collectors.mapping(instance -> instance.getMetadata().getName(), Collectors.toList())));
    }

    /** How many launcher pods there are on a node, those included that end. */
    synchronized long launchersOn(String node) {
        return launchers.values().stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .count();
    }

    synchronized List<VirtualMachineInstanceMigration> migrations() {
        return List.copyOf(migrations.values());
    }

    /** Whether no migration is in flight. */
    synchronized boolean atRest() {
        return migrations.values().stream().allMatch(VirtualMachineInstanceMigration::ended);
    }

    synchronized long succeeded() {
        return migrations.values().stream()
                .filter(migration -> "Succeeded".equals(migration.getStatus().phase()))
                .count();
    }

    /** In the order of their creation. */
    synchronized List<MigrationPlan> plans() {
        return List.copyOf(plans.values());
    }

    synchronized List<PlacementConstraint> rules() {
        return List.copyOf(rules.values());
    }

    /** The only one. */
    synchronized PlacementPolicy policy() {
        return policies.values().iterator().next();
    }

    synchronized boolean policyHolds(ConditionType type) {
        return policies.values().stream().anyMatch(policy -> StatusReading.holds(policy, type));
    }

    /** The policy's score, 0 to 100; -1 while the operator has given none. */
    synchronized int score() {
        return Objects.requireNonNullElse(policy().getStatus().score(), -1);
    }

    /** How many successful migrations the operator has counted. */
    synchronized int movesCounted() {
        return Objects.requireNonNullElse(policy().getStatus().movesLastDay(), 0);
    }

    synchronized int rulesJudged() {
        return referee.rules();
    }

    synchronized int instants() {
        return referee.instants();
    }

    synchronized int breaches() {
        return referee.breaches().size();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
