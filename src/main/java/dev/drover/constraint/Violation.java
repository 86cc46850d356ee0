package dev.drover.constraint;

import dev.drover.model.VmId;

/**
 * One fact that breaks a constraint.
 *
 * @param node where; empty when no single node is to blame
 * @param message says what is wrong, for a person
 */
public record Violation(ConstraintId constraint, VmId vm, String node, String message) {}
