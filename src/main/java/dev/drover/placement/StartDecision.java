package dev.drover.placement;

import dev.drover.model.VmId;

/** Where a virtual machine that starts should go. */
public sealed interface StartDecision {
    VmId vm();

    record Placed(VmId vm, String node) implements StartDecision {}

    /** @param why no node takes it: the rules and resources in the way, counted by node */
    record Unplaceable(VmId vm, String why) implements StartDecision {}
}
