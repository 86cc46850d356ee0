package dev.drover.reconcile;

import dev.drover.forecast.Outlook;
import dev.drover.model.Cluster;
import dev.drover.model.Node;
import dev.drover.model.VmId;
import dev.drover.placement.Anticipation;
import dev.drover.placement.Instance;
import dev.drover.placement.Relocation;
import dev.drover.plan.Pools.Pool;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A time to come at which a node of one policy is forecast to be hot. A pure function of the view. */
final class Foresight {
    private final Cluster now;
    private final Outlook outlook;
    private final int time;
    private final double target;
    private final Cluster then;

    private Foresight(Cluster now, Outlook outlook, int time, double target) {
        this.now = now;
        this.outlook = outlook;
        this.time = time;
        this.target = target;
        then = outlook.at(time, now);
    }

    /** The hottest time within the policy's horizon; empty when no node is forecast to be hot by a forecast that is trusted. */
    static Optional<Foresight> of(View view, Pool pool) {
        Outlook outlook = view.snapshot().outlookOf().getOrDefault(pool.policy().name(), Outlook.NONE);
        if (outlook.trusted() == 0 || pool.policy().goal().cpuWeight() <= 0) {
            return Optional.empty();
        }
        double target = pool.policy().goal().cpuTarget();
        OptionalInt hottest = outlook.hottest(view.cluster(), pool.nodes(), target);
        return hottest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Foresight(view.cluster(), outlook, hottest.getAsInt(), target));
    }

    /** What relieves the node before; see {@link Anticipation#find}. */
    List<Relocation> moves(Anticipation anticipation, Instance instance) {
        List<Relocation> moves = anticipation.find(instance, then);
        Words words = new Words(moves);
        return moves.stream().map(words::explained).toList();
    }

    /** Whether there is less contention then, and no more now, once these are where they are to end. */
    boolean gains(Map<VmId, String> ends, Instance instance) {
        return Anticipation.betters(then, ends, instance) && !Anticipation.worsens(now, ends, instance);
    }

    /** Whether there is no more contention then, once these are where they are to end. */
    boolean permits(Map<VmId, String> ends, Instance instance) {
        return !Anticipation.worsens(then, ends, instance);
    }

    /** What the moves say: the node, the time and the figures of the forecast. */
    private final class Words {
        private final Map<String, Integer> nodes = now.nodeIndex();
        private final long[] before = outlook.cpuMillis(time, now);
        private final long[] after;

        Words(List<Relocation> moves) {
            after = outlook.cpuMillis(time, Anticipation.ended(now, Anticipation.ends(moves)));
        }

        Relocation explained(Relocation move) {
            if (move.reason() != Relocation.Reason.FORECAST) {
                return move;
            }
            boolean relieves = isHot(move.from());
            String why = relieves
                    ? "%s is forecast to be %s".formatted(move.from(), figures(move.from()))
                    : "takes the place of what leaves %s, which is forecast to be %s"
                            .formatted(move.to(), figures(move.to()));
            return move.madeFor(move.reason(), why);
        }

        private boolean isHot(String node) {
            return share(node, before) > target;
        }

        private String figures(String node) {
            Outlook.Trust trust = outlook.trust(now, node, time);
            return "at %.0f%% of cpu at %s, target %.0f%%; after: %.0f%% (%d forecasts, so far %d %% less wrong than the same as now)"
                    .formatted(
                            100 * share(node, before),
                            outlook.times().get(time).truncatedTo(ChronoUnit.SECONDS),
                            100 * target,
                            100 * share(node, after),
                            trust.machines(),
                            trust.betterPercent());
        }

        private double share(String name, long[] cpu) {
            int index = Objects.requireNonNull(nodes.get(name));
            Node node = now.nodes().get(index);
            long others = node.otherUsage() == null ? 0 : node.otherUsage().cpuMillis();
            return (double) (others + cpu[index])
                    / Math.max(1, node.allocatable().cpuMillis());
        }
    }
}
