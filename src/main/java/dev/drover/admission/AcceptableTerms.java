package dev.drover.admission;

import dev.drover.model.PodTerm;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import dev.drover.model.TopologySpread;
import java.util.regex.Pattern;

/**
 * Whether the API server would accept a term in a pod. One bad term would have the whole pod refused, and the virtual machine would not
 * start: the webhook leaves such a term out, and Drover's loop holds the rule alone.
 */
final class AcceptableTerms {
    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final Pattern KEY = Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + NAME);
    private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private AcceptableTerms() {}

    static boolean accepts(PodTerm term) {
        boolean anyNamespace =
                !term.namespaces().isEmpty() || !term.namespaceSelector().equals(Selector.NOTHING);
        return anyNamespace
                && isKey(term.topologyKey())
                && accepts(term.pods())
                && term.namespaces().stream()
                        .allMatch(name -> NAMESPACE.matcher(name).matches())
                && (term.namespaceSelector().equals(Selector.NOTHING) || accepts(term.namespaceSelector()));
    }

    static boolean accepts(TopologySpread spread) {
        return spread.maxSkew() >= 1 && isKey(spread.topologyKey()) && accepts(spread.pods());
    }

    private static boolean accepts(Selector selector) {
        return selector.requirements().stream()
                .allMatch(requirement -> !comparesNumbers(requirement) && accepts(requirement));
    }

    /** In node affinity; numbers may be compared there. */
    static boolean acceptsForNode(Selector selector) {
        return selector.requirements().stream().allMatch(AcceptableTerms::accepts);
    }

    private static boolean accepts(Requirement requirement) {
        boolean values =
                switch (requirement.operator()) {
                    case IN, NOT_IN ->
                        !requirement.values().isEmpty()
                                && requirement.values().stream()
                                        .allMatch(value -> VALUE.matcher(value).matches());
                    case EXISTS, DOES_NOT_EXIST -> requirement.values().isEmpty();
                    case GREATER_THAN, LESS_THAN ->
                        requirement.values().size() == 1
                                && requirement.values().getFirst().matches("-?[0-9]{1,18}");
                };
        return values && isKey(requirement.key());
    }

    private static boolean comparesNumbers(Requirement requirement) {
        return switch (requirement.operator()) {
            case GREATER_THAN, LESS_THAN -> true;
            case IN, NOT_IN, EXISTS, DOES_NOT_EXIST -> false;
        };
    }

    private static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }
}
