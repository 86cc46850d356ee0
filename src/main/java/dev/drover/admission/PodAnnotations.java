package dev.drover.admission;

import dev.drover.constraint.Constraint;
import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.NativeTerms;
import dev.drover.constraint.RuleList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says on the pod which constraints its terms come from, for people and for the count of terms that outlive their rule. */
final class PodAnnotations {
    private PodAnnotations() {}

    /** @return a map that the caller may add to */
    static Map<String, String> of(Situation situation, NativeTerms terms) {
        List<ConstraintId> rules = situation.constraints().stream()
                .map(Constraint::id)
                .filter(id -> terms.ruleUids().contains(id.uid()))
                .toList();
        Map<String, String> annotations = new HashMap<>();
        if (!rules.isEmpty()) {
            annotations.put(RuleList.ANNOTATION, RuleList.write(rules));
        }
        return annotations;
    }
}
