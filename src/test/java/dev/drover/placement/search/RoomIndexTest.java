package dev.drover.placement.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RoomIndexTest {

    @Test
    void the_fullest_even_rest_is_the_best() {
        RoomIndex index = new RoomIndex(4, 630, 630);
        index.put(0, 630, 630);
        index.put(1, 300, 300);
        index.put(2, 200, 600);
        index.put(3, 600, 200);

        assertThat(index.best(100, 100, node -> true)).isEqualTo(1);
        assertThat(index.best(400, 100, node -> true)).isEqualTo(3);
        assertThat(index.best(400, 400, node -> true)).isZero();
        assertThat(index.best(100, 100, node -> node == 2)).isEqualTo(2);
    }

    @Test
    void what_is_larger_than_every_node_or_out_of_service_finds_none() {
        RoomIndex index = new RoomIndex(1, 100, 100);
        index.put(0, 100, 100);

        assertThat(index.best(10_000, 1, node -> true)).isEqualTo(-1);

        index.put(0, -1, 100);
        assertThat(index.best(0, 0, node -> true)).isEqualTo(-1);
    }

    @Property(tries = 300)
    void a_node_is_found_exactly_when_one_fits_and_its_value_is_within_a_step_of_the_best(@ForAll long seed) {
        Random random = new Random(seed);
        int nodes = 1 + random.nextInt(60);
        RoomIndex index = new RoomIndex(nodes, 6399, 6399);
        int[][] room = new int[nodes][];
        for (int change = 0; change < 200; change++) {
            int node = random.nextInt(nodes);
            room[node] = new int[] {random.nextInt(6400), random.nextInt(6400)};
            index.put(node, room[node][0], room[node][1]);
        }
        int[] demand = {random.nextInt(6400), random.nextInt(6400)};

        int found = index.best(demand[0], demand[1], node -> fits(room[node], demand));

        int least = IntStream.range(0, nodes)
                .filter(node -> room[node] != null && fits(room[node], demand))
                .map(node -> value(room[node], demand))
                .min()
                .orElse(-1);
        assertThat(found < 0 ? -1 : value(room[found], demand)).isEqualTo(least);
    }

    private static boolean fits(int[] room, int[] demand) {
        return room[0] >= demand[0] && room[1] >= demand[1];
    }

    /** In steps of a hundred, as the index counts: 64 levels from 0 to 6399. */
    private static int value(int[] room, int[] demand) {
        int first = room[0] / 100 - demand[0] / 100;
        int second = room[1] / 100 - demand[1] / 100;
        return first + second + 4 * Math.abs(first - second);
    }
}
