package dev.drover.constraint;

import dev.drover.model.Requirement;
import dev.drover.model.Requirement.Operator;
import dev.drover.model.Selector;
import java.util.ArrayList;
import java.util.List;

/** The opposite of a selector, as selectors: not (a and b) holds when not a holds or not b holds. */
final class Negation {
    private Negation() {}

    /** Comparisons of numbers have no opposite among label selectors. */
    static boolean isPossible(Selector selector) {
        return selector.requirements().stream()
                .map(Requirement::operator)
                .noneMatch(operator -> operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN);
    }

    /**
     * @return selectors of which at least one holds exactly when {@code selector} does not. One that always holds is {@link
     *     Selector#EVERYTHING} and stands alone; empty when {@code selector} always holds
     */
    static List<Selector> of(Selector selector) {
        List<Selector> alternatives = new ArrayList<>();
        for (Requirement requirement : selector.requirements()) {
            Requirement negated = requirement.negated();
            if (negated.values().isEmpty() && negated.operator() == Operator.NOT_IN) {
                return List.of(Selector.EVERYTHING);
            }
            if (!negated.values().isEmpty() || negated.operator() != Operator.IN) {
                alternatives.add(new Selector(List.of(negated)));
            }
        }
        return alternatives;
    }
}
