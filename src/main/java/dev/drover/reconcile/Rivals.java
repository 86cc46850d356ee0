package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Fault;
import dev.drover.model.Node;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.BalanceReason;
import dev.drover.status.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells when something else, such as a descheduler, undoes what Drover does: the two would move the same virtual machines for ever. */
final class Rivals {
    private static final Duration WINDOW = Duration.ofHours(1);
    /** One or two may be a person, who knows something that we do not. */
    private static final int MANY = 3;

    private Rivals() {}

    static List<Fault> of(View view, Pool pool, Histories histories) {
        Instant since = view.now().minus(WINDOW);
        Map<String, Integer> nodes = view.cluster().nodeIndex();
        List<VmId> undone = new ArrayList<>();
        for (Vm vm : view.cluster().vms()) {
            Integer left = nodes.get(histories.of(vm).undone(since));
            if (left != null
                    && pool.nodes().get(left)
                    && isInService(view.cluster().nodes().get(left))) {
                undone.add(vm.id());
            }
        }
        if (undone.size() < MANY) {
            return List.of();
        }
        String message =
                "Within the last hour others moved (%d) virtual machines away from where Drover had put them, for example %s. %s"
                        .formatted(undone.size(), undone.getFirst(), BalanceReason.OTHERS_MOVE.remedy());
        return List.of(new Fault(pool.policy().name(), BalanceReason.OTHERS_MOVE.value(), Message.fitting(message)));
    }

    /** Whoever empties a node that is out of service does what should be done. */
    private static boolean isInService(Node node) {
        return node.ready() && !node.cordoned();
    }
}
