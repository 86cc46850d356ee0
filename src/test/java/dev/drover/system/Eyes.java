package dev.drover.system;

import dev.drover.config.Settings;
import dev.drover.config.SteadyClock;
import dev.drover.constraint.CapacityChecker;
import dev.drover.constraint.ConstraintChecker;
import dev.drover.constraint.Occupancy;
import dev.drover.model.Cluster;
import dev.drover.model.Vm;
import dev.drover.observe.InformerObserver;
import dev.drover.observe.Ledger;
import dev.drover.observe.Snapshot;
import dev.drover.testbed.Testbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Sees the cluster beside the operator, with caches of its own, and judges it with the checkers: when asked, and at each instant at which
 * something has changed.
 */
public final class Eyes implements AutoCloseable {
    private static final Duration GATHER = Duration.ofMillis(20);

    private final InformerObserver observer;
    private final SortedSet<String> breaches = new TreeSet<>();
    private final AtomicInteger instants = new AtomicInteger();

    private Eyes(InformerObserver observer) {
        this.observer = observer;
    }

    /** Drover's own kinds have to be installed. */
    public static Eyes open(Testbed testbed) {
        SteadyClock clock = new SteadyClock();
        Eyes eyes = new Eyes(new InformerObserver(testbed.client(), new Ledger(clock), Settings.DEFAULT, clock));
        eyes.observer.start();
        Awaiting.until("The test sees the cluster", eyes.observer::ready, ready -> ready);
        eyes.observer.onChange(GATHER, eyes::look);
        return eyes;
    }

    public Snapshot snapshot() {
        return observer.snapshot();
    }

    public Cluster cluster() {
        return observer.snapshot().cluster();
    }

    /** What does not hold now, while nothing moves: every rule, and the room on every node. */
    public List<String> broken() {
        return broken(observer.snapshot(), ConstraintChecker.At.REST);
    }

    /** What broke at any instant since these eyes were opened, or since {@link #forget}. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** At how many instants it was judged. */
    public int instants() {
        return instants.get();
    }

    /** From now on is what counts. */
    public synchronized void forget() {
        breaches.clear();
        instants.set(0);
    }

    private void look() {
        if (observer.ready()) {
            List<String> now = broken(observer.snapshot(), ConstraintChecker.At.INSTANT);
            instants.incrementAndGet();
            synchronized (this) {
                breaches.addAll(now);
            }
        }
    }

    private static List<String> broken(Snapshot snapshot, ConstraintChecker.At at) {
        Cluster cluster = snapshot.cluster();
        Occupancy occupancy = Occupancy.of(cluster);
        List<String> broken = new ArrayList<>();
        ConstraintChecker.check(cluster, snapshot.constraints(), occupancy, at)
                .forEach(violation -> broken.add(violation.toString()));
        CapacityChecker.check(cluster, occupancy).forEach(overload -> broken.add(overload.toString()));
        return broken;
    }

    /** The names of the virtual machines on each node now, for messages. */
    public String placement() {
        return cluster().vms().stream()
                .filter(Vm::running)
                .collect(Collectors.groupingBy(
                        vm -> String.valueOf(vm.node()),
                        TreeMap::new,
                        Collectors.mapping(vm -> vm.id().name(), Collectors.joining(" "))))
                .toString();
    }

    @Override
    public void close() {
        observer.close();
    }
}
