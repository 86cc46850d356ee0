package dev.drover.observe;

import dev.drover.constraint.ConstraintId;
import dev.drover.constraint.RuleList;
import dev.drover.kubevirt.SlimPod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts whose native terms running launcher pods carry: they bind kube-scheduler until the pods are gone. */
final class CarriedRules {

    private CarriedRules() {}

    static Map<ConstraintId, Integer> count(List<SlimPod> pods) {
        Map<String, Integer> texts = new HashMap<>();
        for (SlimPod pod : pods) {
            Map<String, String> annotations = pod.getMetadata().getAnnotations();
            String text = annotations == null ? null : annotations.get(RuleList.ANNOTATION);
            if (text != null
                    && !pod.finished()
                    && pod.getSpec().nodeName() != null
                    && pod.instanceUid().isPresent()) {
                texts.merge(text, 1, Integer::sum);
            }
        }
        Map<ConstraintId, Integer> counts = new HashMap<>();
        texts.forEach((text, number) -> RuleList.read(text).forEach(rule -> counts.merge(rule, number, Integer::sum)));
        return counts;
    }
}
