package dev.drover.observe;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.kubevirt.VirtualMachine;
import dev.drover.model.Selector;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which virtual machine belongs to which application of which service, for all who ask: one that a service has made to that one, by its
 * {@link Mark}; any other to the oldest service of which a selector matches the labels of its template, and there to the first such
 * application. Made for what the caches show at one instant, in a time that grows with the virtual machines. Immutable.
 */
public final class ServiceMembers {

    /** Where a virtual machine belongs. */
    public record Member(ApplicationService service, Application application) {}

    /**
     * What a service has, and what it would like to have.
     *
     * @param made what carries its mark, of applications that are gone too
     * @param adopted by application
     * @param elsewhere what its selectors match and somebody else has: the name of that service, by the name of the virtual machine
     */
    public record Holding(
            List<VirtualMachine> made, Map<String, List<VirtualMachine>> adopted, Map<String, String> elsewhere) {
        private Holding() {
            this(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        }
    }

    private final Map<String, Claims<Member>> claims = new HashMap<>();
    private final Map<VmId, ApplicationService> byName = new HashMap<>();
    private final Map<String, ApplicationService> byUid = new HashMap<>();
    private final Map<String, Holding> holdings = new HashMap<>();
    private final Map<VmId, Member> members = new HashMap<>();
    private final Set<VmId> known = new HashSet<>();

    /**
     * @param services oldest first
     * @param machines all that there are
     */
    public ServiceMembers(List<ApplicationService> services, List<VirtualMachine> machines) {
        services.forEach(this::claim);
        machines.forEach(this::assign);
    }

    private void claim(ApplicationService service) {
        byName.put(id(service), service);
        byUid.put(service.getMetadata().getUid(), service);
        holdings.put(service.getMetadata().getUid(), new Holding());
        for (Application application : service.getSpec().applications()) {
            if (application.virtualMachines().selector() != null) {
                Selector selector =
                        SelectorReader.read(application.virtualMachines().selector());
                claims.computeIfAbsent(service.getMetadata().getNamespace(), _ -> new Claims<>())
                        .add(selector, new Member(service, application));
            }
        }
    }

    private void assign(VirtualMachine machine) {
        known.add(id(machine));
        Mark mark = Mark.of(machine);
        Member owner = null;
        if (!mark.isNone()) {
            owner = made(machine, mark);
        }
        for (Member claimant : claimants(
                machine.getMetadata().getNamespace(),
                machine.getSpec().template().metadata().labels())) {
            Holding holding = holding(claimant.service());
            if (!mark.isNone()) {
                holding.elsewhere().put(machine.getMetadata().getName(), madeFor(machine, mark));
            } else if (owner == null) {
                owner = claimant;
                holding.adopted()
                        .computeIfAbsent(claimant.application().name(), _ -> new ArrayList<>())
                        .add(machine);
            } else if (owner.service() != claimant.service()) {
                holding.elsewhere()
                        .put(
                                machine.getMetadata().getName(),
                                owner.service().getMetadata().getName());
            }
        }
        if (owner != null) {
            members.put(id(machine), owner);
        }
    }

    /** Null when the service does not have that application any more, or is gone itself. */
    private @Nullable Member made(VirtualMachine machine, Mark mark) {
        ApplicationService service = byUid.get(mark.serviceUid());
        if (service == null) {
            return null;
        }
        holding(service).made().add(machine);
        return service.getSpec().applications().stream()
                .filter(application -> application.name().equals(mark.application()))
                .findFirst()
                .map(application -> new Member(service, application))
                .orElse(null);
    }

    private String madeFor(VirtualMachine machine, Mark mark) {
        ApplicationService service = byUid.get(mark.serviceUid());
        Map<String, String> labels = machine.getMetadata().getLabels();
        return service != null
                ? service.getMetadata().getName()
                : labels == null ? "" : labels.getOrDefault(Application.SERVICE_LABEL, "");
    }

    /** The applications whose selectors match, those of older services first. */
    private List<Member> claimants(String namespace, Map<String, String> labels) {
        Claims<Member> there = claims.get(namespace);
        return there == null ? List.of() : there.matching(labels);
    }

    private Holding holding(ApplicationService service) {
        return holdings.get(service.getMetadata().getUid());
    }

    /** The generation of the service as it was seen; null when it was not. */
    public @Nullable Long generation(ApplicationService service) {
        ApplicationService seen = byUid.get(service.getMetadata().getUid());
        return seen == null ? null : seen.getMetadata().getGeneration();
    }

    /** What belongs to the service; nothing when it is not one of those that were there. */
    public Holding of(ApplicationService service) {
        Holding holding = holdings.get(service.getMetadata().getUid());
        return holding == null ? new Holding() : holding;
    }

    /** Null when it belongs to none. */
    public @Nullable Member of(Vm vm) {
        return of(vm.id(), vm.labels());
    }

    /**
     * Null when it belongs to none.
     *
     * @param labels of its instance or its pod: they count as long as its virtual machine has not been seen
     */
    public @Nullable Member of(VmId vm, Map<String, String> labels) {
        return known.contains(vm) ? members.get(vm) : byLabels(vm.namespace(), labels);
    }

    private @Nullable Member byLabels(String namespace, Map<String, String> labels) {
        String name = labels.get(Application.SERVICE_LABEL);
        ApplicationService service = name == null ? null : byName.get(new VmId(namespace, name));
        String applicationName = labels.getOrDefault(Application.APPLICATION_LABEL, "");
        Application application = service == null
                ? null
                : service.getSpec().applications().stream()
                        .filter(one -> one.virtualMachines().template() != null
                                && one.name().equals(applicationName))
                        .findFirst()
                        .orElse(null);
        if (application != null) {
            return new Member(service, application);
        }
        List<Member> claimants = claimants(namespace, labels);
        return claimants.isEmpty() ? null : claimants.getFirst();
    }

    private static VmId id(HasMetadata object) {
        return new VmId(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }
}
