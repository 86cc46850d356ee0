package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentionTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("enough for all", 16, new double[] {4, 8}, new double[] {4, 8}, new double[] {4, 8}),
                Arguments.of(
                        "equal guests share evenly", 6, new double[] {4, 4, 4}, new double[] {4, 4, 4}, new double[] {
                            2, 2, 2
                        }),
                Arguments.of(
                        "a modest guest gets all it asks for",
                        6,
                        new double[] {1, 8, 8},
                        new double[] {4, 8, 8},
                        new double[] {1, 2.5, 2.5}),
                Arguments.of(
                        "a guest with twice the cores gets twice as much",
                        6,
                        new double[] {8, 8},
                        new double[] {4, 8},
                        new double[] {2, 4}),
                Arguments.of("nobody asks", 6, new double[] {0, 0}, new double[] {1, 1}, new double[] {0, 0}),
                Arguments.of("a node without capacity", 0, new double[] {3}, new double[] {4}, new double[] {0}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shares(String name, double capacity, double[] demands, double[] weights, double[] granted) {
        assertThat(Contention.share(capacity, demands, weights)).containsExactly(granted, within(1e-9));
    }

    @Property
    void nothing_is_invented_and_nothing_is_wasted(
            @ForAll @DoubleRange(min = 0, max = 64) double capacity,
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0, max = 16) Double> asked) {
        var demands = asked.stream().mapToDouble(Double::doubleValue).toArray();
        var weights = new double[demands.length];
        Arrays.setAll(weights, i -> 1 + i % 4);

        var granted = Contention.share(capacity, demands, weights);

        for (var i = 0; i < demands.length; i++) {
            assertThat(granted[i]).isBetween(0.0, demands[i]);
        }
        assertThat(Arrays.stream(granted).sum())
                .isCloseTo(Math.min(capacity, Arrays.stream(demands).sum()), within(1e-6));
    }
}
