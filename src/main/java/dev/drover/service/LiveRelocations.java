package dev.drover.service;

import dev.drover.api.v1alpha1.OrderedMove;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the loop over the cluster tells of the orders that it carries out live, as the status of the service tells it. It is only told
 * here: nothing is done for it. Pure.
 */
final class LiveRelocations {
    private LiveRelocations() {}

    /**
     * @param entries by virtual machine, in the order in which they changed last; those that say something new are changed
     * @param now to the second
     */
    static void mirror(Map<String, ServiceRelocation> entries, List<SeenMachine> machines, Instant now) {
        for (SeenMachine machine : machines) {
            OrderedMove told = machine.served().ordered();
            if (told != null && told.ordered() != null) {
                ServiceRelocation before = entries.get(machine.name());
                if (before == null || isNews(before, told, told.ordered())) {
                    entries.remove(machine.name());
                    entries.put(machine.name(), mirrored(machine.name(), told, told.ordered(), before, now));
                }
            }
        }
    }

    /** What has ended, or is carried out by a stop and a start, is not the loop's. */
    private static boolean isNews(ServiceRelocation before, OrderedMove told, Instant ordered) {
        if (before.ordered().isBefore(ordered)) {
            return before.state().isEnd() || before.state().isLive();
        }
        boolean same = before.state() == told.state()
                && Objects.equals(before.from(), told.from())
                && Objects.equals(before.to(), told.to())
                && Objects.equals(before.message(), told.message());
        return before.ordered().equals(ordered) && before.state().isLive() && !same;
    }

    private static ServiceRelocation mirrored(
            String machine, OrderedMove told, Instant ordered, @Nullable ServiceRelocation before, Instant now) {
        List<RelocationStep> steps = new ArrayList<>();
        if (before != null && before.ordered().equals(ordered)) {
            steps.addAll(before.steps());
        }
        if (steps.isEmpty() || steps.getLast().state() != told.state()) {
            steps.add(new RelocationStep(told.state(), now.truncatedTo(ChronoUnit.SECONDS)));
        }
        return new ServiceRelocation(
                machine, ordered, told.state(), told.from(), told.to(), steps, List.of(), told.fault(), told.message());
    }
}
