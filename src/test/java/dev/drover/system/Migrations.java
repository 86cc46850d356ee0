package dev.drover.system;

import dev.drover.kubevirt.VirtualMachineInstanceMigration;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every migration that was ever created, whoever created it: KubeVirt keeps only some of those that have ended, and a cancelled one
 * vanishes at once.
 */
public final class Migrations implements AutoCloseable {
    private final Map<String, Seen> byUid = new LinkedHashMap<>();
    private final SharedIndexInformer<VirtualMachineInstanceMigration> informer;

    private Migrations(Testbed testbed) {
        informer = testbed.client()
                .resources(VirtualMachineInstanceMigration.class)
                .inAnyNamespace()
                .inform(new Handler());
    }

    /** From now on, and those that there are. */
    public static Migrations record(Testbed testbed) {
        return new Migrations(testbed);
    }

    /**
     * How a migration was seen last.
     *
     * @param ours Drover created it
     * @param phase empty until KubeVirt has seen it
     * @param to the value of the hostname label that its target must have; empty for those of others
     */
    public record Seen(String name, String vm, boolean ours, String phase, String to) {
        private static final String HOSTNAME = "kubernetes.io/hostname";

        static Seen of(VirtualMachineInstanceMigration migration) {
            return new Seen(
                    migration.getMetadata().getName(),
                    migration.getSpec().vmiName(),
                    migration.ours(),
                    Objects.requireNonNullElse(migration.getStatus().phase(), ""),
                    migration.getSpec().addedNodeSelector().getOrDefault(HOSTNAME, ""));
        }
    }

    /** In the order of their creation. */
    public synchronized List<Seen> all() {
        return List.copyOf(byUid.values());
    }

    public List<Seen> ours() {
        return all().stream().filter(Seen::ours).toList();
    }

    public List<Seen> of(String vm) {
        return all().stream().filter(seen -> seen.vm().equals(vm)).toList();
    }

    private synchronized void see(VirtualMachineInstanceMigration migration) {
        byUid.put(migration.getMetadata().getUid(), Seen.of(migration));
    }

    private final class Handler implements ResourceEventHandler<VirtualMachineInstanceMigration> {
        @Override
        public void onAdd(VirtualMachineInstanceMigration migration) {
            see(migration);
        }

        @Override
        public void onUpdate(VirtualMachineInstanceMigration before, VirtualMachineInstanceMigration migration) {
            see(migration);
        }

        @Override
        public void onDelete(VirtualMachineInstanceMigration migration, boolean stale) {
            see(migration);
        }
    }

    @Override
    public void close() {
        informer.stop();
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
