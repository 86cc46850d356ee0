package dev.drover.observe;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationConstraint;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.constraint.ConstraintId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;

/** The rules that services state for their applications, as the constraints that they amount to: SERVICE.APPLICATION.PLACE, from 0 on. */
public final class InlineRules {

    private static final String KIND = "ApplicationService";

    private InlineRules() {}

    public static List<PlacementConstraint> of(List<ApplicationService> services) {
        List<PlacementConstraint> rules = new ArrayList<>();
        for (ApplicationService service : services) {
            for (Application application : service.getSpec().applications()) {
                for (int place = 0; place < application.constraints().size(); place++) {
                    rules.add(rule(service, application, place));
                }
            }
        }
        return rules;
    }

    private static PlacementConstraint rule(ApplicationService service, Application application, int place) {
        ObjectMeta meta = service.getMetadata();
        String within = "." + application.name() + "." + place;
        ApplicationConstraint written = application.constraints().get(place);
        PlacementConstraint rule = new PlacementConstraint();
        rule.setMetadata(new ObjectMetaBuilder()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName() + within)
                .withUid(meta.getUid() + within)
                .withCreationTimestamp(meta.getCreationTimestamp())
                .build());
        rule.setSpec(written.over(application.members(meta.getName())));
        return rule;
    }

    /** @param rule one of those that {@link #of} makes */
    static ConstraintId id(PlacementConstraint rule) {
        ObjectMeta meta = rule.getMetadata();
        return new ConstraintId(KIND, meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
