package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.SlimPod;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gang "db" of the namespace shop. */
class GangsTest {
    private final World world = new World().nodes(2);

    private static GatedPod waiting(String vm, Map<String, String> labels) {
        SlimPod pod = GatedPodTest.pod(vm);
        pod.getMetadata().setLabels(labels);
        return GatedPod.of(pod, Duration.ofSeconds(10));
    }

    private static GatedPod waiting(String vm, String gang, int size) {
        return waiting(vm, labels(gang, size));
    }

    private static Map<String, String> labels(String gang, int size) {
        return Map.of(Membership.GANG, gang, Membership.SIZE, String.valueOf(size));
    }

    private Gangs.Roll call(GatedPod... pods) {
        return new Gangs(world.cluster().vms()).call(List.of(pods));
    }

    private static List<List<String>> names(Gangs.Roll roll) {
        return roll.ready().stream()
                .map(pods -> pods.stream().map(pod -> pod.subject().name()).toList())
                .toList();
    }

    @Test
    void who_belongs_to_no_gang_is_decided_alone() {
        assertThat(names(call(waiting("a", Map.of()), waiting("b", Map.of()))))
                .containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void a_gang_is_decided_together_once_all_of_it_wait() {
        assertThat(names(call(waiting("a", "db", 2), waiting("x", Map.of()), waiting("b", "db", 2))))
                .containsExactlyInAnyOrder(List.of("a", "b"), List.of("x"));
    }

    @Test
    void a_gang_of_which_some_are_missing_waits_and_says_how_many() {
        Gangs.Roll roll = call(waiting("a", "db", 3), waiting("b", "db", 3), waiting("c", "web", 1));

        assertThat(names(roll)).containsExactly(List.of("c"));
        assertThat(roll.incomplete().values())
                .hasSize(2)
                .containsOnly("Its gang (shop/db) starts together or not at all, and 2 of 3 are there.");
    }

    @Test
    void members_that_run_are_there() {
        world.member("a", "db", 3, "node-0").member("b", "db", 3, "node-1").member("c", "db", 3, null);

        assertThat(names(call(waiting("c", "db", 3)))).containsExactly(List.of("c"));
    }

    @Test
    void one_that_waits_and_is_promised_a_node_counts_once() {
        world.member("a", "db", 2, "node-0");

        assertThat(call(waiting("a", "db", 2)).ready()).isEmpty();
    }

    @Test
    void the_larger_size_counts_where_members_disagree() {
        assertThat(call(waiting("a", "db", 2), waiting("b", "db", 3)).ready()).isEmpty();
    }

    @Test
    void the_target_of_a_migration_waits_for_nobody() {
        Map<String, String> labels = new HashMap<>(labels("db", 3));
        labels.put(SlimPod.MIGRATION_LABEL, "uid-7");

        assertThat(names(call(waiting("a", labels)))).containsExactly(List.of("a"));
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "-1", "three", "257", "99999999999", "2.5"})
    void a_size_that_is_none_is_told_and_the_pod_waits_for_nobody(String size) {
        GatedPod pod = waiting("a", Map.of(Membership.GANG, "db", Membership.SIZE, size));

        assertThat(names(call(pod))).containsExactly(List.of("a"));
        assertThat(pod.fault())
                .contains("It starts alone: its label drover.dev/gang says that it belongs to a gang (db), but "
                        + "drover.dev/gang-size (" + size + ") is no number from 1 to 256.");
    }

    @Test
    void who_says_nothing_of_a_gang_or_says_it_well_is_told_nothing() {
        assertThat(Stream.of(waiting("a", Map.of()), waiting("b", "db", 256)))
                .allMatch(pod -> pod.fault().isEmpty());
    }
}
