package dev.drover.admission;

import dev.drover.model.Vm;
import java.util.Map;
import java.util.Optional;

/**
 * The gang that a virtual machine says it belongs to, by the labels of its template.
 *
 * @param gang its namespace and name
 * @param size how many belong to it
 */
record Membership(String gang, int size) {
    static final String GANG = "drover.dev/gang";
    static final String SIZE = "drover.dev/gang-size";
    private static final int MOST = 256;

    static Optional<Membership> of(Vm vm) {
        return of(vm.id().namespace(), vm.labels());
    }

    /** Empty when it belongs to none, or says so in a way that cannot be understood, see {@link #fault}. */
    static Optional<Membership> of(String namespace, Map<String, String> labels) {
        String name = labels.get(GANG);
        int size = size(labels);
        return name == null || name.isEmpty() || size == 0
                ? Optional.empty()
                : Optional.of(new Membership(namespace + "/" + name, size));
    }

    /** What is wrong with the labels; empty when nothing is. */
    static Optional<String> fault(Map<String, String> labels) {
        if (labels.containsKey(GANG) && size(labels) == 0) {
            return Optional.of(
                    "It starts alone: its label %s says that it belongs to a gang (%s), but %s (%s) is no number from 1 to %d."
                            .formatted(GANG, labels.get(GANG), SIZE, labels.getOrDefault(SIZE, ""), MOST));
        }
        return Optional.empty();
    }

    /** 0 when it is not written, or is no size. */
    private static int size(Map<String, String> labels) {
        String written = labels.getOrDefault(SIZE, "");
        int size = written.matches("[0-9]{1,3}") ? Integer.parseInt(written) : 0;
        return size > MOST ? 0 : size;
    }
}
