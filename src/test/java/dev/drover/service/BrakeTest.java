package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.v1alpha1.ConditionStatus;
import dev.drover.api.v1alpha1.NodeLoss;
import dev.drover.api.v1alpha1.ServiceVirtualMachine;
import dev.drover.api.v1alpha1.VirtualMachineState;
import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.SlimNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten nodes of KubeVirt, n0 to n9, at twelve o'clock on the third of January; more than 30 % of those that were there before may not be
 * lost together.
 */
class BrakeTest {
    private static final Instant NOW = Instant.parse("2026-01-03T12:00:00Z");
    private static final int NODES = 10;

    /**
     * @param lost nodes and since when they are not ready: how long before now, or ? when nobody has told
     * @param other gone: their object was deleted; back: ready, for so long; cordoned: since so long; old: a told loss since so long
     * @param order how long ago a person ordered to go on
     * @param counted why it holds: the nodes, and of how many
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            useHeadersInDisplayName = true,
            delimiter = '|',
            textBlock =
                    """
            case                                                     | lost                                  | other                   | order | of | counted
            no node is lost                                          |                                       |                         |       | n0 |
            one node alone                                           | n0=1m                                 |                         |       | n0 |
            three of ten are the most that may be                    | n0=1m n1=1m n2=2m                     |                         |       | n0 |
            four of ten are too many                                 | n0=1m n1=1m n2=2m n3=1m               |                         |       | n0 | 4 of 10: n0 n1 n2 n3
            a failure that spreads is one storm                      | n0=30m n1=80m n2=130m n3=180m         |                         |       | n0 | 4 of 10: n0 n1 n2 n3
            those that were lost long before do not count            | n0=1m n1=2m n2=1d n3=1d n4=2d         |                         |       | n0 |
            nor do they count as there                               | n0=1m n1=2m n2=3m n3=1d n4=1d         |                         |       | n0 | 3 of 8: n0 n1 n2
            a storm of long ago goes on for its own nodes            | n0=1m n1=1d n2=1d n3=1d n4=1d         |                         |       | n1 | 4 of 10: n1 n2 n3 n4
            and not for others                                       | n0=1m n1=1d n2=1d n3=1d n4=1d         |                         |       | n0 |
            the newest storm holds whatever was lost before          | n0=1m n1=1m n2=2m n3=1m n4=1d         |                         |       | n4 | 4 of 9: n0 n1 n2 n3
            of whom nobody has told since when counts in any storm   | n0=1m n1=1m n2=2m n3=?                |                         |       | n0 | 4 of 10: n0 n1 n2 n3
            a node whose object was deleted counts                   | n0=1m n1=1m n2=2m                     | gone n3=3m              |       | n0 | 4 of 10: n0 n1 n2 n3
            one that is back, but not for long, counts               | n0=1m n1=1m n2=2m                     | back n3=1m              |       | n0 | 4 of 10: n0 n1 n2 n3
            one that is back for good does not                       | n0=1m n1=1m n2=2m                     | back n3=3m              |       | n0 |
            who was cordoned before it went was taken out            | n0=1m n1=1m n2=2m n3=3m               | cordoned n3=9m          |       | n0 | 3 of 9: n0 n1 n2
            who was cordoned after it went was not                   | n0=1m n1=1m n2=2m n3=3m               | cordoned n3=2m          |       | n0 | 4 of 10: n0 n1 n2 n3
            nor was one that something of a service was on           | n0=1m n1=1m n2=2m n3=3m               | cordoned n3=9m old n3=3m |      | n0 | 4 of 10: n0 n1 n2 n3
            an order reaches what was lost before it                 | n0=3m n1=3m n2=4m n3=5m               |                         | 1m    | n0 |
            and not what was lost after it                           | n0=1m n1=1m n2=2m n3=2m n4=9m         |                         | 5m    | n0 | 4 of 9: n0 n1 n2 n3
            which holds the others as well                           | n0=1m n1=1m n2=2m n3=2m n4=9m         |                         | 5m    | n4 | 4 of 9: n0 n1 n2 n3
            """)
    void itHoldsWhenTooManyWereLostTogether(
            String says, String lost, String other, String order, String node, String counted) {
        Cluster cluster = new Cluster();
        each(lost, (name, time) -> cluster.lost(name, time));
        String kind = "";
        for (String word : other == null ? new String[0] : other.split(" ")) {
            if (word.contains("=")) {
                cluster.other(kind, word.replaceFirst("=.*", ""), word.replaceFirst(".*=", ""));
            } else {
                kind = word;
            }
        }

        Brake brake = new NodeFates(List.copyOf(cluster.nodes), List.of(), cluster.told, 30, NOW)
                .brake(node, order == null ? null : ago(order));

        assertThat(
                        brake.holds()
                                ? "%d of %d: %s"
                                        .formatted(brake.lost().size(), brake.nodes(), String.join(" ", brake.lost()))
                                : null)
                .isEqualTo(counted);
    }

    private static void each(String words, BiConsumer<String, String> take) {
        Arrays.stream(words == null ? new String[0] : words.split(" "))
                .forEach(word -> take.accept(word.replaceFirst("=.*", ""), word.replaceFirst(".*=", "")));
    }

    private static Instant ago(String time) {
        boolean days = time.endsWith("d");
        long number = Long.parseLong(time.substring(0, time.length() - 1));
        return NOW.minusSeconds(number * (days ? 86_400 : 60));
    }

    private static final class Cluster {
        private final List<SlimNode> nodes = new ArrayList<>(IntStream.range(0, NODES)
                .mapToObj(i -> node("n" + i, "True", ago("9d").toString(), null))
                .toList());
        private final List<ServiceVirtualMachine> told = new ArrayList<>();

        void lost(String name, String time) {
            put(node(name, "Unknown", time.equals("?") ? null : ago(time).toString(), null));
        }

        void other(String kind, String name, String time) {
            switch (kind) {
                case "gone" -> {
                    remove(name);
                    tell(name, time);
                }
                case "back" -> {
                    put(node(name, "True", ago(time).toString(), null));
                    tell(name, "5m");
                }
                case "cordoned" -> put(node(name, "Unknown", ago("3m").toString(), ago(time)));
                case "old" -> tell(name, time);
                default -> throw new IllegalArgumentException(kind);
            }
        }

        private void put(SlimNode node) {
            remove(node.getMetadata().getName());
            nodes.add(node);
        }

        private void remove(String name) {
            nodes.removeIf(node -> node.getMetadata().getName().equals(name));
        }

        private void tell(String node, String time) {
            told.add(new ServiceVirtualMachine(
                    "db-0",
                    VirtualMachineState.WAITING,
                    node,
                    ConditionStatus.FALSE,
                    ConditionStatus.FALSE,
                    null,
                    null,
                    null,
                    new NodeLoss(node, ago(time), null, null, null, null),
                    null));
        }

        private static SlimNode node(String name, String ready, String since, Instant cordoned) {
            SlimNode node = new SlimNode();
            node.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withLabels(Map.of("kubevirt.io/schedulable", "true"))
                    .build());
            node.setSpec(new SlimNode.Spec(
                    cordoned != null,
                    cordoned == null
                            ? List.of()
                            : List.of(new SlimNode.Taint(
                                    "node.kubernetes.io/unschedulable", null, "NoSchedule", cordoned.toString()))));
            node.setStatus(new SlimNode.Status(null, null, List.of(new Condition("Ready", ready, null, null, since))));
            return node;
        }
    }
}
