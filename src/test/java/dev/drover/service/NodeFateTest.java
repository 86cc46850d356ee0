package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.Condition;
import dev.drover.kubevirt.SlimNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What proves the death of a node, and what does not. It is ten past twelve, and the node's readiness changed at twelve. */
class NodeFateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:10:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            useHeadersInDisplayName = true,
            delimiter = '|',
            textBlock =
                    """
            case                                                  | ready   | taint                             | word                 | alive | proof                                                  | mistake
            a ready node is alive                                 | True    |                                   |                      | true  |                                                        |
            whatever a taint says                                 | True    | node.kubernetes.io/out-of-service |                      | true  |                                                        |
            whatever a person has said                            | True    |                                   | 2026-01-01T12:05:00Z | true  |                                                        |
            silence proves nothing                                | Unknown |                                   |                      | false |                                                        |
            a kubelet that is not ready proves nothing            | False   |                                   |                      | false |                                                        |
            nor does Kubernetes' own taint                        | Unknown | node.kubernetes.io/unreachable    |                      | false |                                                        |
            nor a remediation that has begun                      | Unknown | medik8s.io/remediation            |                      | false |                                                        |
            the out-of-service taint does                         | Unknown | node.kubernetes.io/out-of-service |                      | false | it has the taint node.kubernetes.io/out-of-service     |
            the word of a person after it went silent does        | Unknown |                                   | 2026-01-01T12:05:00Z | false | the annotation drover.dev/node-is-down says so         |
            also at the same second                               | Unknown |                                   | 2026-01-01T12:00:00Z | false | the annotation drover.dev/node-is-down says so         |
            of an earlier failure it does not                     | Unknown |                                   | 2026-01-01T11:59:59Z | false |                                                        | of an earlier failure
            of the future it does not yet                         | Unknown |                                   | 2026-01-01T12:10:01Z | false |                                                        | is for the future
            nor does the out-of-service taint when it ends nothing | Unknown | node.kubernetes.io/out-of-service=NoSchedule | |    false |                                                        |
            without a time it does not                            | Unknown |                                   | yes                  | false |                                                        | (yes) is no time
            """)
    void theDeathOfANodeIsProvenByEvidenceOnly(
            String says, String ready, String taint, String word, boolean alive, String proof, String mistake) {
        NodeFate fate = NodeFate.of(node(ready, taint, word), List.of(), NOW);

        assertThat(fate.alive()).isEqualTo(alive);
        assertThat(fate.proof()).isEqualTo(proof == null ? "" : proof);
        assertThat(fate.proven()).isEqualTo(proof != null);
        if (mistake == null) {
            assertThat(fate.mistake()).isEmpty();
        } else {
            assertThat(fate.mistake()).contains(mistake);
        }
    }

    @Test
    void wordsProveNothingWhileNobodyHasToldSinceWhenTheNodeIsNotReady() {
        SlimNode node = node("Unknown", null, "2026-01-01T12:05:00Z");
        node.setStatus(new SlimNode.Status(null, null, List.of(new Condition("Ready", "Unknown", null, null, null))));
        assertThat(NodeFate.of(node, List.of(), NOW).proven()).isFalse();
        assertThat(NodeFate.of(node, List.of(), NOW).mistake()).contains("cannot be compared");
    }

    static SlimNode node(String ready, String taint, String word) {
        SlimNode node = new SlimNode();
        node.setMetadata(new ObjectMetaBuilder()
                .withName("node-1")
                .withAnnotations(word == null ? Map.of() : Map.of("drover.dev/node-is-down", word))
                .build());
        node.setSpec(new SlimNode.Spec(
                false,
                taint == null
                        ? List.of()
                        : List.of(new SlimNode.Taint(
                                taint.replaceFirst("=.*", ""),
                                null,
                                taint.contains("=") ? taint.replaceFirst(".*=", "") : "NoExecute",
                                null))));
        node.setStatus(new SlimNode.Status(
                null, null, List.of(new Condition("Ready", ready, null, null, "2026-01-01T12:00:00Z"))));
        return node;
    }
}
