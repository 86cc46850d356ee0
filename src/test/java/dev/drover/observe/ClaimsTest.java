package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.model.Requirement;
import dev.drover.model.Requirement.Operator;
import dev.drover.model.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final List<String> KEYS = List.of("app", "tier", "zone");
    private static final List<String> VALUES = List.of("a", "b", "c");

    @Test
    void whatIsFoundIsWhatMatchesInTheOrderOfAge() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<Selector> selectors =
                    IntStream.range(0, 6).mapToObj(_ -> selector(random)).toList();
            Claims<Integer> claims = new Claims<>();
            IntStream.range(0, selectors.size()).forEach(one -> claims.add(selectors.get(one), one));
            Map<String, String> labels = new HashMap<>();
            KEYS.stream()
                    .filter(_ -> random.nextBoolean())
                    .forEach(key -> labels.put(key, VALUES.get(random.nextInt(VALUES.size()))));

            assertThat(claims.matching(labels))
                    .as("%s by %s", labels, selectors)
                    .containsExactlyElementsOf(IntStream.range(0, selectors.size())
                            .filter(one -> selectors.get(one).matches(labels))
                            .boxed()
                            .toList());
        }
    }

    private static Selector selector(Random random) {
        List<Requirement> requirements = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            Operator operator = List.of(
                            Operator.IN, Operator.IN, Operator.NOT_IN, Operator.EXISTS, Operator.DOES_NOT_EXIST)
                    .get(random.nextInt(5));
            boolean valued = operator == Operator.IN || operator == Operator.NOT_IN;
            List<String> values =
                    VALUES.stream().filter(_ -> random.nextBoolean()).toList();
            requirements.add(
                    new Requirement(KEYS.get(random.nextInt(KEYS.size())), operator, valued ? values : List.of()));
        }
        return new Selector(requirements);
    }
}
