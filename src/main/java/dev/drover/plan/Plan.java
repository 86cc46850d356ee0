package dev.drover.plan;

import dev.drover.model.VmId;
import dev.drover.placement.Relocation;
import java.util.List;

/**
 * Ordered moves.
 *
 * @param refused what was proposed and cannot be ordered, or not in this plan, and why
 * @param makespanSeconds expected time from the first start to the last end under the budget
 * @param lowerBoundSeconds no order can be faster than this
 */
public record Plan(List<Move> moves, List<Refusal> refused, double makespanSeconds, double lowerBoundSeconds) {
    public Plan {
        moves = List.copyOf(moves);
        refused = List.copyOf(refused);
    }

    public record Refusal(VmId vm, String from, String to, String why) {
        static Refusal of(Relocation relocation, String why) {
            return new Refusal(relocation.vm(), relocation.from(), relocation.to(), why);
        }
    }
}
