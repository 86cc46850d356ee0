package dev.drover.service;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.Relocation;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import dev.drover.constraint.CompiledRules;
import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintCompiler;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.Surroundings;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.observe.Observer;
import dev.drover.observe.SelectorReader;
import dev.drover.observe.Snapshot;
import dev.drover.placement.Goal;
import dev.drover.placement.NodeRank;
import dev.drover.placement.StartPlacement;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools;
import dev.drover.service.Survey.Finding;
import dev.drover.service.disk.DiskMover;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds out whether, and where to, a virtual machine of a service can be relocated by a stop and a start. Writes nothing. */
final class Surveyor {
    private final Observer observer;
    private final Surroundings surroundings;
    private final DiskMover mover;
    private final Function<Snapshot, List<Constraint>> inForce;

    Surveyor(
            Observer observer,
            Surroundings surroundings,
            DiskMover mover,
            Function<Snapshot, List<Constraint>> inForce) {
        this.observer = observer;
        this.surroundings = surroundings;
        this.mover = mover;
        this.inForce = inForce;
    }

    DiskMover mover() {
        return mover;
    }

    /** One question with what it is asked about. */
    private record Question(Snapshot snapshot, int vm, Pools.Pool pool, String target) {
        Vm machine() {
            return snapshot.cluster().vms().get(vm);
        }

        String from() {
            return String.valueOf(machine().node());
        }

        Node node(String name) {
            return snapshot.cluster().nodes().get(snapshot.cluster().nodeIndex().get(name));
        }
    }

    /** @throws KubernetesClientException when the API server cannot be reached */
    Finding find(ApplicationService service, Step.Inspect asked) {
        Snapshot snapshot = observer.snapshot();
        VmId id = new VmId(service.getMetadata().getNamespace(), asked.machine());
        Integer vm = snapshot.cluster().vmIndex().get(id);
        String node = vm == null ? null : snapshot.cluster().vms().get(vm).node();
        Integer index = node == null ? null : snapshot.cluster().nodeIndex().get(node);
        if (vm == null || node == null || index == null) {
            return new Finding.Impossible(RelocationFault.ORDER_NOT_FIT, "It does not run on any node.");
        }
        if (snapshot.cluster().vms().get(vm).migratability().live()) {
            return new Finding.Later("It can move live, so it is moved and not stopped.");
        }
        if (node.equals(asked.target())) {
            return new Finding.Impossible(
                    RelocationFault.ORDER_NOT_FIT, "It is on the node (%s) already.".formatted(node));
        }
        Optional<Pools.Pool> pool = snapshot.pools().pools().stream()
                .filter(each -> each.nodes().get(index))
                .findFirst();
        if (pool.isEmpty()) {
            return forbidden("No PlacementPolicy governs the node (%s). Add one.".formatted(node));
        }
        String turn = RelocationTurn.before(service, snapshot.services());
        if (!turn.isEmpty()) {
            return new Finding.Later(turn);
        }
        Question question = new Question(snapshot, vm, pool.get(), asked.target());
        String prohibition = prohibition(question, service, asked.application());
        return prohibition.isEmpty() ? inspect(question) : forbidden(prohibition);
    }

    private static Finding forbidden(String why) {
        return new Finding.Impossible(RelocationFault.NOT_ALLOWED, why);
    }

    /** Why it may not be stopped for it (P3); empty when it may. */
    private static String prohibition(Question question, ApplicationService service, String application) {
        if (question.pool().policy().mode() == Policy.Mode.OFF) {
            return "The PlacementPolicy (%s) has mode Off."
                    .formatted(question.pool().policy().name());
        }
        VirtualMachineProfile profile =
                question.snapshot().profileOf().get(question.machine().id());
        Relocation profiled =
                profile == null ? Relocation.INHERIT : profile.getSpec().relocation();
        if (profile != null && (profiled == Relocation.NEVER || profiled == Relocation.LIVE)) {
            return "The profile (%s) does not allow it: its relocation is not LiveOrCold."
                    .formatted(profile.getMetadata().getName());
        }
        Optional<Application> asked = service.getSpec().applications().stream()
                .filter(each -> each.name().equals(application))
                .findFirst();
        if (asked.filter(Application::restartedByDrover).isPresent()) {
            return "Its application (%s) has recovery.restartedBy Drover, for which there is no relocation yet."
                    .formatted(application);
        }
        return asked.filter(each -> each.relocation() == Relocation.LIVE_OR_COLD)
                        .isPresent()
                ? ""
                : "KubeVirt cannot move it live (%s), and it may be stopped for it only when relocation of the application (%s) is LiveOrCold."
                        .formatted(question.machine().migratability().reason(), application);
    }

