package dev.drover.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NominationTest {

    @Test
    void each_alternative_of_the_pod_gains_the_candidates_and_keeps_its_place() {
        NodeSelector own = new NodeSelectorBuilder()
                .addNewNodeSelectorTerm()
                .addNewMatchExpression()
                .withKey("zone")
                .withOperator("Exists")
                .endMatchExpression()
                .endNodeSelectorTerm()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues("n1")
                .endMatchField()
                .endNodeSelectorTerm()
                .build();

        NodeSelector narrowed = Nomination.narrowed(own, List.of("n1", "n2"));

        assertThat(narrowed.getNodeSelectorTerms()).hasSize(2);
        assertThat(narrowed.getNodeSelectorTerms().get(0).getMatchExpressions()).hasSize(2);
        assertThat(narrowed.getNodeSelectorTerms()
                        .get(0)
                        .getMatchExpressions()
                        .getLast()
                        .getValues())
                .containsExactly("n1", "n2");
        assertThat(narrowed.getNodeSelectorTerms().get(1).getMatchFields()).hasSize(1);
        assertThat(narrowed.getNodeSelectorTerms().get(1).getMatchExpressions()).hasSize(1);
    }

    @Test
    void a_pod_without_alternatives_gets_one() {
        assertThat(Nomination.narrowed(null, List.of("n1")).getNodeSelectorTerms())
                .singleElement()
                .satisfies(term -> assertThat(term.getMatchExpressions()).hasSize(1));
    }
}
