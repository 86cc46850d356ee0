package dev.drover.admission;

import dev.drover.api.v1alpha1.AdmissionMode;
import dev.drover.model.VmId;
import dev.drover.observe.ServiceMembers;
import org.jspecify.annotations.Nullable;

/**
 * How services want their virtual machines to be placed at their start.
 *
 * @param most the most that the operator may do
 */
record ServiceWishes(ServiceMembers members, AdmissionMode most) {

    /** Null when the pod belongs to no service, or that leaves it to the policy. */
    @Nullable
    AdmissionMode of(LauncherPod pod) {
        ServiceMembers.Member member = members.of(new VmId(pod.namespace(), pod.instance()), pod.labels());
        AdmissionMode wanted =
                member == null ? null : member.service().getSpec().admission();
        return wanted == null ? null : Situation.weaker(wanted, most);
    }
}
