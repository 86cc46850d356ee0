package dev.drover.plan.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HeapTest {
    private static final int NUMBERS = 12;

    @Property(tries = 300)
    void the_first_is_always_that_with_the_greatest_key_and_of_equals_the_smallest_number(@ForAll long seed) {
        Random random = new Random(seed);
        Heap heap = new Heap(NUMBERS);
        TreeMap<Integer, Double> plain = new TreeMap<>();

        for (int step = 0; step < 200; step++) {
            int number = random.nextInt(NUMBERS);
            if (random.nextInt(3) == 0) {
                heap.remove(number);
                plain.remove(number);
            } else {
                double key = random.nextInt(5);
                heap.put(number, key);
                plain.put(number, key);
            }
            assertThat(heap.isEmpty()).isEqualTo(plain.isEmpty());
            assertThat(heap.contains(number)).isEqualTo(plain.containsKey(number));
            if (!plain.isEmpty()) {
                int first = first(plain);
                assertThat(heap.first()).isEqualTo(first);
                assertThat(heap.firstKey()).isEqualTo(plain.get(first));
            }
        }
    }

    private static int first(TreeMap<Integer, Double> plain) {
        double most = plain.values().stream().mapToDouble(key -> key).max().orElseThrow();
        return plain.keySet().stream()
                .filter(number -> plain.get(number) == most)
                .findFirst()
                .orElseThrow();
    }
}
