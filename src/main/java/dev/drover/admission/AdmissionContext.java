package dev.drover.admission;

import dev.drover.constraint.Constraint;
import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.observe.Ledger;
import dev.drover.observe.Observer;
import dev.drover.observe.Snapshot;
import dev.drover.status.Events;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What admission works with.
 *
 * @param ledger the one that the observer merges into its snapshots
 * @param leading whether this replica leads: only the leader chooses nodes
 * @param inForce the constraints that are acted on: without those that contradict older ones
 */
public record AdmissionContext(
        Observer observer,
        Ledger ledger,
        KubeVirtApi api,
        Events events,
        MeterRegistry meters,
        InstantSource clock,
        BooleanSupplier leading,
        AdmissionSettings settings,
        Function<Snapshot, List<Constraint>> inForce) {}
