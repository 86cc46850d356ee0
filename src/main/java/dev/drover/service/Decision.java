package dev.drover.service;

import dev.drover.api.v1alpha1.ApplicationServiceStatus;
import java.time.Duration;
import java.util.List;

/**
 * What is to be done for a service, and how it stands.
 *
 * @param steps in their order
 * @param gone nothing that the service made is left
 * @param again when to look again if nothing changes
 */
record Decision(List<Step> steps, ApplicationServiceStatus status, boolean gone, Duration again) {
    Decision {
        steps = List.copyOf(steps);
    }
}
