package dev.drover.observe;

import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.model.Requirement;
import dev.drover.model.Selector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the three spellings of a label selector. */
public final class SelectorReader {

    private SelectorReader() {}

    /** A selector of Drover's own kinds; an absent one selects nothing. */
    public static Selector read(@Nullable LabelSelector selector) {
        if (selector == null) {
            return Selector.NOTHING;
        }
        List<Requirement> all = exact(selector.matchLabels());
        selector.matchExpressions()
                .forEach(test -> all.add(
                        new Requirement(test.key(), operator(test.operator().name()), test.values())));
        return new Selector(all);
    }

    /** A selector of Kubernetes; an absent one selects nothing, an empty one everything. */
    public static Selector read(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector) {
        if (selector == null) {
            return Selector.NOTHING;
        }
        List<Requirement> all = exact(selector.getMatchLabels());
        for (LabelSelectorRequirement test : selector.getMatchExpressions()) {
            all.add(new Requirement(test.getKey(), operator(test.getOperator()), values(test.getValues())));
        }
        return new Selector(all);
    }

    /**
     * One term of a node affinity, with the field metadata.name under {@link dev.drover.model.Scheduling#NODE_NAME_KEY}. A term
     * without any test selects nothing.
     */
    public static Selector read(NodeSelectorTerm term) {
        List<Requirement> all = new ArrayList<>();
        for (NodeSelectorRequirement test : term.getMatchExpressions()) {
            all.add(new Requirement(test.getKey(), operator(test.getOperator()), values(test.getValues())));
        }
        for (NodeSelectorRequirement test : term.getMatchFields()) {
            all.add(new Requirement(test.getKey(), operator(test.getOperator()), values(test.getValues())));
        }
        return all.isEmpty() ? Selector.NOTHING : new Selector(all);
    }

    private static List<Requirement> exact(@Nullable Map<String, String> labels) {
        return new ArrayList<>(Selector.of(labels == null ? Map.of() : labels).requirements());
    }

    private static List<String> values(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static Requirement.Operator operator(String name) {
        return switch (name) {
            case "In", "IN" -> Requirement.Operator.IN;
            case "NotIn", "NOT_IN" -> Requirement.Operator.NOT_IN;
            case "Exists", "EXISTS" -> Requirement.Operator.EXISTS;
            case "DoesNotExist", "DOES_NOT_EXIST" -> Requirement.Operator.DOES_NOT_EXIST;
            case "Gt" -> Requirement.Operator.GREATER_THAN;
            case "Lt" -> Requirement.Operator.LESS_THAN;
            default ->
                throw new IllegalArgumentException("The operator (" + name
                        + ") of a selector is not known. Use In, NotIn, Exists, DoesNotExist, Gt or Lt.");
        };
    }
}
