package dev.drover.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps what was computed from an object until the object changes. What one round does not ask for is forgotten in the next but
 * one, so it holds no more than two snapshots. Not safe for threads.
 */
final class Memo<S, R> {

    private record Entry<S, R>(S source, R result) {}

    private Map<String, Entry<S, R>> previous = new HashMap<>();
    private Map<String, Entry<S, R>> current = new HashMap<>();

    void nextRound() {
        previous = current;
        current = HashMap.newHashMap(previous.size());
    }

    /**
     * @param key names the object
     * @param source its state: the known result holds while this is equal
     */
    R get(String key, S source, Function<S, R> compute) {
        Entry<S, R> known = previous.get(key);
        Entry<S, R> entry =
                known != null && (known.source() == source || known.source().equals(source))
                        ? known
                        : new Entry<>(source, compute.apply(source));
        current.put(key, entry);
        return entry.result();
    }
}
