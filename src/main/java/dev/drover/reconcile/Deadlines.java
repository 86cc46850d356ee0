package dev.drover.reconcile;

import dev.drover.execute.Ended;
import dev.drover.execute.MigrationEnder;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.model.Migration;
import dev.drover.model.Vm;
import dev.drover.model.VmId;
import dev.drover.plan.History.Pauses;
import dev.drover.plan.PhaseDeadline;
import dev.drover.plan.Policy;
import dev.drover.plan.Pools.Pool;
import dev.drover.status.Events;
import dev.drover.status.MigrationReason;
import dev.drover.status.Reason;
import dev.drover.status.Subject;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends migrations of ours that have been in a phase for too long. Used by the loop's thread only. */
class Deadlines {
    private static final Policy.Deadlines WITHOUT_POLICY = new Policy.Deadlines(
            Duration.ofMinutes(2), Duration.ofSeconds(330), Duration.ofMinutes(2), Duration.ofHours(1));

    private static final Duration COOLDOWN_WITHOUT_POLICY = Duration.ofMinutes(15);

    /** A node on which a migration failed is offered again after this, doubled with each further failure. */
    private static final Duration QUARANTINE = Duration.ofSeconds(60);

    private final MigrationEnder ender;
    private final Settler settler;
    private final Events events;

    Deadlines(MigrationEnder ender, Settler settler, Events events) {
        this.ender = ender;
        this.settler = settler;
        this.events = events;
    }

    /** @return by name of the migration: those that cannot be ended, and why */
    Map<String, String> enforce(View view, Settler.Terms terms) {
        Map<VmId, Integer> vms = view.cluster().vmIndex();
        Map<String, String> stalled = new HashMap<>();
        for (Migration migration : view.cluster().migrations()) {
            if (!migration.ours() || !migration.inFlight()) {
                continue;
            }
            Integer index = vms.get(migration.vm());
            Vm vm = index == null ? null : view.cluster().vms().get(index);
            long over = PhaseDeadline.secondsOver(migration, deadlines(view, vm), view.now());
            if (over >= 0) {
                if (vm != null) {
                    settler.overdue(migration, vm, view.now(), terms);
                }
                end(migration, vm, over, stalled);
            }
        }
        return stalled;
    }

    private void end(Migration migration, @Nullable Vm vm, long secondsOver, Map<String, String> stalled) {
        switch (ended(migration, secondsOver)) {
            case Ended.Stalled stuck -> {
                stalled.put(migration.name(), stuck.why());
                publish(migration, vm, MigrationReason.TARGET_POD_STUCK, stuck.why());
            }
            case Ended.Ending ending ->
                publish(
                        migration,
                        vm,
                        reason(migration.phase()),
                        "The migration (%s) to the node (%s) was too long in phase %s. %s"
                                .formatted(migration.name(), migration.target(), migration.phase(), ending.how()));
        }
    }

    /** One that must not be ended, for lack of the right, does not keep the others from it. */
    private Ended ended(Migration migration, long secondsOver) {
        try {
            return ender.end(migration, Duration.ofSeconds(secondsOver));
        } catch (KubernetesClientException refused) {
            if (!Refusal.isOfOneObject(refused)) {
                throw refused;
            }
            return new Ended.Stalled("The migration (%s) of (%s) is over its deadline and cannot be ended: %s"
                    .formatted(migration.name(), migration.vm(), KubeVirtApi.said(refused)));
        }
    }

    private void publish(Migration migration, @Nullable Vm vm, Reason reason, String note) {
        events.publish(
                new Subject(
                        "kubevirt.io/v1",
                        "VirtualMachine",
                        migration.vm().namespace(),
                        migration.vm().name(),
                        vm == null ? "" : vm.uid()),
                reason,
                "EndMigration",
                note);
    }

    private static Reason reason(Migration.Phase phase) {
        return switch (phase) {
            case UNSET, PENDING, UNKNOWN, SUCCEEDED, FAILED -> MigrationReason.PENDING_DEADLINE;
            case SCHEDULING -> MigrationReason.SCHEDULING_DEADLINE;
            case SCHEDULED, PREPARING_TARGET, TARGET_READY -> MigrationReason.PREPARING_DEADLINE;
            case RUNNING -> MigrationReason.RUNNING_DEADLINE;
        };
    }

    /** How long a virtual machine rests after a move, and a node after a failure. */
    static Pauses pauses(View view, Vm vm) {
        Pool pool = pool(view, vm);
        return new Pauses(pool == null ? COOLDOWN_WITHOUT_POLICY : pool.policy().cooldown(), QUARANTINE);
    }

    static Policy.Deadlines deadlines(View view, @Nullable Vm vm) {
        Pool pool = pool(view, vm);
        return pool == null ? WITHOUT_POLICY : pool.policy().deadlines();
    }

    /** The pool of the node that the virtual machine runs on. */
    static @Nullable Pool pool(View view, @Nullable Vm vm) {
        Integer node = vm == null || vm.node() == null
                ? null
                : view.cluster().nodeIndex().get(vm.node());
        if (node == null) {
            return null;
        }
        return view.pools().pools().stream()
                .filter(pool -> pool.nodes().get(node))
                .findFirst()
                .orElse(null);
    }
}
