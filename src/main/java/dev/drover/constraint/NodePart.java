package dev.drover.constraint;

import dev.drover.model.Node;
import java.util.SortedMap;

/**
 * Nodes whose copies a constraint judges together and without a look at any other.
 *
 * @param name of the first of them
 * @param nodes by name
 */
public record NodePart(String name, SortedMap<String, Node> nodes) {
    static NodePart of(SortedMap<String, Node> nodes) {
        return new NodePart(nodes.isEmpty() ? "" : nodes.firstKey(), nodes);
    }
}
