package dev.drover.placement;

import dev.drover.constraint.CompiledRules.Origin;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Says of each move of a finished arrangement what it is for, with the figures before and after. */
final class Explanation {
    private final Arrangement before;
    private final Arrangement after;
    private final List<Node> nodes;

    /** @param before the same instance with nothing moved */
    Explanation(Arrangement before, Arrangement after) {
        this.before = before;
        this.after = after;
        nodes = after.instance.cluster().nodes();
    }

    List<Relocation> relocations() {
        return after.inOrder().stream().map(this::relocation).toList();
    }

    private Relocation relocation(int vm) {
        int from = after.home(vm);
        int to = after.node(vm);
        Cost with = after.cost();
        after.move(vm, from);
        Cost without = after.cost();
        after.move(vm, to);
        boolean repairs = with.violations() < before.violations()
                && (before.toBlame(vm) || after.roomFor(vm) >= 0 || without.violations() > with.violations());
        long freed = with.nodesInUse() < without.nodesInUse() ? before.on(from).count() : 0;
        double gain =
                freed > 0 ? 1.0 / freed : without.contention() + without.spread() - with.contention() - with.spread();
        boolean relieves = before.load.excess(from) > Cost.ROUNDING;
        boolean pleases = !relieves && with.preference() < without.preference();
        return new Relocation(
                after.instance.cluster().vms().get(vm).id(),
                nodes.get(from).name(),
                nodes.get(to).name(),
                reason(repairs, !relieves && !pleases && freed > 0),
                repairs ? repair(vm) : pleases ? wish(vm) : load(relieves, freed > 0, from, to),
                Math.max(0, gain),
                after.costSeconds(vm),
                Effect.between(without, with));
    }

    private static Relocation.Reason reason(boolean repairs, boolean frees) {
        if (repairs) {
            return Relocation.Reason.CONSTRAINT_REPAIR;
        }
        return frees ? Relocation.Reason.CONSOLIDATION : Relocation.Reason.BALANCE;
    }

    private String repair(int vm) {
        int other = after.roomFor(vm);
        if (other >= 0) {
            VmId id = after.instance.cluster().vms().get(other).id();
            return "makes room on " + home(vm) + " for " + id + ", which leaves " + home(other) + ": " + rule(other);
        }
        return (before.toBlame(vm) ? "leaves " : "goes along with others from ") + home(vm) + ": " + rule(vm);
    }

    private String wish(int vm) {
        int rule = before.missedWish(vm);
        String which = rule < 0 ? "preferred rules" : before.rule(rule).origin.title();
        return "leaves " + home(vm) + ": " + which;
    }

    private String load(boolean relieves, boolean frees, int from, int to) {
        if (relieves) {
            return relief(from);
        }
        return frees ? freeing(from, to) : evening(from, to);
    }

    private String home(int vm) {
        return nodes.get(after.home(vm)).name();
    }

    /** The rule that the move mends: the one that was broken, or that would be if the virtual machine stayed. */
    private String rule(int vm) {
        Origin broken = before.blame(vm);
        return Objects.requireNonNullElse(broken == null ? after.brokenMore(vm, after.home(vm)) : broken, Origin.NATIVE)
                .title();
    }

    private String relief(int from) {
        int kind = before.load.worstKind(from);
        return "%s at %s of %s, target %s; after: %s"
                .formatted(
                        nodes.get(from).name(),
                        percent(before.load.share(from, kind)),
                        Load.name(kind),
                        percent(before.load.target(kind)),
                        percent(after.load.share(from, kind)));
    }

    private String evening(int from, int to) {
        int kind = before.load.worstKind(from);
        return "%s at %s of %s, %s at %s; after: %s and %s"
                .formatted(
                        nodes.get(from).name(),
                        percent(before.load.share(from, kind)),
                        Load.name(kind),
                        nodes.get(to).name(),
                        percent(before.load.share(to, kind)),
                        percent(after.load.share(from, kind)),
                        percent(after.load.share(to, kind)));
    }

    private String freeing(int from, int to) {
        int kind = after.load.worstKind(to);
        return "frees %s; %s at %s of %s, target %s; after: %s"
                .formatted(
                        nodes.get(from).name(),
                        nodes.get(to).name(),
                        percent(before.load.share(to, kind)),
                        Load.name(kind),
                        percent(after.load.target(kind)),
                        percent(after.load.share(to, kind)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }
}