    private Finding inspect(Question question) {
        VmId id = question.machine().id();
        String budget = budget(id.namespace(), question.machine().labels());
        if (!budget.isEmpty()) {
            return forbidden(budget);
        }
        DataReach reach = DataReach.of(surroundings, id, mover.obstacle());
        return reach.refusal().isEmpty()
                ? choose(question, reach)
                : new Finding.Impossible(RelocationFault.DATA_NOT_MOVABLE, reach.refusal());
    }

    /** KubeVirt makes budgets of its own for what it migrates: they are no word of a person. */
    private String budget(String namespace, Map<String, String> labels) {
        return surroundings.budgets(namespace).stream()
                .filter(budget -> budget.getMetadata().getOwnerReferences().isEmpty()
                        && SelectorReader.read(budget.getSpec().getSelector()).matches(labels)
                        && allowed(budget) <= 0)
                .findFirst()
                .map(HasMetadata::getMetadata)
                .map(budget -> "The PodDisruptionBudget (%s) allows no disruption now.".formatted(budget.getName()))
                .orElse("");
    }

    private static int allowed(PodDisruptionBudget budget) {
        Integer allowed = budget.getStatus() == null ? null : budget.getStatus().getDisruptionsAllowed();
        return allowed == null ? 0 : allowed;
    }

    /** The best node that takes it and reaches its data, else the best one to which its data can be copied; or the one asked for. */
    private Finding choose(Question question, DataReach reach) {
        Cluster cluster = question.snapshot().cluster();
        CompiledRules rules = ConstraintCompiler.compile(cluster, inForce.apply(question.snapshot()));
        BitSet nodes = question.pool().nodes();
        Goal goal = question.pool().policy().goal();
        List<NodeRank> ranks = StartPlacement.rank(cluster, rules, question.vm(), nodes, goal);
        String obstacles = StartPlacement.obstacles(cluster, rules, question.vm(), nodes, goal);
        Finding worst = new Finding.Impossible(RelocationFault.NO_NODE, nobody(question, obstacles));
        for (NodeRank rank : ranks) {
            boolean asked = question.target().isEmpty() || question.target().equals(rank.node());
            if (asked && !rank.node().equals(question.from())) {
                Finding finding = judge(question, rank, reach);
                boolean best = finding instanceof Finding.Possible possible
                        && possible.disks().isEmpty();
                if (best || !question.target().isEmpty()) {
                    return finding;
                }
                worst = worse(worst, finding);
            }
        }
        return worst;
    }

    private static Finding judge(Question question, NodeRank rank, DataReach reach) {
        if (!rank.obstacle().isEmpty()) {
            return new Finding.Impossible(
                    RelocationFault.NO_NODE,
                    "The node (%s) does not take it: %s".formatted(rank.node(), rank.obstacle()));
        }
        Map<String, String> labels = question.node(rank.node()).labels();
        String obstacle = reach.obstacle(rank.node(), labels);
        return obstacle.isEmpty()
                ? new Finding.Possible(question.from(), rank.node(), reach.copies(labels))
                : new Finding.Impossible(RelocationFault.DATA_NOT_MOVABLE, obstacle);
    }

    /** What can be done says the most, then what the best node lacks; data says more than room. */
    private static Finding worse(Finding first, Finding other) {
        if (first instanceof Finding.Possible || other instanceof Finding.Possible) {
            return first instanceof Finding.Possible ? first : other;
        }
        return other instanceof Finding.Impossible impossible
                        && impossible.fault() == RelocationFault.DATA_NOT_MOVABLE
                        && !(first instanceof Finding.Impossible said
                                && said.fault() == RelocationFault.DATA_NOT_MOVABLE)
                ? other
                : first;
    }

    private static String nobody(Question question, String obstacles) {
        return question.target().isEmpty()
                ? "No other node takes it (%s).".formatted(obstacles)
                : "The policy (%s) of its node governs no node (%s)."
                        .formatted(question.pool().policy().name(), question.target());
    }

    /** The label by which it is told to run there; empty when it cannot start there now. */
    Optional<String> hostname(String node) {
        return surroundings
                .node(node)
                .filter(found -> found.getStatus().ready() && !found.getSpec().unschedulable())
                .map(Surveyor::hostname);
    }

    private static String hostname(SlimNode node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null
                ? node.getMetadata().getName()
                : labels.getOrDefault(Node.HOSTNAME_LABEL, node.getMetadata().getName());
    }
}
