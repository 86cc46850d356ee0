package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import dev.drover.api.v1alpha1.ScalingStatus;
import dev.drover.constraint.Constraint;
import dev.drover.execute.Leadership;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.OwnVirtualMachines;
import dev.drover.kubevirt.Surroundings;
import dev.drover.observe.Machines;
import dev.drover.observe.Observer;
import dev.drover.observe.Snapshot;
import dev.drover.service.disk.DiskMover;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries services out: looks, decides, writes, and says how they stand. Safe for threads, as long as one service is in one thread at a
 * time.
 */
public final class ServiceSteward {
    private static final Logger LOG = Logger.getLogger(ServiceSteward.class);
    /** Its cache and the observer's hear of a change one shortly after the other. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Duration NOT_YET = Duration.ofSeconds(2);
    private static final Duration MEASURED_AGAIN = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final Observer observer;
    private final Outlooks outlooks;
    private final Leadership leadership;
    private final InstantSource clock;
    private final int brakePercent;
    private final StepTaker taker;
    private final Duration relocationDeadline;
    private final Map<String, ServiceScene> scenes = new ConcurrentHashMap<>();
    private ServiceScenes newest;

    /** @param relocationDeadline how long a virtual machine that is relocated may take until it is ready on its new node */
    public ServiceSteward(
            Sight sight, Leadership leadership, Means means, InstantSource clock, Duration relocationDeadline) {
        this.observer = sight.observer();
        this.outlooks = sight.outlooks();
        this.brakePercent = sight.brakePercent();
        this.leadership = leadership;
        this.clock = clock;
        this.relocationDeadline = relocationDeadline;
        this.taker = new StepTaker(
                means.machines(),
                new Surveyor(observer, means.surroundings(), means.mover(), means.inForce()),
                new LastLook(
                        means.surroundings()::node,
                        means.surroundings()::remediations,
                        means.machines()::instance,
                        clock),
                clock);
        this.newest = new ServiceScenes(Machines.NONE, brakePercent, clock.instant());
    }

    /**
     * What services are carried out with.
     *
     * @param inForce the constraints that are acted on: without those that contradict older ones
     */
    public record Means(
            OwnVirtualMachines machines,
            Surroundings surroundings,
            DiskMover mover,
            Function<Snapshot, List<Constraint>> inForce) {}

    /**
     * How a service stands after what was done for it.
     *
     * @param status null when nothing can be told at the moment
     * @param gone the service is being deleted, and nothing that it made is left
     * @param again when to look again if nothing changes
     */
    public record Stand(@Nullable ApplicationServiceStatus status, boolean gone, Duration again) {}

    /**
     * Looks at a service, and does what is to be done now. Idempotent.
     *
     * @throws KubernetesClientException when the API server cannot be reached: what was done is seen at the next look
     */
    public Stand tend(ApplicationService service) {
        if (!observer.ready() || !observer.freshness().fresh()) {
            return new Stand(null, false, NOT_YET);
        }
        String uid = service.getMetadata().getUid();
        ServiceScenes seen = scenes(observer.machines());
        if (!seen.knows(service)) {
            return new Stand(null, false, SOON);
        }
        ServiceScene scene = seen.of(service, outlooks.outlook(uid));
        scenes.put(uid, scene);
        Map<String, ScalingStatus> sizes =
                Scaler.decide(service, scene, application -> observer.load(uid, application), clock.instant());
        Stand stand = carryOut(service, scene);
        boolean resized = sizes.entrySet().stream()
                .anyMatch(each ->
                        each.getValue().virtualMachines() != (int) scene.sizes().get(each.getKey()));
        Duration again = resized ? NOT_YET : sizes.isEmpty() ? stand.again() : shorter(stand.again(), MEASURED_AGAIN);
        return stand.status() == null ? stand : new Stand(Scaler.told(stand.status(), sizes), stand.gone(), again);
    }

    private Stand carryOut(ApplicationService service, ServiceScene scene) {
        String uid = service.getMetadata().getUid();
        Decision decision = Course.decide(service, scene, taker.memory(uid), now());
        if (!decision.steps().isEmpty() && leadership.leading()) {
            boolean learnt;
            try {
                learnt = taker.take(service, decision.steps(), leadership::confirmed);
            } catch (KubernetesClientException unavailable) {
                // How the service stands is told all the same.
                LOG.warnf(
                        "Not all could be done for the service (%s/%s): %s",
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName(),
                        KubeVirtApi.said(unavailable));
                return new Stand(decision.status(), false, TRY_AGAIN);
            }
            if (learnt) {
                decision = Course.decide(service, scene, taker.memory(uid), now());
                return new Stand(decision.status(), false, NOT_YET);
            }
        }
        boolean gone = scene.deleting() && decision.gone() && !taker.anythingLeft(service);
        return new Stand(decision.status(), gone, decision.gone() && scene.deleting() ? NOT_YET : decision.again());
    }

    /** Made once for what the caches show, whoever asks. */
    private synchronized ServiceScenes scenes(Machines seen) {
        if (!newest.isOf(seen)) {
            newest = new ServiceScenes(seen, brakePercent, clock.instant());
        }
        return newest;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Relocations.Clock now() {
        return new Relocations.Clock(clock.instant(), relocationDeadline);
    }

    /** Forgets a service that is gone. */
    public void forget(ApplicationService service) {
        String uid = service.getMetadata().getUid();
        scenes.remove(uid);
        taker.forget(uid);
    }

    /**
     * Calls back for each service for which something is to be seen that was not there when it was tended last.
     *
     * @param quiet how long changes are gathered
     * @param changed is called on a thread of the observer or of the loop
     */
    public void onChange(Duration quiet, Consumer<ApplicationService> changed) {
        Runnable look = () -> {
            if (leadership.leading() && observer.ready()) {
                report(observer.machines(), changed);
            }
        };
        observer.onChange(quiet, look);
        outlooks.onChange(look);
    }

    private void report(Machines seen, Consumer<ApplicationService> changed) {
        ServiceScenes all = scenes(seen);
        for (ApplicationService service : seen.services()) {
            String uid = service.getMetadata().getUid();
            if (!Objects.equals(scenes.get(uid), all.of(service, outlooks.outlook(uid)))) {
                changed.accept(service);
            }
        }
    }
}
