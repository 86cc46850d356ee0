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
        RoomIndex index = new RoomIndex(4, 630, 630, 4);
        index.put(0, 630, 630);
        index.put(1, 300, 300);
        index.put(2, 200, 600);
        index.put(3, 600, 200);

        assertThat(index.fullest(100, 100, node -> true)).isEqualTo(1);
        assertThat(index.fullest(400, 100, node -> true)).isEqualTo(3);
        assertThat(index.fullest(400, 400, node -> true)).isZero();
        assertThat(index.fullest(100, 100, node -> node == 2)).isEqualTo(2);
    }

    @Test
    void an_uneven_rest_is_as_good_as_an_even_one_where_that_does_not_count() {
        RoomIndex index = new RoomIndex(3, 630, 630, 0);
        index.put(0, 630, 630);
        index.put(1, 300, 300);
        index.put(2, 100, 450);

        assertThat(index.fullest(50, 50, node -> true)).isEqualTo(2);
        assertThat(index.fullest(200, 50, node -> true)).isEqualTo(1);
        assertThat(index.fullest(400, 50, node -> true)).isZero();
    }

    @Test
    void what_is_larger_than_every_node_or_out_of_service_finds_none() {
        RoomIndex index = new RoomIndex(1, 100, 100, 4);
        index.put(0, 100, 100);

        assertThat(index.fullest(10_000, 1, node -> true)).isEqualTo(-1);

        index.put(0, -1, 100);
        assertThat(index.fullest(0, 0, node -> true)).isEqualTo(-1);
    }

    @Test
    void the_emptiest_is_the_one_that_has_most_of_what_it_lacks_more() {
        RoomIndex index = new RoomIndex(3, 640, 640, 4);
        index.put(0, 300, 640);
        index.put(1, 400, 400);
        index.put(2, 640, 350);
        int[][] room = {{300, 640}, {400, 400}, {640, 350}};

        assertThat(index.emptiest(10, 10, node -> true, node -> fullness(room[node], new int[] {10, 10})))
                .isEqualTo(1);
        assertThat(index.emptiest(300, 10, node -> true, node -> fullness(room[node], new int[] {300, 10})))
                .isEqualTo(2);
        assertThat(index.emptiest(10, 10, node -> node == 0, node -> fullness(room[node], new int[] {10, 10})))
                .isZero();
        assertThat(index.emptiest(10, 10, node -> false, node -> 0)).isEqualTo(-1);
    }

    @Property(tries = 300)
    void the_emptiest_of_few_is_that_of_a_look_at_all(@ForAll long seed) {
        Random random = new Random(seed);
        int nodes = 1 + random.nextInt(60);
        int spread = 1 + random.nextInt(6400);
        RoomIndex index = new RoomIndex(nodes, 6399, 3199, 4);
        int[][] room = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            room[node] = new int[] {random.nextInt(spread), random.nextInt(spread / 2 + 1)};
            index.put(node, room[node][0], room[node][1]);
        }
        int[] demand = {random.nextInt(8000), random.nextInt(4000)};

        int found = index.emptiest(demand[0], demand[1], node -> node % 3 > 0, node -> half(room[node], demand));

        double least = IntStream.range(0, nodes)
                .filter(node -> node % 3 > 0)
                .mapToDouble(node -> half(room[node], demand))
                .min()
                .orElse(-1);
        assertThat(found < 0 ? -1 : half(room[found], demand)).isEqualTo(least);
    }

    private static double fullness(int[] room, int[] demand) {
        return 1 - Math.min(room[0] - demand[0], room[1] - demand[1]) / 640.0;
    }

    private static double half(int[] room, int[] demand) {
        return 1 - Math.min((room[0] - demand[0]) / 6399.0, (room[1] - demand[1]) / 3199.0);
    }

    @Property(tries = 300)
    void a_node_is_found_exactly_when_one_fits_and_its_value_is_within_a_step_of_the_best(@ForAll long seed) {
        Random random = new Random(seed);
        int nodes = 1 + random.nextInt(60);
        int uneven = random.nextInt(5);
        RoomIndex index = new RoomIndex(nodes, 6399, 6399, uneven);
        int[][] room = new int[nodes][];
        for (int change = 0; change < 200; change++) {
            int node = random.nextInt(nodes);
            room[node] = new int[] {random.nextInt(6400), random.nextInt(6400)};
            index.put(node, room[node][0], room[node][1]);
        }
        int[] demand = {random.nextInt(6400), random.nextInt(6400)};

        int found = index.fullest(demand[0], demand[1], node -> fits(room[node], demand));

        int least = IntStream.range(0, nodes)
                .filter(node -> room[node] != null && fits(room[node], demand))
                .map(node -> value(room[node], demand, uneven))
                .min()
                .orElse(-1);
        assertThat(found < 0 ? -1 : value(room[found], demand, uneven)).isEqualTo(least);
    }

    private static boolean fits(int[] room, int[] demand) {
        return room[0] >= demand[0] && room[1] >= demand[1];
    }

    /** In steps of a hundred, as the index counts: 64 levels from 0 to 6399. */
    private static int value(int[] room, int[] demand, int uneven) {
        int first = room[0] / 100 - demand[0] / 100;
        int second = room[1] / 100 - demand[1] / 100;
        return first + second + uneven * Math.abs(first - second);
    }
}
