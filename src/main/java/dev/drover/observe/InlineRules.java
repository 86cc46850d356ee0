package dev.drover.observe;

import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ConstraintRules;
import dev.drover.api.v1alpha1.ConstraintType;
import dev.drover.api.v1alpha1.LabelSelector;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementConstraintSpec;
import dev.drover.constraint.ConstraintId;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules that services state for their applications, as the constraints that they amount to: SERVICE.APPLICATION.PLACE, from 0 on, and
 * SERVICE.APPLICATION.nodes for the nodes that the service may use.
 */
public final class InlineRules {

    private static final String KIND = "ApplicationService";
    private static final String NODES = "nodes";

    private InlineRules() {}

    public static List<PlacementConstraint> of(List<ApplicationService> services) {
        List<PlacementConstraint> rules = new ArrayList<>();
        services.forEach(service -> rules.addAll(of(service)));
        return rules;
    }

    public static List<PlacementConstraint> of(ApplicationService service) {
        List<PlacementConstraint> rules = new ArrayList<>();
        LabelSelector nodes = service.getSpec().nodeSelector();
        for (Application application : service.getSpec().applications()) {
            LabelSelector members = application.members(service.getMetadata().getName());
            String within = "." + application.name() + ".";
            if (nodes != null) {
                rules.add(rule(service, within + NODES, only(members, nodes)));
            }
            for (int place = 0; place < application.constraints().size(); place++) {
                rules.add(rule(
                        service,
                        within + place,
                        application.constraints().get(place).over(members)));
            }
        }
        return rules;
    }

    private static PlacementConstraintSpec only(LabelSelector members, LabelSelector nodes) {
        return new PlacementConstraintSpec(
                members,
                ConstraintType.ALLOWED_NODES,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new ConstraintRules.NodeSet(nodes),
                null);
    }

    private static PlacementConstraint rule(ApplicationService service, String within, PlacementConstraintSpec spec) {
        ObjectMeta meta = service.getMetadata();
        PlacementConstraint rule = new PlacementConstraint();
        rule.setMetadata(new ObjectMetaBuilder()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName() + within)
                .withUid(meta.getUid() + within)
                .withCreationTimestamp(meta.getCreationTimestamp())
                .build());
        rule.setSpec(spec);
        return rule;
    }

    /** Whether it says which nodes a service may use. */
    public static boolean isAboutNodes(ConstraintId rule) {
        return rule.kind().equals(KIND) && rule.name().endsWith("." + NODES);
    }

    /** @param rule one of those that {@link #of} makes */
    public static ConstraintId id(PlacementConstraint rule) {
        ObjectMeta meta = rule.getMetadata();
        return new ConstraintId(KIND, meta.getNamespace(), meta.getName(), meta.getUid());
    }
}
