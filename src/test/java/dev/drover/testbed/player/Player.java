package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Plays the nodes of a cluster in which KubeVirt's control plane is real: virt-handler, virt-launcher and QEMU. It starts and stops guests, migrates
 * them live over shared links, lets things go wrong on request, and exports what the real programs would measure. It follows watches, writes narrow
 * patches and is made for 500 VMs at once. All methods may be called from any thread.
 *
 * <p>A VM asks for what its template's or its VMI's annotations say: {@code demo.drover.dev/cpu}, {@code demo.drover.dev/memory} and
 * {@code demo.drover.dev/dirty-rate}, each a quantity, or steps as {@code 0.5@0s,3@60s}, or {@code trace:file.csv}; on a VMI they can be changed while
 * it runs. {@code test.drover.dev/not-migratable: Reason: message} makes a VM report that it cannot migrate live.
 *
 * <p>A node takes part while it exists, carries the label {@code bed/alive=true} and was not killed.
 */
public final class Player implements AutoCloseable {

    private static final long MEASURE_MILLIS = 1000;

    /** As virt-handler does, in case that a write was lost. */
    private static final long LOOK_AGAIN_MILLIS = 5000;

    private final World world = new World();
    private final Tally tally = new Tally();
    private final Actor actor;
    private final Writes writes;
    private final Faults faults;
    private final Demands demands;
    private final NodeSide nodeSide;
    private final LocalVolumes volumes;
    private final Provisioner provisioner;
    private final List<String> copyProgram;
    private final CopyPrograms copyPrograms;
    private final CopyPods copyPods;
    private final Metering metering;
    private final Metrics metrics;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    private Player(PlayerOptions options) {
        var time = new PlayedTime(options.clock(), options.timeScale());
        actor = new Actor(time);
        writes = new Writes(options.client(), actor);
        faults = new Faults(this::lookAtAll);
        demands = new Demands(time, new DemandSyntax(options.traceFolder()));
        var journey = new Journey(faults, demands, new Links(node -> options.bandwidth(), world::alive));
        var scene = new Scene(world, actor, writes, time);
        nodeSide = new NodeSide(scene, tally, journey);
        volumes = new LocalVolumes(options.folder().resolve("volumes"));
        provisioner = new Provisioner(scene, options.client(), volumes);
        copyProgram = options.copyProgram();
        copyPrograms = new CopyPrograms(options);
        copyPods = new CopyPods(scene, faults, copyPrograms);
        metering = new Metering(world, time, journey);
        metrics = new Metrics(options, metering::latest);
    }

    /** Starts to play and returns once the player has seen the cluster. KubeVirt's definitions must be installed. */
    public static Player start(PlayerOptions options) {
        var player = new Player(options);
        try {
            player.watch(options.client());
        } catch (RuntimeException e) {
            player.close();
            throw e;
        }
        return player;
    }

    private void watch(KubernetesClient client) {
        informers.add(client.nodes()
                .inform(handler(
                        (Node node) -> see(NodeView.of(node)),
                        node -> power(() -> world.lostNode(node.getMetadata().getName())))));
        informers.add(client.pods()
                .inAnyNamespace()
                .withLabel("kubevirt.io", "virt-launcher")
                .inform(handler(
                        (Pod pod) -> {
                            var view = PodView.of(pod);
                            world.see(view);
                            nodeSide.lookAt(view);
                        },
                        pod -> {
                            world.lostPod(pod.getMetadata().getUid());
                            nodeSide.lost(PodView.of(pod));
                        })));
        informers.add(client.genericKubernetesResources(VmiView.KIND)
                .inAnyNamespace()
                .inform(handler(
                        (GenericKubernetesResource vmi) -> nodeSide.look(world.see(new VmiView(vmi))),
                        vmi -> world.lostGuest(vmi.getMetadata().getUid()).ifPresent(this::lost))));
        informers.add(client.persistentVolumeClaims()
                .inAnyNamespace()
                .inform(handler((PersistentVolumeClaim claim) -> provisioner.see(claim), provisioner::lost)));
        informers.add(client.persistentVolumes()
                .inform(handler((PersistentVolume volume) -> provisioner.see(volume), provisioner::lost)));
        informers.add(client.pods()
                .inAnyNamespace()
                .withLabel(CopyPods.LABEL)
                .inform(handler((Pod pod) -> copyPods.see(pod), copyPods::lost)));
        actor.every(MEASURE_MILLIS, metering::measure);
        actor.every(LOOK_AGAIN_MILLIS, this::lookAtEverything);
    }

