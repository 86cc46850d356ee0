package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who waits to be restarted, and for how long others wait for whom. */
class RestartQueueTest {
    private static final String DROVER = "recovery: {restartedBy: Drover%s}";
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            useHeadersInDisplayName = true,
            delimiter = '|',
            textBlock =
                    """
            case                                          | service             | application                                | lost          | fenced        | waits
            of whom the node is proven down               |                     | recovery: {restartedBy: Drover}            | node-1        | node-1        | db-0 db-1
            not without a proof                           |                     | recovery: {restartedBy: Drover}            | node-1        |               |
            not while the brake holds                     |                     | recovery: {restartedBy: Drover}            | node-1 node-2 | node-1 node-2 |
            not when KubeVirt restarts it                 |                     |                                            | node-1        | node-1        |
            not when it is to wait for its node           |                     | recovery: {restartedBy: Drover, onNodeFailure: None} | node-1 | node-1      |
            not of a service that is paused               | management: Paused  | recovery: {restartedBy: Drover}            | node-1        | node-1        |
            not of a service that is stopped              | runPolicy: Stopped  | recovery: {restartedBy: Drover}            | node-1        | node-1        |
            not when its node is well                     |                     | recovery: {restartedBy: Drover}            | node-2        | node-2        |
            """)
    void whoWaits(String says, String service, String application, String lost, String fenced, String waits) {
        String app = Shop.application("db", 2, application == null ? "" : application);
        Farm farm = new Farm(Shop.service("", app));
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        for (String node : lost.split(" ")) {
            farm.lose(node);
        }
        farm.settle();
        farm.change(Shop.service(service == null ? "" : service, app));
        for (String node : fenced == null ? new String[0] : fenced.split(" ")) {
            farm.fence(node);
        }

        assertThat(queue(farm))
                .extracting(Turn::machine)
                .containsExactly(waits == null ? new String[0] : waits.split(" "));
    }

    @Test
    void itsTurnBeginsWithTheProofAndEndsWhenItHasANode() {
        Farm farm = new Farm(Shop.service("", Shop.application("db", 1, DROVER.formatted(""))));
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        farm.lose("node-1");
        farm.settle();
        farm.pass(Duration.ofMinutes(30));
        farm.fence("node-1");
        Instant proven = farm.now;
        assertThat(queue(farm)).extracting(Turn::from).containsExactly(proven);
        farm.homeless.add("db-0");
        farm.startOn("node-2");
        farm.step();
        assertThat(farm.log).endsWith("start db-0");
        farm.pass(Duration.ofMinutes(1));
        farm.settle();
        assertThat(queue(farm))
                .as("its instance has no node yet, and others wait for it all the same")
                .extracting(Turn::from)
                .allSatisfy(from -> assertThat(from).isBetween(proven, proven.plusSeconds(1)))
                .hasSize(1);

        farm.homeless.clear();
        farm.settle();
        assertThat(queue(farm)).isEmpty();
    }

    @Test
    void itBeginsAnewWhenTheBrakeIsReleased() {
        Farm farm = new Farm(Shop.service("", Shop.application("db", 1, DROVER.formatted(""))));
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        farm.lose("node-1");
        farm.lose("node-2");
        farm.settle();
        farm.fence("node-1");
        farm.settle();
        farm.pass(Duration.ofMinutes(30));
        farm.settle();
        assertThat(queue(farm)).isEmpty();

        farm.comesBack("node-2");
        assertThat(queue(farm)).extracting(Turn::from).containsExactly(farm.now);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            useHeadersInDisplayName = true,
            delimiter = '|',
            textBlock =
                    """
            case                                            | priority | order | other priority | other order | minutes | before
            the greater priority is before                  | 10       | 5     | 1              | 0           | 0       | true
            the smaller is not                              | 1        | 0     | 10             | 5           | 0       | false
            of the same priority the lower order is before  | 1        | 0     | 1              | 1           | 4       | true
            of the same rank none is                        | 1        | 1     | 1              | 1           | 0       | false
            who could not be started for long is not        | 10       | 5     | 1              | 0           | 5       | false
            """)
    void whoIsBeforeWhom(
            String says, int priority, int order, int otherPriority, int otherOrder, int minutes, boolean before) {
        Turn turn = new Turn("default", "shop", "db-0", priority, order, NOON);
        Turn other = new Turn("default", "shop", "web-0", otherPriority, otherOrder, NOON.plusSeconds(60));

        assertThat(turn.before(other, NOON.plus(Duration.ofMinutes(minutes)))).isEqualTo(before);
    }

    private static List<Turn> queue(Farm farm) {
        return new ServiceScenes(farm.seen(), 30, farm.now)
                .of(farm.service, null)
                .recovering()
                .queue();
    }
}
