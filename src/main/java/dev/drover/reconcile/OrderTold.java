package dev.drover.reconcile;

import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.RelocationFault;
import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.observe.RelocationOrder;
import dev.drover.plan.History;
import dev.drover.plan.Move;
import dev.drover.status.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What is told of one order: since when, too. Pure. */
final class OrderTold {
    private final OrderBook.Entry entry;
    private final Instant now;

    OrderTold(OrderBook.Entry entry, Instant now) {
        this.entry = entry;
        this.now = now;
    }

    /** Of an annotation that is no order. */
    static OrderedMove unreadable(RelocationOrder order, Instant now) {
        return new OrderedMove(
                null,
                RelocationState.REFUSED,
                now.truncatedTo(ChronoUnit.SECONDS),
                null,
                null,
                null,
                RelocationFault.ORDER_NOT_FIT,
                Message.fitting(order.mistake()));
    }

    private record Leg(@Nullable String from, @Nullable String to, @Nullable String plan) {}

    OrderedMove waiting(String why) {
        return told(RelocationState.WAITING, here(), null, why);
    }

    OrderedMove refused(RelocationFault fault, String why) {
        return told(RelocationState.REFUSED, here(), fault, why);
    }

    OrderedMove by(String plan, Move move, RelocationState state, String why) {
        RelocationFault fault = state == RelocationState.FAILED ? RelocationFault.MIGRATION_FAILED : null;
        return told(state, new Leg(move.from(), move.to(), plan), fault, why);
    }

    OrderedMove ended(History.Entry made) {
        Leg leg = new Leg(made.from(), made.to().isEmpty() ? null : made.to(), null);
        return made.end() == History.End.SUCCEEDED
                ? told(RelocationState.SUCCEEDED, leg, null, made.message())
                : told(RelocationState.FAILED, leg, RelocationFault.MIGRATION_FAILED, made.message());
    }

    private Leg here() {
        return new Leg(entry.vm().node(), null, null);
    }

    private OrderedMove told(RelocationState state, Leg leg, @Nullable RelocationFault fault, String why) {
        OrderedMove before = entry.before();
        boolean same = before != null && before.state() == state;
        return new OrderedMove(
                entry.ordered(),
                state,
                same ? before.since() : now.truncatedTo(ChronoUnit.SECONDS),
                leg.from(),
                leg.to(),
                leg.plan(),
                fault,
                why.isEmpty() ? null : Message.fitting(why));
    }
}
