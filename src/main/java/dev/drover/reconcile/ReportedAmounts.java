package dev.drover.reconcile;

import dev.drover.api.v1alpha1.NodeResources;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.model.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Amounts as statuses write them: in units that a person reads at a glance, and no finer than anybody acts on. */
final class ReportedAmounts {
    private static final long KILO = 1000;
    private static final long MEGA = KILO * KILO;
    private static final int MEBI_BITS = 20;

    private ReportedAmounts() {}

    static ResourceDemand demand(Resources amounts) {
        return new ResourceDemand(
                cpu(amounts.cpuMillis()),
                memory(amounts.memoryBytes()),
                some(amounts, Resources.NETWORK),
                some(amounts, Resources.DISK_IO));
    }

    /** @param offered what there is altogether: throughput of which nobody says how much there is stays out */
    static NodeResources resources(Resources amounts, Resources offered) {
        return new NodeResources(
                cpu(amounts.cpuMillis()),
                memory(amounts.memoryBytes()),
                new Quantity(Long.toString(amounts.get(Resources.PODS))),
                offered.get(Resources.NETWORK) > 0 ? network(amounts.get(Resources.NETWORK)) : null,
                offered.get(Resources.DISK_IO) > 0 ? operations(amounts.get(Resources.DISK_IO)) : null);
    }

    static Quantity cpu(long millis) {
        return new Quantity(Long.toString(millis), "m");
    }

    private static Quantity memory(long bytes) {
        return new Quantity(Long.toString(bytes / (1L << MEBI_BITS)), "Mi");
    }

    private static @Nullable Quantity some(Resources amounts, String name) {
        long amount = amounts.get(name);
        if (amount == 0) {
            return null;
        }
        return name.equals(Resources.NETWORK) ? network(amount) : operations(amount);
    }

    private static Quantity network(long bits) {
        return bits % MEGA == 0
                ? new Quantity(Long.toString(bits / MEGA), "M")
                : new Quantity(Long.toString(Math.ceilDiv(bits, KILO)), "k");
    }

    private static Quantity operations(long perSecond) {
        return new Quantity(Long.toString(perSecond));
    }
}
