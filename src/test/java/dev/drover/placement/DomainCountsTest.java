package dev.drover.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DomainCountsTest {
    private static final int KINDS = 3;
    private static final int DOMAINS = 40;

    @Property(tries = 300)
    void it_counts_as_a_map_does(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DomainCounts counts = new DomainCounts(KINDS);
        Map<Integer, int[]> expected = new HashMap<>();
        for (int step = 0; step < 500; step++) {
            int domain = random.nextInt(DOMAINS) * (1 + (int) (seed & 127));
            int kind = random.nextInt(KINDS);
            int[] ofDomain = expected.computeIfAbsent(domain, unseen -> new int[KINDS]);
            int by = ofDomain[kind] > 0 && random.nextInt(5) > 1 ? -ofDomain[kind] : 1;
            ofDomain[kind] += by;
            counts.add(domain, kind, by);
        }
        expected.forEach((domain, ofDomain) -> {
            for (int kind = 0; kind < KINDS; kind++) {
                assertThat(counts.get(domain, kind)).isEqualTo(ofDomain[kind]);
            }
        });
        assertThat(counts.size()).isEqualTo((int) expected.values().stream()
                .filter(ofDomain -> Arrays.stream(ofDomain).anyMatch(count -> count != 0))
                .count());
    }

    @Test
    void one_that_was_in_every_domain_is_counted_in_one() {
        DomainCounts counts = new DomainCounts(KINDS);
        for (int domain = 0; domain < 5000; domain++) {
            counts.add(domain, 0, 1);
            counts.add(domain, 0, -1);
        }
        counts.add(7, 0, 1);

        assertThat(counts.size()).isEqualTo(1);
        assertThat(counts.get(7, 0)).isEqualTo(1);
        assertThat(counts.get(8, 0)).isZero();
    }
}
