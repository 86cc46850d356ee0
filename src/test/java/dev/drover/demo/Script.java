package dev.drover.demo;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.constraint.Constraint;
import java.util.List;

/**
 * What a demo is judged by.
 *
 * @param rules that must hold at every instant
 * @param services that must start and go in order
 */
record Script(List<Constraint> rules, List<ApplicationService> services) {}
