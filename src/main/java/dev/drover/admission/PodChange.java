package dev.drover.admission;

import dev.drover.constraint.NativeTerms;
import dev.drover.model.Selector;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be added to a pod.
 *
 * @param preferredNode name of the node to prefer above all; null for none
 * @param gated hold it by the placement gate
 * @param annotations set, over what is there
 */
record PodChange(NativeTerms terms, @Nullable String preferredNode, boolean gated, Map<String, String> annotations) {
    static final NativeTerms NO_TERMS =
            new NativeTerms(List.of(), List.of(Selector.EVERYTHING), List.of(), List.of(), new TreeSet<>());

    PodChange {
        annotations = Map.copyOf(annotations);
    }
}
