package dev.drover.reconcile;

import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.model.VmId;
import java.util.List;
import java.util.Map;

/**
 * What came of one cycle.
 *
 * @param outcomes of each policy
 * @param orders what is to be told of people's orders that are not done with
 */
record Acted(List<PoolOutcome> outcomes, Map<VmId, OrderedMove> orders) {
    static final Acted NOTHING = new Acted(List.of(), Map.of());

    Acted {
        outcomes = List.copyOf(outcomes);
        orders = Map.copyOf(orders);
    }
}
