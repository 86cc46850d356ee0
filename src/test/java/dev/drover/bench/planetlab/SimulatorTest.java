package dev.drover.bench.planetlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drover.bench.planetlab.PlanetLabBench.PolicyKind;
import dev.drover.bench.planetlab.Run.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final Policy REST = (floor, history) -> {};

    @Property(tries = 30)
    void an_evaluator_that_shares_no_code_counts_the_same(
            @ForAll long seed, @ForAll Rules rules, @ForAll PolicyKind kind) {
        Day day = RandomDays.of(seed);
        if (rules != Rules.DROVER && kind == PolicyKind.DROVER) {
            return;
        }

        Run run = Simulator.run(day, rules, kind.create(day.vms()));

        assertThat(RunEvaluator.breaches(run)).isEmpty();
    }

    @Property(tries = 30)
    void what_comes_later_changes_no_decision(@ForAll long seed, @ForAll PolicyKind kind) {
        Day day = RandomDays.of(seed);
        int seen = 1 + Math.floorMod(seed, 280);
        List<int[]> other = day.percent().stream().map(int[]::clone).toList();
        other.forEach(percent -> Arrays.setAll(percent, step -> step <= seen ? percent[step] : 100 - percent[step]));

        Run run = Simulator.run(day, Rules.DROVER, kind.create(day.vms()));
        Run changed = Simulator.run(new Day("changed", other), Rules.DROVER, kind.create(day.vms()));

        for (int step = 0; step <= seen + 1; step++) {
            assertThat(changed.placed().get(step)).isEqualTo(run.placed().get(step));
        }
    }

    @Test
    void a_policy_that_looks_into_the_future_is_stopped() {
        Day day = RandomDays.of(1);
        Policy peeks = (floor, history) -> history.demand(0, history.last() + 1);

        assertThatThrownBy(() -> Simulator.run(day, Rules.DROVER, peeks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step (1) is in the future (0 is the last known)");
    }

    @Test
    void an_idle_machine_costs_the_power_of_an_idle_node_in_all_steps_but_the_first() {
        Figures figures = rest(Collections.nCopies(2, new int[Day.STEPS])).figures();

        double bothNodes = 86 + 93.7;
        assertThat(figures.energyKWh()).isCloseTo(bothNodes * 287 * 300 / 3.6e6, within(1e-9));
        assertThat(figures.unmetPercent()).isZero();
        assertThat(figures.migrations()).isZero();
    }

    @Test
    void demand_above_the_capacity_of_a_node_is_not_met() {
        List<int[]> percent = new ArrayList<>(Collections.nCopies(1608, new int[Day.STEPS]));
        int[] busy = new int[Day.STEPS];
        Arrays.fill(busy, 100);
        percent.set(0, busy);
        percent.set(800, busy);
        percent.set(1600, busy);

        Figures figures = rest(percent).figures();

        double asked = 2500 + 2000 + 500;
        double capacity = 2 * 1860;
        assertThat(figures.unmetPercent()).isCloseTo(100 * (asked - capacity) / asked, within(1e-9));
        assertThat(figures.slatahPercent()).isCloseTo(100.0 / 800, within(1e-9));
    }

    private static Run rest(List<int[]> percent) {
        return Simulator.run(new Day("by hand", percent), Rules.DROVER, REST);
    }

    @Test
    void under_the_rules_of_cloudsim_a_machine_that_is_idle_twice_leaves_for_the_day() {
        int[] percent = new int[Day.STEPS];
        Arrays.fill(percent, 50);
        percent[10] = 0;
        percent[20] = 0;
        percent[21] = 0;
        Day day = new Day("by hand", List.of(percent));

        Run run = Simulator.run(day, Rules.CLOUDSIM, REST);

        assertThat(run.placed().get(20)[0]).isNotEqualTo(Floor.NOWHERE);
        assertThat(run.placed().get(21)[0]).isEqualTo(Floor.NOWHERE);
        assertThat(run.placed().get(287)[0]).isEqualTo(Floor.NOWHERE);
        assertThat(Simulator.run(day, Rules.CLOUDSIM_KEEP, REST).placed().get(287)[0])
                .isNotEqualTo(Floor.NOWHERE);
    }

    @Test
    void under_the_rules_of_cloudsim_a_machine_that_finds_no_room_by_its_full_size_never_starts() {
        Day day = new Day("by hand", Collections.nCopies(1516, new int[Day.STEPS]));

        Run run = Simulator.run(day, Rules.CLOUDSIM_KEEP, REST);

        assertThat(Arrays.stream(run.placed().getLast()).filter(node -> node == Floor.NOWHERE))
                .isNotEmpty();
        assertThat(RunEvaluator.breaches(run)).isEmpty();
    }

    @Test
    void the_evaluator_sees_a_figure_a_place_and_a_move_that_are_wrong() {
        Day day = RandomDays.of(3);
        Run run = Simulator.run(day, Rules.DROVER, new ThresholdPolicy());
        Figures real = run.figures();
        Figures wrong = new Figures(
                real.energyKWh() * 1.001,
                real.migrations(),
                real.slatahPercent(),
                real.unmetPercent(),
                real.pdmPercent());
        List<int[]> elsewhere = new ArrayList<>(run.placed());
        elsewhere.set(100, new int[day.vms()]);

        assertThat(RunEvaluator.breaches(new Run(day, run.rules(), run.placed(), run.moves(), wrong)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("energy is");
        assertThat(RunEvaluator.breaches(new Run(day, run.rules(), elsewhere, run.moves(), real)))
                .anyMatch(breach -> breach.startsWith("in step 100 VM "));
        assertThat(RunEvaluator.breaches(new Run(
                        day,
                        run.rules(),
                        run.placed(),
                        run.moves().subList(1, run.moves().size()),
                        real)))
                .isNotEmpty();
    }

    @Test
    void power_is_what_was_measured_and_linear_in_between() {
        assertThat(NodeKind.G4.watts(0)).isEqualTo(86);
        assertThat(NodeKind.G4.watts(1860)).isCloseTo(102, within(1e-9));
        assertThat(NodeKind.G5.watts(5320 * 0.25)).isCloseTo((101 + 105) / 2.0, within(1e-9));
        assertThat(NodeKind.G5.watts(9999)).isEqualTo(135);
    }

    @Test
    void a_quarter_of_the_machines_is_of_each_kind() {
        assertThat(VmKind.of(262, 1052)).isEqualTo(VmKind.COMPUTE);
        assertThat(VmKind.of(263, 1052)).isEqualTo(VmKind.EXTRA_LARGE);
        assertThat(VmKind.of(1051, 1052)).isEqualTo(VmKind.MICRO);
        assertThat(VmKind.of(897, 898)).isEqualTo(VmKind.MICRO);
    }
}
