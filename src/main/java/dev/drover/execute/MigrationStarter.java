package dev.drover.execute;

import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.LiveMoves;
import dev.drover.kubevirt.MigrationOrder;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Migration;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import dev.drover.observe.Ledger;
import dev.drover.observe.Reservation;
import dev.drover.plan.Move;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts one live move: the only place that creates a migration. Everything that the decision rests on is read from the API server
 * once more, right before the write (P1, P7, P8). Called by the loop's thread only.
 */
public final class MigrationStarter {
    private static final int ATTEMPTS = 3;

    /** How long a migration counts at its target before any object shows it. */
    private static final Duration RESERVED = Duration.ofSeconds(60);

    private final LiveMoves kubevirt;
    private final Ledger ledger;
    private final Leadership leadership;
    private final InstantSource clock;

    public MigrationStarter(LiveMoves kubevirt, Ledger ledger, Leadership leadership, InstantSource clock) {
        this.kubevirt = kubevirt;
        this.ledger = ledger;
        this.leadership = leadership;
        this.clock = clock;
    }

    /**
     * @param plan the name of the MigrationPlan that orders the move
     * @param lastOutcome the migration of that virtual machine whose outcome was entered last; empty when there is none
     * @throws KubernetesClientException when the API server cannot be reached: nothing is known then, the next cycle looks again
     */
    public Started start(String plan, Move move, String lastOutcome) {
        if (!leadership.confirmed()) {
            return new Started.Later("This replica no longer holds the lease.");
        }
        Optional<VirtualMachineInstance> instance =
                kubevirt.instance(move.vm().namespace(), move.vm().name());
        Optional<SlimNode> target = kubevirt.node(move.to());
        if (instance.isEmpty() || instance.get().getMetadata().getDeletionTimestamp() != null) {
            return new Started.Void("The virtual machine (" + move.vm() + ") is gone or stopping.");
        }
        if (!move.vmUid().equals(identity(instance.get()))) {
            return new Started.Void(
                    "The virtual machine (" + move.vm() + ") is another one of the same name than the plan means.");
        }
        if (!move.from().equals(instance.get().getStatus().nodeName())) {
            return new Started.Void("The virtual machine (%s) runs on the node (%s), no longer on (%s)."
                    .formatted(move.vm(), instance.get().getStatus().nodeName(), move.from()));
        }
        if (target.isEmpty()
                || !target.get().getStatus().ready()
                || target.get().getSpec().unschedulable()) {
            return new Started.Void("The target node (" + move.to() + ") is gone, not ready or cordoned.");
        }
        return create(new Task(plan, move, lastOutcome), instance.get(), target.get());
    }

    /** One move that is to be made once. */
    private record Task(String plan, Move move, String lastOutcome) {

        /** The annotation of the migration that carries it out. */
        String mark() {
            return plan + "/" + move.id();
        }

        boolean isDoneBy(VirtualMachineInstanceMigration migration) {
            Map<String, String> annotations = migration.getMetadata().getAnnotations();
            return annotations != null && mark().equals(annotations.get(Migration.MOVE_ANNOTATION));
        }
    }

    private Started create(Task task, VirtualMachineInstance instance, SlimNode target) {
        VmId vm = task.move().vm();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<VirtualMachineInstanceMigration> migrations = kubevirt.migrationsOf(vm.namespace(), vm.name());
            Optional<Started> made = madeBefore(task, migrations);
            if (made.isPresent()) {
                return made.get();
            }
            String name = MigrationName.of(instance.getMetadata().getUid(), newest(migrations), task.lastOutcome());
            Optional<Started> started = send(instance, task.move(), order(task, name, target));
            if (started.isPresent()) {
                return started.get();
            }
        }
        return new Started.Later("Migrations of the virtual machine (" + vm + ") come and go too fast.");
    }

    /** A migration of this very move is adopted, ended or not: the loop settles it. Any other in flight is waited for (P1). */
    private static Optional<Started> madeBefore(Task task, List<VirtualMachineInstanceMigration> migrations) {
        Optional<Started> own = migrations.stream()
                .filter(task::isDoneBy)
                .findFirst()
                .map(migration -> new Started.Running(
                        migration.getMetadata().getName(),
                        Instant.parse(migration.getMetadata().getCreationTimestamp())));
        return own.or(() -> migrations.stream()
                .filter(migration -> !migration.ended())
                .findFirst()
                .map(other -> new Started.Later("Another migration (%s) of the virtual machine (%s) is in flight."
                        .formatted(other.getMetadata().getName(), task.move().vm()))));
    }

    private static String newest(List<VirtualMachineInstanceMigration> migrations) {
        return migrations.stream()
                .max(Comparator.comparing((VirtualMachineInstanceMigration migration) ->
                                migration.getMetadata().getCreationTimestamp())
                        .thenComparing(migration -> migration.getMetadata().getUid()))
                .map(migration -> migration.getMetadata().getUid())
                .orElse("");
    }

    private Optional<Started> send(VirtualMachineInstance instance, Move move, MigrationOrder order) {
        String uid = instance.getMetadata().getUid();
        Instant now = clock.instant();
        ledger.reserve(Reservation.migration(uid, move.to(), order.name(), now.plus(RESERVED)));
        try {
            VirtualMachineInstanceMigration created = kubevirt.createMigration(order);
            return Optional.of(new Started.Running(
                    order.name(), Instant.parse(created.getMetadata().getCreationTimestamp())));
        } catch (KubernetesClientException error) {
            ledger.release(uid);
            return switch (error.getCode()) {
                // Somebody was here before: read again, then adopt it or compute the next name.
                case HttpURLConnection.HTTP_CONFLICT -> Optional.empty();
                case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422 ->
                    Optional.of(new Started.Refused("The migration was refused: " + KubeVirtApi.said(error)));
                default -> throw error;
            };
        }
    }

    private static MigrationOrder order(Task task, String name, SlimNode target) {
        Move move = task.move();
        Map<String, String> labels = target.getMetadata().getLabels();
        String hostname = labels == null ? move.to() : labels.getOrDefault(Node.HOSTNAME_LABEL, move.to());
        return new MigrationOrder(
                move.vm().namespace(),
                name,
                move.vm().name(),
                hostname,
                Map.of(),
                Map.of(Migration.MOVE_ANNOTATION, task.mark()));
    }

    private static String identity(VirtualMachineInstance instance) {
        return instance.virtualMachineUid().orElse(instance.getMetadata().getUid());
    }
}
