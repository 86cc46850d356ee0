package dev.drover.observe;

import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Selectors of which each has an owner, in an order. Those that match are found by one of the labels that they ask for, so that what it
 * costs does not grow with the selectors that ask for others.
 *
 * @param <T> an owner
 */
final class Claims<T> {
    private record Claim<T>(int rank, Selector selector, T owner) {}

    private record Label(String key, String value) {}

    private final Map<Label, List<Claim<T>>> byLabel = new HashMap<>();
    private final List<Claim<T>> withoutLabel = new ArrayList<>();
    private int size;

    void add(Selector selector, T owner) {
        Claim<T> claim = new Claim<>(size++, selector, owner);
        Requirement exact = selector.requirements().stream()
                .filter(requirement -> requirement.operator() == Requirement.Operator.IN)
                .findFirst()
                .orElse(null);
        if (exact == null) {
            withoutLabel.add(claim);
            return;
        }
        for (String value : exact.values()) {
            byLabel.computeIfAbsent(new Label(exact.key(), value), _ -> new ArrayList<>())
                    .add(claim);
        }
    }

    /** The owners of those that match, in the order in which they were added. */
    List<T> matching(Map<String, String> labels) {
        return Stream.concat(
                        labels.entrySet().stream()
                                .map(label -> byLabel.getOrDefault(
                                        new Label(label.getKey(), label.getValue()), List.<Claim<T>>of()))
                                .flatMap(List::stream),
                        withoutLabel.stream())
                .filter(claim -> claim.selector().matches(labels))
                .sorted(Comparator.comparingInt(Claim::rank))
                .map(Claim::owner)
                .toList();
    }
}
