package dev.drover.dump;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.drover.model.VmId;
import dev.drover.placement.Effect;
import dev.drover.placement.Relocation;
import dev.drover.plan.Move;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code drover plan show -o json} prints and {@code drover plan verify} reads: a plan for each policy, why, and the dump that it was
 * made from.
 *
 * @param format {@link #FORMAT}
 * @param broken what is broken at the instant of the dump
 * @param cannotHold minimal sets of constraints that contradict each other; the newest of each is not acted on
 * @param starting virtual machines that have no node yet
 * @param ranking of one virtual machine that was asked about; absent when none was
 * @param warnings what is possible and probably not meant, with its place in the dump
 * @param dump absent in a file whose dump is named when it is verified
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"format", "seconds"})
public record PlanFile(
        String format,
        @Nullable Double seconds,
        List<PolicyPlan> policies,
        @Nullable List<Broken> broken,
        @Nullable List<Contradiction> cannotHold,
        @Nullable List<Start> starting,
        @Nullable Ranking ranking,
        @Nullable List<String> warnings,
        @Nullable DumpFile dump) {
    public static final String FORMAT = "drover.dev/plan/v1";

    /**
     * @param byApproval a person has to approve the moves, whatever the mode
     * @param timedOut the search ran out of time
     * @param deadlock constraints that cannot hold as things are; absent when none are known
     * @param refused what was proposed and cannot be ordered
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PolicyPlan(
            String policy,
            @Nullable String mode,
            @Nullable Integer nodes,
            @Nullable Score before,
            @Nullable Score after,
            @Nullable Boolean byApproval,
            @Nullable Boolean timedOut,
            @Nullable Contradiction deadlock,
            @Nullable Double makespanSeconds,
            @Nullable Double lowerBoundSeconds,
            List<MoveEntry> moves,
            @Nullable List<Refused> refused) {}

    /** Figures of {@link dev.drover.placement.Score}. */
    public record Score(double value, int violations, double contention, double imbalance) {
        public static Score of(dev.drover.placement.Score score) {
            return new Score(score.value(), score.violations(), score.contention(), score.imbalance());
        }
    }

    /**
     * One {@link Move}.
     *
     * @param virtualMachine namespace/name
     * @param gain the fall of contention and imbalance together
     * @param changes the terms that change; absent where none does, or that is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MoveEntry(
            String id,
            String virtualMachine,
            String uid,
            String from,
            String to,
            List<String> after,
            String reason,
            @Nullable String why,
            int priority,
            double gain,
            double seconds,
            @Nullable Changes changes) {

        public static MoveEntry of(Move move) {
            return new MoveEntry(
                    move.id(),
                    move.vm().toString(),
                    move.vmUid(),
                    move.from(),
                    move.to(),
                    move.after(),
                    Words.of(move.reason()),
                    move.why(),
                    move.priority(),
                    move.gain(),
                    move.seconds(),
                    Changes.of(move.effect()));
        }

        Move move(Place place) {
            for (double figure : new double[] {gain, seconds}) {
                if (!Double.isFinite(figure)) {
                    throw place.wrong("has a figure that is no number (" + figure + ")");
                }
            }
            if (seconds < 0) {
                throw place.in("seconds").wrong("must not be negative, and is (" + seconds + ")");
            }
            List<String> follows = place.required(after, "after");
            place.in("after").each(follows, (id, at) -> at.required(id, "id"));
            return new Move(
                    place.required(id, "id"),
                    vm(place.required(virtualMachine, "virtualMachine"), place.in("virtualMachine")),
                    place.required(uid, "uid"),
                    place.required(from, "from"),
                    place.required(to, "to"),
                    follows,
                    Words.read(Relocation.Reason.class, place.required(reason, "reason"), place.in("reason")),
                    why == null ? "" : why,
                    priority,
                    gain,
                    seconds,
                    changes == null ? Effect.NONE : changes.effect(place.in("changes")));
        }
    }

    /**
     * By how much each term falls with one move, all others being made; below 0 where it grows, absent where it stays. See {@link Effect}.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Changes(
            @Nullable Integer violations,
            @Nullable Double contention,
            @Nullable Long preference,
            @Nullable Integer nodesInUse,
            @Nullable Double imbalance) {

        static @Nullable Changes of(Effect effect) {
            return effect.equals(Effect.NONE)
                    ? null
                    : new Changes(
                            effect.violations() == 0 ? null : effect.violations(),
                            effect.contention() == 0 ? null : effect.contention(),
                            effect.preference() == 0 ? null : effect.preference(),
                            effect.nodesInUse() == 0 ? null : effect.nodesInUse(),
                            effect.imbalance() == 0 ? null : effect.imbalance());
        }

        Effect effect(Place place) {
            double contentionFalls = contention == null ? 0 : contention;
            double imbalanceFalls = imbalance == null ? 0 : imbalance;
            if (!Double.isFinite(contentionFalls + imbalanceFalls)) {
                throw place.wrong("has a figure that is no number (" + contention + ", " + imbalance + ")");
            }
            return new Effect(
                    violations == null ? 0 : violations,
                    contentionFalls,
                    preference == null ? 0 : preference,
                    nodesInUse == null ? 0 : nodesInUse,
                    imbalanceFalls);
        }
    }

    public record Refused(String virtualMachine, String from, String to, String why) {}

    /** @param node where; empty when no single node is to blame */
    public record Broken(String constraint, String virtualMachine, String node, String message) {}

    /** @param constraints minimal: without any one of them the others can hold */
    public record Contradiction(List<String> constraints, String message) {}

    /**
     * @param node where it would start; absent when no node takes it
     * @param why no node takes it; absent when one does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Start(String virtualMachine, @Nullable String node, @Nullable String why) {}

    /**
     * @param node where it runs; absent while it starts
     * @param because why it may not be moved for every reason; absent when it may
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ranking(String virtualMachine, @Nullable String node, @Nullable String because, List<Ranked> nodes) {}

    /**
     * @param pressure of the node with the virtual machine on it, 1 being a full node
     * @param verdict taken, or why not
     */
    public record Ranked(String node, double pressure, String verdict) {}

    /** The plan for one policy. @throws BadFile with the place of what is wrong */
    public static List<Move> moves(PolicyPlan plan, Place place) {
        List<Move> moves = new ArrayList<>();
        place.in("moves").each(place.required(plan.moves(), "moves"), (entry, at) -> moves.add(entry.move(at)));
        return moves;
    }

    /** @throws BadFile when the text is not namespace/name */
    public static VmId vm(String text, Place place) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw place.wrong("must be namespace/name, and is (" + text + ")");
        }
        return new VmId(parts[0], parts[1]);
    }
}
