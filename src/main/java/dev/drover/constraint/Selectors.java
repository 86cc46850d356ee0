package dev.drover.constraint;

import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import java.util.stream.Collectors;

/** Selectors in words. */
final class Selectors {
    private Selectors() {}

    static String describe(Selector selector) {
        return selector.requirements().isEmpty()
                ? "everything"
                : selector.requirements().stream().map(Selectors::describe).collect(Collectors.joining(" and "));
    }

    private static String describe(Requirement requirement) {
        String values = String.join(", ", requirement.values());
        return switch (requirement.operator()) {
            case IN ->
                requirement.values().size() == 1
                        ? requirement.key() + "=" + values
                        : requirement.key() + " in (" + values + ")";
            case NOT_IN -> requirement.key() + " not in (" + values + ")";
            case EXISTS -> requirement.key() + " exists";
            case DOES_NOT_EXIST -> requirement.key() + " does not exist";
            case GREATER_THAN -> requirement.key() + " > " + values;
            case LESS_THAN -> requirement.key() + " < " + values;
        };
    }
}
