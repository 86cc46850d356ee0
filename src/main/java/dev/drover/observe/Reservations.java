package dev.drover.observe;

import dev.drover.model.Migration;
import dev.drover.model.Vm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges the ledger into what the objects show. For one snapshot. */
final class Reservations {

    private final Map<String, Reservation> open;
    private final Set<String> known = new HashSet<>();
    private final Instant now;
    private final List<Reservation> settled = new ArrayList<>();
    private final List<Migration> ordered = new ArrayList<>();

    /** @param migrations those that the cache shows */
    Reservations(Map<String, Reservation> open, List<Migration> migrations, Instant now) {
        this.open = open;
        this.now = now;
        migrations.forEach(migration -> known.add(migration.vm().namespace() + "/" + migration.name()));
    }

    /** The virtual machine, with its reserved node as the target when no object shows that yet. */
    Vm merge(Vm vm, @Nullable Migration inFlight) {
        Reservation reservation = open.get(vm.instanceUid());
        if (reservation == null) {
            return vm;
        }
        if (isSeen(reservation, vm, inFlight)) {
            settled.add(reservation);
            return vm;
        }
        if (reservation.isMigration()) {
            ordered.add(Migration.ordered(reservation.migration(), vm, reservation.node(), now));
        }
        return vm.target() != null || reservation.node().equals(vm.node()) ? vm : vm.movingTo(reservation.node());
    }

    private boolean isSeen(Reservation reservation, Vm vm, @Nullable Migration inFlight) {
        if (reservation.isMigration()) {
            return known.contains(vm.id().namespace() + "/" + reservation.migration());
        }
        return vm.node() != null && (inFlight == null || inFlight.target() != null);
    }

    /** These migrations and those that were ordered and are not seen yet. */
    List<Migration> withOrdered(List<Migration> migrations) {
        List<Migration> all = new ArrayList<>(migrations);
        all.addAll(ordered);
        return all;
    }

    List<Reservation> settled() {
        return settled;
    }
}
