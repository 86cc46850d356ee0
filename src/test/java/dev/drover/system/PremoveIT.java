package dev.drover.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.MoveReason;
import dev.drover.api.v1alpha1.MoveState;
import dev.drover.api.v1alpha1.MoveStatus;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.NodeInventoryStatus;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import dev.drover.testbed.player.Curve;
import dev.drover.testbed.player.Demand;
import dev.drover.testbed.player.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A load that comes again each {@value #SEASON} seconds: while Drover only watches, its peak makes a node hot; once Drover may act, a virtual
 * machine has left before the next one.
 */
@OnTestbed
class PremoveIT {
    private static final int SEASON = 200;
    private static final int HORIZON = 60;
    private static final double GIB = 1L << 30;
    private static final Duration SEASONS = Duration.ofSeconds(6 * SEASON);
    private static final Pattern TRUSTED = Pattern.compile("(?m)^drover_policy_forecasts_trusted\\S* (\\d+)");

    private static final Pattern TIME = Pattern.compile("at (\\S+Z), target");

    private final Testbed testbed;
    private final Shown shown;

    PremoveIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    /** Four of four cores ask for one core each, and for 3.9 each in the peak: 15.6 of 16, where 12.8 is the target. */
    @Test
    void aVirtualMachineLeavesBeforeThePeakThatMadeItsNodeHot() throws Exception {
        try (Stage stage = Stage.withNodes(testbed, 2)) {
            List<Vms> groups = List.of(vms("web", "node-1"), vms("calm", "node-2"));
            groups.getLast().names().forEach(vm -> testbed.player().demand(VmId.of(vm), Demand.constant(1, GIB / 2)));
            Vms.create(testbed, groups);
            Vms.awaitRunning(testbed, groups);
            OperatorProcess operator = stage.keep(
                    OperatorProcess.on(testbed).with("metrics-interval", "2s").start());
            Migrations migrations = stage.migrations();
            apply("Off");
            tide(groups.getFirst());

            int hot = Awaiting.until("The peak makes node-1 hot", SEASONS, this::pressure, now -> now > 110);
            Awaiting.until(
                    "It is known, and the next one is still to come",
                    SEASONS,
                    () -> trusted(operator) >= 4 ? pressure() : Integer.MAX_VALUE,
                    now -> now < 50);
            assertThat(migrations.all()).as("moves while it only watches").isEmpty();

            apply("Automatic");
            MigrationPlan plan = Awaiting.until("A plan is made", SEASONS, shown::plans, plans -> !plans.isEmpty())
                    .getFirst();
            int before = pressure();
            Instant moved = Awaiting.until("It is carried out", this::finished, Objects::nonNull);

            assertThat(plan.getSpec().reason()).isEqualTo(MoveReason.FORECAST);
            String why =
                    Objects.requireNonNull(plan.getSpec().moves().getFirst().message());
            assertThat(why).contains("node-1 is forecast to be at", "of cpu at", "less wrong than the same as now");
            Matcher foreseen = TIME.matcher(why);
            assertThat(foreseen.find()).isTrue();
            Instant peak = Instant.parse(foreseen.group(1));
            assertThat(moved).as("moved before the peak").isBefore(peak);
            assertThat(before)
                    .as("pressure when the plan was made, in percent of the target")
                    .isLessThan(100);
            AtomicInteger highest = new AtomicInteger();
            Awaiting.always("No node becomes hot", Duration.ofSeconds(SEASON), this::highest, now -> {
                highest.accumulateAndGet(now, Math::max);
                return now <= 100;
            });
            assertThat(highest.get())
                    .as("the peak has come meanwhile, and never was too high")
                    .isBetween(70, 100);
            System.out.printf(
                    "highest pressure in percent of the target: %d in the peak that was only watched, %d in the one that was forecast; moves: %d, ended %d s before it: %s%n",
                    hot,
                    highest.get(),
                    migrations.ours().size(),
                    Duration.between(moved, peak).toSeconds(),
                    why);
        }
    }

    private static Vms vms(String name, String node) {
        return Vms.named(name, 4).cores(4).preferring(node);
    }

    /** Half of the season low, half of it high. */
    private void tide(Vms machines) {
        Curve curve = Curve.trace(
                List.of(
                        Curve.point(0, 1),
                        Curve.point(SEASON / 2.0 - 1, 1),
                        Curve.point(SEASON / 2.0, 3.9),
                        Curve.point(SEASON - 1, 3.9),
                        Curve.point(SEASON, 1)),
                true);
        machines.names().forEach(vm -> testbed.player()
                .demand(VmId.of(vm), Demand.constant(1, GIB / 2).withCpu(curve)));
    }

    private void apply(String mode) {
        testbed.apply(Yaml.policy(
                mode,
                "Advise",
                "aggressiveness: 2",
                "demand: {windowSeconds: 15, forecast: {horizonSeconds: %d, seasonSeconds: %d}}"
                        .formatted(HORIZON, SEASON),
                "weights: {memory: 0}"));
    }

    private int pressure() {
        return pressure("node-1");
    }

    private int highest() {
        return Math.max(pressure("node-1"), pressure("node-2"));
    }

    private int pressure(String node) {
        NodeInventory inventory =
                testbed.client().resources(NodeInventory.class).withName(node).get();
        NodeInventoryStatus status = inventory == null ? null : inventory.getStatus();
        return status == null ? 0 : Objects.requireNonNullElse(status.pressurePercent(), 0);
    }

    private @Nullable Instant finished() {
        return shown.plans().stream()
                .map(MigrationPlan::getStatus)
                .filter(Objects::nonNull)
                .flatMap(status -> status.moves().stream())
                .filter(move -> move.state() == MoveState.SUCCEEDED)
                .map(MoveStatus::finished)
                .findFirst()
                .orElse(null);
    }

    private static long trusted(OperatorProcess operator) {
        return TRUSTED.matcher(operator.metrics())
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
    }
}
