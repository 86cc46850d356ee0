package dev.drover.kubevirt;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** A fence agent switches the node off, or off and on again, by its management board; its only actions are these two. */
@Group("fence-agents-remediation.medik8s.io")
@Version("v1alpha1")
@Kind("FenceAgentsRemediation")
@Plural("fenceagentsremediations")
public final class FenceAgentsRemediation extends Remediation {
    @Override
    List<String> proving() {
        return List.of("FenceAgentActionSucceeded", "Succeeded");
    }
}
