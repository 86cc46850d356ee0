package dev.drover.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleListTest {
    private static final ConstraintId APART = new ConstraintId("PlacementConstraint", "shop", "apart", "u-2");
    private static final ConstraintId GOLD = new ConstraintId("ClusterPlacementConstraint", "", "gold", "u-1");

    @Test
    void what_is_written_can_be_read_and_is_in_one_order() {
        String text = RuleList.write(List.of(APART, GOLD, APART));

        assertThat(text).isEqualTo("u-1=ClusterPlacementConstraint//gold,u-2=PlacementConstraint/shop/apart");
        assertThat(RuleList.read(text)).containsExactly(GOLD, APART);
        assertThat(RuleList.write(List.of(GOLD, APART))).isEqualTo(text);
    }

    @Test
    void too_many_rules_are_listed_by_uid_only() {
        List<ConstraintId> many = IntStream.range(0, 1_000)
                .mapToObj(i -> new ConstraintId("PlacementConstraint", "shop", "rule-" + i, new UUID(0, i).toString()))
                .toList();

        String text = RuleList.write(many);

        assertThat(text).hasSizeLessThanOrEqualTo(8_192);
        assertThat(RuleList.read(text)).hasSize(221).allSatisfy(id -> assertThat(id.name())
                .isEmpty());
    }

    @Test
    void an_annotation_that_somebody_made_up_is_skipped() {
        assertThat(RuleList.read("")).isEmpty();
        assertThat(RuleList.read(" , =x/y/z, u=only-one , u=a/b/c/d")).isEmpty();
        assertThat(RuleList.read("u-2=PlacementConstraint/shop/apart, rubbish/=/"))
                .contains(APART);
    }
}
