package dev.drover.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * Amounts of named resources: {@link #CPU} in millicores, {@link #NETWORK} in bits a second, {@link #DISK_IO} in operations a second,
 * everything else in its base unit (bytes, pieces). A resource
 * that is not named has the amount 0. Amounts are never negative in what a cluster declares, but a difference may be.
 */
public final class Resources {
    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    public static final String PODS = "pods";

    /** Sent and received. No pod requests it: a node has it when a person says how much. */
    public static final String NETWORK = "network";

    /** Reads and writes of disks. No pod requests it: a node has it when a person says how much. */
    public static final String DISK_IO = "diskIO";

    public static final Resources NONE = new Resources(Collections.emptySortedMap());

    private final SortedMap<String, Long> amounts;

    private Resources(SortedMap<String, Long> amounts) {
        this.amounts = amounts;
    }

    /** @param amounts by resource name; entries of 0 are dropped */
    public static Resources of(Map<String, Long> amounts) {
        SortedMap<String, Long> kept = new TreeMap<>();
        amounts.forEach((name, amount) -> {
            if (amount != 0) {
                kept.put(name, amount);
            }
        });
        return kept.isEmpty() ? NONE : new Resources(Collections.unmodifiableSortedMap(kept));
    }

    /** @param cpuMillis millicores; @param memoryBytes bytes */
    public static Resources of(long cpuMillis, long memoryBytes) {
        return of(Map.of(CPU, cpuMillis, MEMORY, memoryBytes));
    }

    public Resources with(String name, long amount) {
        SortedMap<String, Long> changed = new TreeMap<>(amounts);
        changed.put(name, amount);
        return of(changed);
    }

    public long get(String name) {
        return amounts.getOrDefault(name, 0L);
    }

    public long cpuMillis() {
        return get(CPU);
    }

    public long memoryBytes() {
        return get(MEMORY);
    }

    /** Of network and disks. */
    public Resources throughput() {
        return of(Map.of(NETWORK, get(NETWORK), DISK_IO, get(DISK_IO)));
    }

    /** Names with an amount other than 0, sorted. */
    public Set<String> names() {
        return amounts.keySet();
    }

    public Resources plus(Resources other) {
        return other.amounts.isEmpty() ? this : combine(other, Math::addExact);
    }

    public Resources minus(Resources other) {
        return other.amounts.isEmpty() ? this : combine(other, Math::subtractExact);
    }

    private Resources combine(Resources other, LongBinaryOperator operator) {
        SortedMap<String, Long> result = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> result.put(name, operator.applyAsLong(get(name), amount)));
        return of(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Resources resources && amounts.equals(resources.amounts);
    }

    @Override
    public int hashCode() {
        return amounts.hashCode();
    }

    @Override
    public String toString() {
        return amounts.toString();
    }
}
