package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.OwnVirtualMachines;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.observe.Mark;
import dev.drover.service.disk.DiskTask;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Makes the writes that were decided, and remembers which were not taken, and why. */
final class StepTaker {
    private static final Logger LOG = Logger.getLogger(StepTaker.class);
    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_LABEL = 63;
    private static final String TAKEN = "There is one of this name that the service did not make.";

    private final OwnVirtualMachines machines;
    private final Surveyor surveyor;
    private final LastLook lastLook;
    private final InstantSource clock;
    private final Map<String, Learnt> learnt = new ConcurrentHashMap<>();

    StepTaker(OwnVirtualMachines machines, Surveyor surveyor, LastLook lastLook, InstantSource clock) {
        this.machines = machines;
        this.surveyor = surveyor;
        this.lastLook = lastLook;
        this.clock = clock;
    }

    /** What is known of one service; used by one thread at a time. */
    private record Learnt(
            Map<String, Memory.Verdict> verdicts,
            Map<String, Memory.Setback> setbacks,
            Map<String, Long> known,
            Map<String, Memory.Started> started,
            Map<String, Survey> surveys,
            Map<String, Copying> disks) {
        Learnt() {
            this(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        }
    }

    Memory memory(String serviceUid) {
        Learnt known = learnt.get(serviceUid);
        return known == null
                ? Memory.NONE
                : new Memory(
                        known.verdicts(),
                        known.setbacks(),
                        known.known(),
                        known.started(),
                        known.surveys(),
                        known.disks());
    }

    void forget(String serviceUid) {
        learnt.remove(serviceUid);
    }

    /**
     * Takes all steps, also when some of them are refused, for as long as this process may act.
     *
     * @param mayAct asked before each write (P7)
     * @return whether something was learnt that the decision did not know
     * @throws KubernetesClientException when the API server does not answer as it should
     */
    boolean take(ApplicationService service, List<Step> steps, BooleanSupplier mayAct) {
        Learnt known = learnt.computeIfAbsent(service.getMetadata().getUid(), _ -> new Learnt());
        Map<String, Memory.Setback> before = Map.copyOf(known.setbacks());
        boolean checked = false;
        for (Step step : steps) {
            boolean writes = !(step instanceof Step.Check || step instanceof Step.Inspect);
            if (writes && !mayAct.getAsBoolean()) {
                break;
            }
            switch (step) {
                case Step.Check check -> {
                    check(known, check);
                    checked = true;
                }
                case Step.Inspect inspect -> {
                    inspect(service, known, inspect);
                    checked = true;
                }
                case Step.Disks disks -> {
                    DiskTask task = disks.task();
                    known.disks()
                            .put(
                                    disks.machine(),
                                    new Copying(
                                            task.ordered(),
                                            disks.state(),
                                            surveyor.mover().advance(task, mayAct),
                                            clock.instant()));
                    checked = true;
                }
                case Step.Apply apply -> apply(service, known, apply);
                case Step.Start start -> start(service, known, start);
                case Step.StartOn start -> startOn(service, known, start);
                case Step.Rescue rescue -> rescue(service, known, rescue);
                case Step.Halt halt -> halt(service.getMetadata().getNamespace(), halt);
                case Step.Delete delete -> delete(service.getMetadata().getNamespace(), known, delete);
            }
        }
        return checked || !before.equals(known.setbacks());
    }

    private void start(ApplicationService service, Learnt known, Step.Start start) {
        String namespace = service.getMetadata().getNamespace();
        String name = start.machine();
        // The cache may be behind: what has its name by now is not started.
        boolean same = machines.read(namespace, name)
                .filter(machine -> start.uid().equals(machine.getMetadata().getUid()))
                .isPresent();
        if (!same) {
            return;
        }
        String refusal = lastLook.against(service, name);
        if (refusal.isEmpty()) {
            refusal = started(namespace, name);
        }
        if (!refusal.isEmpty()) {
            known.setbacks().put(name, Memory.Setback.ofStart(start.uid(), refusal, clock.instant()));
            return;
        }
        known.setbacks().remove(name);
        known.started()
                .compute(
                        name,
                        (_, before) ->
                                before == null ? Memory.Started.once(clock.instant()) : before.again(clock.instant()));
        LOG.infof(
                "Started the virtual machine (%s/%s) of the service (%s), which did not run.",
                namespace, name, service.getMetadata().getName());
    }

    /** One that is refused keeps no other from being started. */
    private String started(String namespace, String name) {
        try {
            return machines.start(namespace, name)
                    ? ""
                    : "KubeVirt did not start it: it says that it runs or is being started.";
        } catch (KubernetesClientException error) {
            return error.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR ? KubeVirtApi.said(error) : refusal(error);
        }
    }

    private void inspect(ApplicationService service, Learnt known, Step.Inspect inspect) {
        Survey.Finding finding;
        try {
            finding = surveyor.find(service, inspect);
        } catch (KubernetesClientException error) {
            finding = new Survey.Finding.Impossible(
                    RelocationFault.NOT_ALLOWED, "What stands around it could not be read: " + refusedLookUp(error));
        }
        known.surveys().put(inspect.machine(), new Survey(inspect.ordered(), clock.instant(), finding));
    }

    private void startOn(ApplicationService service, Learnt known, Step.StartOn step) {
        Step.Apply start = step.start();
        Optional<String> hostname = hostname(known, start, step.node());
        if (hostname.isEmpty()) {
            return;
        }
        apply(
                service,
                known,
                new Step.Apply(
                        start.application(),
                        start.machine(),
                        start.digest(),
                        start.generation(),
                        TemplatedMachine.bound(start.body(), hostname.get())));
    }

    /** The label of a node on which it can start now; empty, with a setback, when it cannot. */
    private Optional<String> hostname(Learnt known, Step.Apply start, String node) {
        String why = "The node (%s) is gone, not ready or cordoned.".formatted(node);
        try {
            Optional<String> hostname = surveyor.hostname(node);
            if (hostname.isPresent()) {
                return hostname;
            }
        } catch (KubernetesClientException error) {
            why = refusedLookUp(error);
        }
        setBack(known, start, Memory.Setback.Kind.NODE_UNUSABLE, why);
        return Optional.empty();
    }

    /** What the server says of one look-up that it does not allow or know; anything else says nothing of it. */
    private static String refusedLookUp(KubernetesClientException error) {
        if (error.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                || error.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            return KubeVirtApi.said(error);
        }
        throw error;
    }

    private void rescue(ApplicationService service, Learnt known, Step.Rescue rescue) {
        Step.Apply instead = rescue.instead();
        String own = TemplatedMachine.boundTo(instead.body());
        Optional<String> hostname =
                rescue.node().isEmpty() ? Optional.of(own) : hostname(known, instead, rescue.node());
        if (hostname.isEmpty()) {
            return;
        }
        String namespace = service.getMetadata().getNamespace();
        String uid = instead.body().at("/metadata/uid").asText();
        if (machines.run(namespace, instead.machine(), uid, hostname.get())) {
            LOG.warnf(
                    "The virtual machine (%s/%s) was told to run as it is, since what its template says is not taken.",
                    namespace, instead.machine());
        }
    }

    private void halt(String namespace, Step.Halt halt) {
        if (!machines.halt(namespace, halt.machine(), halt.uid())) {
            LOG.infof(
                    "The virtual machine (%s/%s) was not told to halt: it is not the one any more.",
                    namespace, halt.machine());
        }
    }

    /** An instance that no cache shows yet would be left behind without its virtual machine: the next look sees it. */
    private void delete(String namespace, Learnt known, Step.Delete delete) {
        if (delete.orphan() && machines.hasInstance(namespace, delete.machine())) {
            return;
        }
        machines.delete(namespace, delete.machine(), delete.uid(), delete.orphan());
        known.known().remove(delete.machine());
        known.setbacks().remove(delete.machine());
        known.started().remove(delete.machine());
    }

    /** Whether anything that the service made is there; no cache is asked, since what was made last may not be in it yet. */
    boolean anythingLeft(ApplicationService service) {
        String uid = service.getMetadata().getUid();
        String name = service.getMetadata().getName();
        // A name that is no label is that of a service which only adopts.
        return name.length() <= LONGEST_LABEL
                && machines.withLabel(service.getMetadata().getNamespace(), ServiceLabels.SERVICE, name).stream()
                        .anyMatch(machine -> Mark.of(machine).isOf(uid));
    }

    private void check(Learnt known, Step.Check check) {
        String refusal = "";
        try {
            machines.check(check.body());
        } catch (KubernetesClientException error) {
            refusal = refusal(error);
        }
        known.verdicts().put(check.application(), new Memory.Verdict(check.digest(), refusal, clock.instant()));
    }

    /** Without features.services of the chart. */
    private static String explained(String said) {
        return said.contains("cannot create resource \"virtualmachines\"")
                        || said.contains("cannot patch resource \"virtualmachines\"")
                ? said
                        + " The operator was installed without this right: set features.services of the chart to Enabled, or adopt the virtual machines by a selector."
                : said;
    }

    /** What the server says of this one object; anything else says nothing of it. */
    private static String refusal(KubernetesClientException error) {
        return switch (error.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_NOT_FOUND,
                    HttpURLConnection.HTTP_CONFLICT,
                    UNPROCESSABLE -> explained(KubeVirtApi.said(error));
            default -> throw error;
        };
    }

    private void apply(ApplicationService service, Learnt known, Step.Apply apply) {
        String namespace = service.getMetadata().getNamespace();
        String name = apply.machine();
        // The cache may not show yet what somebody has just made.
        Optional<VirtualMachine> present = apply.generation() == 0 ? machines.read(namespace, name) : Optional.empty();
        if (present.isPresent()
                && !Mark.of(present.get()).isOf(service.getMetadata().getUid())) {
            setBack(known, apply, Memory.Setback.Kind.NAME_TAKEN, TAKEN);
            return;
        }
        String against = startsWhatWasLost(service, apply) ? lastLook.against(service, name) : "";
        if (!against.isEmpty()) {
            setBack(known, apply, Memory.Setback.Kind.REFUSED, against);
            return;
        }
        try {
            long generation = machines.apply(apply.body());
            if (apply.generation() == 0 && present.isEmpty() && generation > 1) {
                machines.release(namespace, name);
                setBack(known, apply, Memory.Setback.Kind.NAME_TAKEN, TAKEN);
                return;
            }
            known.known().put(name, generation);
            known.setbacks().remove(name);
            LOG.infof(
                    "Applied the virtual machine (%s/%s) of the service (%s).",
                    namespace, name, service.getMetadata().getName());
        } catch (KubernetesClientException error) {
            boolean conflict = error.getCode() == HttpURLConnection.HTTP_CONFLICT;
            setBack(known, apply, conflict ? Memory.Setback.Kind.DRIFT : Memory.Setback.Kind.REFUSED, refusal(error));
        }
    }

    /** By its run strategy: KubeVirt would start it at once. */
    private boolean startsWhatWasLost(ApplicationService service, Step.Apply apply) {
        return LastLook.concerns(service, apply.machine())
                && !TemplatedMachine.HALTED.equals(
                        apply.body().at("/spec/runStrategy").asText())
                && machines.read(service.getMetadata().getNamespace(), apply.machine())
                        .map(machine ->
                                TemplatedMachine.HALTED.equals(machine.getSpec().runStrategy()))
                        .orElse(true);
    }

    private void setBack(Learnt known, Step.Apply apply, Memory.Setback.Kind kind, String why) {
        known.setbacks()
                .put(
                        apply.machine(),
                        new Memory.Setback(kind, apply.digest(), apply.generation(), why, clock.instant()));
    }
}
