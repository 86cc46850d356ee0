package dev.drover.execute;

import dev.drover.kubevirt.LiveMoves;
import dev.drover.kubevirt.MigrationOrder;
import dev.drover.kubevirt.SlimNode;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.model.Migration;
import dev.drover.model.Node;
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
     * @throws KubernetesClientException when the API server cannot be reached: nothing is known then, the next cycle looks again
     */
    public Started start(String plan, Move move) {
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
        return create(plan, move, instance.get(), target.get());
    }

    private Started create(String plan, Move move, VirtualMachineInstance instance, SlimNode target) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<VirtualMachineInstanceMigration> migrations =
                    kubevirt.migrationsOf(move.vm().namespace(), move.vm().name());
            Optional<VirtualMachineInstanceMigration> inFlight =
                    migrations.stream().filter(migration -> !migration.ended()).findFirst();
            if (inFlight.isPresent()) {
                return adopt(plan, move, inFlight.get());
            }
            String newest = migrations.stream()
                    .max(Comparator.comparing((VirtualMachineInstanceMigration migration) ->
                                    migration.getMetadata().getCreationTimestamp())
                            .thenComparing(migration -> migration.getMetadata().getUid()))
                    .map(migration -> migration.getMetadata().getUid())
                    .orElse("");
            MigrationOrder order =
                    order(plan, move, MigrationName.of(instance.getMetadata().getUid(), newest), target);
            Optional<Started> started = send(instance, move, order);
            if (started.isPresent()) {
                return started.get();
            }
        }
        return new Started.Later("Migrations of the virtual machine (" + move.vm() + ") come and go too fast.");
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
                    Optional.of(new Started.Later("KubeVirt refused the migration: " + error.getMessage()));
                default -> throw error;
            };
        }
    }

    private static Started adopt(String plan, Move move, VirtualMachineInstanceMigration inFlight) {
        Map<String, String> annotations = inFlight.getMetadata().getAnnotations();
        boolean same =
                annotations != null && (plan + "/" + move.id()).equals(annotations.get(Migration.MOVE_ANNOTATION));
        if (same) {
            return new Started.Running(
                    inFlight.getMetadata().getName(),
                    Instant.parse(inFlight.getMetadata().getCreationTimestamp()));
        }
        return new Started.Later("Another migration (%s) of the virtual machine (%s) is in flight."
                .formatted(inFlight.getMetadata().getName(), move.vm()));
    }

    private static MigrationOrder order(String plan, Move move, String name, SlimNode target) {
        Map<String, String> labels = target.getMetadata().getLabels();
        String hostname = labels == null ? move.to() : labels.getOrDefault(Node.HOSTNAME_LABEL, move.to());
        return new MigrationOrder(
                move.vm().namespace(),
                name,
                move.vm().name(),
                hostname,
                Map.of(),
                Map.of(Migration.MOVE_ANNOTATION, plan + "/" + move.id()));
    }

    private static String identity(VirtualMachineInstance instance) {
        return instance.virtualMachineUid().orElse(instance.getMetadata().getUid());
    }
}
