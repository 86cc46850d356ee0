package dev.drover.observe;

import dev.drover.api.v1alpha1.DemandSource;

/**
 * Where the demand of one policy's virtual machines comes from now.
 *
 * @param source {@code METRICS} or {@code REQUESTS}, never {@code AUTO}
 * @param usable whether the policy may balance on it: not when it insists on metrics and there are none
 * @param message for a person: why it is not what the policy asks for; empty when it is
 */
public record DemandState(DemandSource source, boolean usable, String message) {}
