package dev.drover.testbed.player;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each guest asks for: as set in code, else as annotated on the VM's template or on the VMI ({@link #CPU}, {@link #MEMORY},
 * {@link #DIRTY_RATE}, written as {@link DemandSyntax} says), else a tenth of its cores, half of its memory, and 10 MiB changed in a second. A
 * demand's time begins when it is set; an annotation's when the running VM is first seen with it.
 */
final class Demands {

    static final String CPU = "demo.drover.dev/cpu";
    static final String MEMORY = "demo.drover.dev/memory";
    static final String DIRTY_RATE = "demo.drover.dev/dirty-rate";

    private static final Logger LOG = System.getLogger(Demands.class.getName());
    private static final double IDLE_SHARE = 0.1;
    private static final double TOUCHED_SHARE = 0.5;
    private static final double IDLE_DIRTY_RATE = 10 << 20;

    private final PlayedTime time;
    private final DemandSyntax syntax;
    private final Map<VmId, Timed> inCode = new ConcurrentHashMap<>();
    private final Map<String, Annotated> annotated = new HashMap<>();

    Demands(PlayedTime time, DemandSyntax syntax) {
        this.time = time;
        this.syntax = syntax;
    }

    private record Timed(Demand demand, double since) {}

    private record Annotated(Optional<Curve> curve, String text, double since) {}

    /** What a guest asks for at a moment: cores, touched bytes, changed bytes in a second. */
    record Now(double cpu, double memory, double dirtyRate) {}

    /** Sets what a VM asks for from now on; it takes the place of what its annotations say. Safe for use by several threads. */
    void set(VmId vm, Demand demand) {
        inCode.put(vm, new Timed(demand, time.seconds()));
    }

    void clear() {
        inCode.clear();
    }

    /** What a running guest asks for now; never more than it has. To be called on the actor's thread. */
    Now now(VmiView vmi) {
        var set = inCode.get(vmi.id());
        if (set != null) {
            var seconds = time.seconds() - set.since();
            var demand = set.demand();
            return bounded(
                    vmi,
                    demand.cpu().at(seconds),
                    demand.memory().at(seconds),
                    demand.dirtyRate().at(seconds));
        }
        return bounded(
                vmi,
                annotation(vmi, CPU, vmi.cores() * IDLE_SHARE),
                annotation(vmi, MEMORY, vmi.memory() * TOUCHED_SHARE),
                annotation(vmi, DIRTY_RATE, IDLE_DIRTY_RATE));
    }

    /** Forgets the annotations of a VMI that is gone. */
    void forget(String vmiUid) {
        annotated.keySet().removeIf(key -> key.startsWith(vmiUid));
    }

    private static Now bounded(VmiView vmi, double cpu, double memory, double dirtyRate) {
        return new Now(Math.min(cpu, vmi.cores()), Math.min(memory, vmi.memory()), dirtyRate);
    }

    private double annotation(VmiView vmi, String name, double otherwise) {
        var text = vmi.annotations().get(name);
        if (text == null) {
            return otherwise;
        }
        var known = annotated.get(vmi.uid() + name);
        if (known == null || !known.text().equals(text)) {
            known = new Annotated(parsed(vmi, name, text), text, time.seconds());
            annotated.put(vmi.uid() + name, known);
        }
        var seconds = time.seconds() - known.since();
        return known.curve().map(curve -> curve.at(seconds)).orElse(otherwise);
    }

    private Optional<Curve> parsed(VmiView vmi, String name, String text) {
        try {
            return Optional.of(syntax.parse(text));
        } catch (IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "The annotation {0} ({1}) of VMI {2} is ignored. {3}",
                    name,
                    text,
                    vmi.id(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
