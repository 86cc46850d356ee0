package dev.drover.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Resources;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "cpu, 8000, 8",
        "cpu, 500, 500m",
        "memory, 17179869184, 16Gi",
        "memory, 1000, 1000",
        "memory, 1536, 1536",
        "memory, 0, 0",
        "pods, 1024, 1024",
        "hugepages-2Mi, 2097152, 2Mi"
    })
    void an_amount_is_written_as_people_write_it(String resource, long amount, String text) {
        assertThat(Quantities.write(resource, amount)).isEqualTo(text);
    }

    @Test
    void what_is_written_is_read_as_the_same_amount() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            Resources amounts = Resources.of(random.nextLong(1L << random.nextInt(1, 50)), random.nextLong(1L << 44))
                    .with("example.com/gpu", random.nextInt(9));

            assertThat(Quantities.read(Quantities.write(amounts), Place.root("x")))
                    .isEqualTo(amounts);
        }
    }

    @Test
    void fractions_of_a_unit_are_rounded_up_as_the_scheduler_does() {
        assertThat(Quantities.read(Map.of("cpu", "0.0001", "memory", "1500m"), Place.root("x")))
                .isEqualTo(Resources.of(1, 2));
    }
}
