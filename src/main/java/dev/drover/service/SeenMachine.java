package dev.drover.service;

import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.LastMove;
import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.ResourceDemand;
import dev.drover.api.v1alpha1.Supervision;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine that a service has, adopts, or meets under a name that it wants.
 *
 * @param ours whether the service made it
 * @param application that it was made for; empty when it was not made by a service
 * @param deleting it is being deleted
 * @param applied the digest of what Drover applied last; empty when nothing
 * @param runStrategy as it stands in its spec; empty when not given
 * @param idle nothing of it runs, and KubeVirt is not going to start it by itself
 * @param silent it has an instance, on a node that is not ready: whether it runs, nobody knows
 * @param moving a migration of it is in flight
 */
record SeenMachine(
        String name,
        String uid,
        boolean ours,
        String application,
        boolean deleting,
        long generation,
        String applied,
        String runStrategy,
        boolean idle,
        boolean silent,
        boolean moving,
        @Nullable SeenInstance instance,
        Served served) {

    /** What the loop has told of it in its VirtualMachinePlacement. */
    record Served(
            @Nullable ResourceDemand demand,
            @Nullable Integer score,
            @Nullable LastMove lastMove,
            @Nullable OrderedMove ordered) {
        static final Served UNKNOWN = new Served(null, null, null, null);
    }

    boolean running() {
        return instance != null && instance.running() && !instance.over() && !silent;
    }

    /** Something of it is still on a node, or about to be: also what is just ending. */
    boolean present() {
        return instance != null;
    }

    /** Whether it runs, as far as that can be told. */
    ConditionStatus told() {
        return silent ? ConditionStatus.UNKNOWN : running() ? ConditionStatus.TRUE : ConditionStatus.FALSE;
    }

    ConditionStatus applicationReady() {
        if (silent) {
            return ConditionStatus.UNKNOWN;
        }
        if (instance == null || !running()) {
            return ConditionStatus.FALSE;
        }
        return instance.ready();
    }

    /** Ready, as the service counts it. */
    boolean ready(Supervision supervision) {
        return switch (supervision) {
            case APPLICATION -> applicationReady() == ConditionStatus.TRUE;
            case VIRTUAL_MACHINE -> running();
        };
    }

    /** It is to run, whether it does or not. */
    boolean toldToRun() {
        return !runStrategy.equals(TemplatedMachine.HALTED);
    }
}
