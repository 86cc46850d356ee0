package dev.drover.placement;

import dev.drover.model.Node;
import java.util.List;
import java.util.Locale;

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
        return after.moved().stream().mapToObj(this::relocation).toList();
    }

    private Relocation relocation(int vm) {
        int from = after.home(vm);
        int to = after.node(vm);
        Cost with = after.cost();
        after.move(vm, from);
        Cost without = after.cost();
        after.move(vm, to);
        boolean repairs = with.violations() < before.violations()
                && (before.toBlame(vm) || without.violations() > with.violations());
        double gain = without.contention() + without.spread() - with.contention() - with.spread();
        return new Relocation(
                after.instance.cluster().vms().get(vm).id(),
                nodes.get(from).name(),
                nodes.get(to).name(),
                repairs ? Relocation.Reason.CONSTRAINT_REPAIR : Relocation.Reason.BALANCE,
                repairs ? repair(vm) : before.load.excess(from) > Cost.ROUNDING ? relief(from) : evening(from, to),
                Math.max(0, gain),
                after.costSeconds(vm));
    }

    private String repair(int vm) {
        String from = nodes.get(after.home(vm)).name();
        String to = nodes.get(after.node(vm)).name();
        int rule = before.brokenRule(vm);
        if (rule >= 0) {
            return Reservations.name(before.rule(rule).origin) + " is broken on " + from + "; on " + to + " it holds";
        }
        return before.toBlame(vm)
                ? "a constraint forbids " + from + "; " + to + " is allowed"
                : "its place on " + from + " is in the way of a constraint; on " + to + " it is not";
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

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }
}
