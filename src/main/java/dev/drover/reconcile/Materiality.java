package dev.drover.reconcile;

import dev.drover.api.v1alpha1.Condition;
import dev.drover.api.v1alpha1.NodeForecast;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.api.v1alpha1.VirtualMachinePlacementStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a status says something new. Demand and pressure change with every measurement; a write for each would be thousands a minute,
 * so only changes that a reader would act on count.
 */
final class Materiality {
    /** Demand has to change by this share ... */
    private static final BigDecimal SHARE = new BigDecimal("0.2");

    /** ... and by more than this, in cores. */
    private static final BigDecimal CORES = new BigDecimal("0.1");

    private static final BigDecimal BYTES = BigDecimal.valueOf(256L << 20);
    private static final BigDecimal PODS = BigDecimal.TEN;

    /** In bits a second. */
    private static final BigDecimal NETWORK = BigDecimal.valueOf(10_000_000);

    /** In operations a second. */
    private static final BigDecimal DISK_IO = BigDecimal.valueOf(50);

    private static final int PRESSURE_POINTS = 10;
    private static final int SCORE_POINTS = 10;

    private Materiality() {}

    static boolean changed(@Nullable VirtualMachinePlacementStatus before, VirtualMachinePlacementStatus after) {
        return before == null
                || !Objects.equals(before.node(), after.node())
                || !same(before.conditions(), after.conditions())
                || !Objects.equals(before.migratable(), after.migratable())
                || !before.constraints().equals(after.constraints())
                || !same(before.relocation(), after.relocation())
                || far(before.score(), after.score(), SCORE_POINTS)
                || far(before.demand(), after.demand());
    }

    static boolean changed(@Nullable NodeInventoryStatus before, NodeInventoryStatus after) {
        return before == null
                || !same(before.conditions(), after.conditions())
                || !Objects.equals(before.policy(), after.policy())
                || !same(before.allocatable(), after.allocatable())
                || !same(before.required(), after.required())
                || !before.virtualMachineNames().equals(after.virtualMachineNames())
                || far(before.forecast(), after.forecast())
                || far(before.pressurePercent(), after.pressurePercent(), PRESSURE_POINTS)
                || far(before.demand(), after.demand());
    }

    /** Whether what is free has changed by more than somebody who looks for room should be told of. */
    static boolean far(NodeResources before, NodeResources after) {
        return far(before.cpu(), after.cpu(), CORES)
                || far(before.memory(), after.memory(), BYTES)
                || far(before.pods(), after.pods(), PODS)
                || far(before.network(), after.network(), NETWORK)
                || far(before.diskIO(), after.diskIO(), DISK_IO);
    }

    private static boolean same(List<Condition> before, List<Condition> after) {
        return before.equals(after);
    }

    private static boolean same(@Nullable OrderedMove before, @Nullable OrderedMove after) {
        return before == null || after == null ? before == after : before.saysTheSame(after);
    }

    private static boolean same(@Nullable NodeResources before, @Nullable NodeResources after) {
        if (before == null || after == null) {
            return before == after;
        }
        return difference(before.cpu(), after.cpu()).signum() == 0
                && difference(before.memory(), after.memory()).signum() == 0
                && difference(before.pods(), after.pods()).signum() == 0
                && !far(before.network(), after.network(), NETWORK)
                && !far(before.diskIO(), after.diskIO(), DISK_IO)
                && present(before.network()) == present(after.network())
                && present(before.diskIO()) == present(after.diskIO());
    }

    private static boolean far(@Nullable Integer before, @Nullable Integer after, int points) {
        if (before == null || after == null) {
            return before != after;
        }
        return Math.abs(before - after) >= points;
    }

    private static boolean far(@Nullable ResourceDemand before, @Nullable ResourceDemand after) {
        if (before == null || after == null) {
            return before != after;
        }
        return far(before.cpu(), after.cpu(), CORES)
                || far(before.memory(), after.memory(), BYTES)
                || far(before.network(), after.network(), NETWORK)
                || far(before.diskIO(), after.diskIO(), DISK_IO);
    }

    /** When it is expected comes nearer all the time. */
    private static boolean far(@Nullable NodeForecast before, @Nullable NodeForecast after) {
        if (before == null || after == null) {
            return before != after;
        }
        return far(before.cpu(), after.cpu(), CORES);
    }

    private static boolean far(@Nullable Quantity before, @Nullable Quantity after, BigDecimal least) {
        BigDecimal difference = difference(before, after);
        return difference.compareTo(least) > 0
                && difference.compareTo(amount(before).multiply(SHARE)) > 0;
    }

    private static boolean present(@Nullable Quantity quantity) {
        return quantity != null;
    }

    private static BigDecimal difference(@Nullable Quantity before, @Nullable Quantity after) {
        return amount(before).subtract(amount(after)).abs();
    }

    private static BigDecimal amount(@Nullable Quantity quantity) {
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }
}
