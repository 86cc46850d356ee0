package dev.drover.plan;

import dev.drover.model.Cluster;
import dev.drover.model.Migration;
import dev.drover.model.VmId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the migrations in flight, everyone's, and those that were started since. Not safe for threads. */
public final class InFlight {
    private final Map<String, Integer> leaving = new HashMap<>();
    private final Map<String, Integer> entering = new HashMap<>();
    private int all;

    /** Those that {@code now} shows. */
    public static InFlight in(Cluster now) {
        InFlight result = new InFlight();
        Map<VmId, Integer> index = now.vmIndex();
        for (Migration migration : now.migrations()) {
            if (migration.inFlight()) {
                Integer vm = index.get(migration.vm());
                String from = migration.source() == null && vm != null
                        ? now.vms().get(vm).node()
                        : migration.source();
                result.add(from, migration.target());
            }
        }
        return result;
    }

    /** One more, which {@code now} does not show. */
    public void add(@Nullable String from, @Nullable String to) {
        all++;
        if (from != null) {
            leaving.merge(from, 1, Integer::sum);
        }
        if (to != null) {
            entering.merge(to, 1, Integer::sum);
        }
    }

    public int all() {
        return all;
    }

    int leaving(String node) {
        return leaving.getOrDefault(node, 0);
    }

    int entering(String node) {
        return entering.getOrDefault(node, 0);
    }
}