    private void lookAtEverything() {
        nodeSide.lookAtAll();
        provisioner.lookAtAll();
        copyPods.lookAtAll();
    }

    private void lost(Guest guest) {
        nodeSide.drop(guest);
        demands.forget(guest.view().uid());
        metering.forget(guest.view().uid());
    }

    private void see(NodeView node) {
        if (world.knows(node)) {
            world.see(node);
        } else {
            power(() -> world.see(node));
        }
    }

    private void power(Runnable change) {
        nodeSide.power(change);
        provisioner.lookAtAll();
        copyPods.lookAtAll();
    }

    /** Hands what a watch brings to the actor's thread. */
    private <T extends HasMetadata> ResourceEventHandler<T> handler(Consumer<T> seen, Consumer<T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                actor.run(() -> seen.accept(object));
            }

            @Override
            public void onUpdate(T before, T object) {
                actor.run(() -> seen.accept(object));
            }

            @Override
            public void onDelete(T object, boolean stale) {
                actor.run(() -> gone.accept(object));
            }
        };
    }

    /** Sets what a VM asks for from now on. It stays set when the VM restarts or moves, and takes the place of the VM's annotations. */
    public void demand(VmId vm, Demand demand) {
        demands.set(vm, demand);
    }

    /** What shall go wrong. */
    public Faults faults() {
        return faults;
    }

    /** The local disks of the nodes. */
    public LocalVolumes volumes() {
        return volumes;
    }

    /** What runs in copy pods that start from now on, until {@link #reset}; the arguments of the pod's container follow. */
    public void copyProgram(List<String> commandLine) {
        copyPrograms.program(commandLine);
    }

    /** What the nodes measure. */
    public Metrics metrics() {
        return metrics;
    }

    /** What the nodes have done until now. */
    public PlayerStats stats() {
        return new PlayerStats(
                tally.starts.get(), tally.stops.get(), tally.succeeded.get(), tally.failed.get(), tally.aborted.get());
    }

    /** The guest of a VM crashes on its node; its VMI and its launcher pod fail. Nothing happens when the VM does not run. */
    public void crash(VmId vm) {
        actor.run(() -> world.guests().stream()
                .filter(guest -> guest.view().id().equals(vm))
                .forEach(nodeSide::crash));
    }

    /** The application in a guest stops to answer its readiness probe, also after a restart, until {@link #answer}; the guest lives on. */
    public void silence(VmId vm) {
        actor.run(() -> nodeSide.probes(probes -> probes.silence(vm)));
    }

    /** The application answers again. */
    public void answer(VmId vm) {
        actor.run(() -> nodeSide.probes(probes -> probes.answer(vm)));
    }

    /** The node loses its power: whatever it was doing is never finished, and nothing ends there. */
    public void killNode(String name) {
        actor.run(() -> power(() -> world.kill(name)));
    }

    /** The node comes back; what is scheduled there goes on. */
    public void reviveNode(String name) {
        actor.run(() -> power(() -> world.revive(name)));
    }

    /** Forgets demands, faults, killed nodes, other programs for copy pods, silent applications and modes of the metrics: between two tests. */
    public void reset() {
        demands.clear();
        actor.run(() -> power(world::reviveAll));
        copyProgram(copyProgram);
        actor.run(() -> nodeSide.probes(Probes::answerAll));
        faults.clear();
        metrics.reset();
    }

    private void lookAtAll() {
        actor.run(this::lookAtEverything);
    }

    /** Stops to play. The cluster stays as it is, but metrics.k8s.io is taken away; close the player before the API server. */
    @Override
    public void close() {
        metrics.close();
        informers.forEach(SharedIndexInformer::stop);
        actor.close();
        writes.close();
        copyPrograms.close();
    }
}
