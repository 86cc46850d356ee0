package dev.drover.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.FenceAgentsRemediation;
import dev.drover.kubevirt.Remediation;
import dev.drover.kubevirt.SelfNodeRemediation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which remediations of medik8s prove that a node was restarted or is off. Node-1 is not ready since twelve. */
class RemediationTest {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Instant NOW = Instant.parse("2026-01-01T12:10:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            useHeadersInDisplayName = true,
            delimiter = '|',
            textBlock =
                    """
            case                                                   | kind | more                                                      | begun | conditions                                                            | proof
            one that has succeeded since it was lost               | SNR  |                                                           | 12:01 | Processing=False Succeeded=True@12:05                                 | true
            one that is under way                                  | SNR  |                                                           | 12:01 | Processing=True Succeeded=Unknown@12:01                               | false
            one that says nothing yet                              | SNR  |                                                           | 12:01 |                                                                       | false
            one that was given up                                  | SNR  |                                                           | 12:01 | Processing=False Succeeded=False@12:05                                | false
            one that does not say when                             | SNR  |                                                           | 12:01 | Processing=False Succeeded=True                                       | false
            one of an earlier failure                              | SNR  |                                                           | 11:01 | Processing=False Succeeded=True@11:05                                 | false
            one that had begun before the node was lost            | SNR  |                                                           | 11:59 | Processing=False Succeeded=True@12:05                                 | false
            at the same second                                     | SNR  |                                                           | 12:00 | Processing=False Succeeded=True@12:00                                 | true
            the fence agent has done it and the pods are gone      | FAR  |                                                           | 12:01 | FenceAgentActionSucceeded=True@12:03 Succeeded=True@12:05             | true
            the fence agent has done it only                       | FAR  |                                                           | 12:01 | FenceAgentActionSucceeded=True@12:03 Succeeded=Unknown@12:01          | false
            no fence agent has done it                             | FAR  |                                                           | 12:01 | FenceAgentActionSucceeded=False@12:03 Succeeded=True@12:05            | false
            one of another name that says that it is of this node  | SNR  | annotations: {remediation.medik8s.io/node-name: node-1}   | 12:01 | Succeeded=True@12:05                                                  | true
            one of this name that is of another node               | SNR  | annotations: {remediation.medik8s.io/node-name: node-2}   | 12:01 | Succeeded=True@12:05                                                  | false
            one of a machine which is named like the node          | SNR  | ownerReferences: [{kind: Machine, name: node-1}]          | 12:01 | Succeeded=True@12:05                                                  | false
            one of a health check                                  | SNR  | ownerReferences: [{kind: NodeHealthCheck, name: workers}] | 12:01 | Succeeded=True@12:05                                                  | true
            """)
    void aCompletedOneIsProofThatBeganAfterTheNodeWasLost(
            String says, String kind, String more, String begun, String conditions, boolean proof) {
        Remediation remediation = remediation(kind, more, begun, conditions);

        NodeFate fate = fates(remediation).of("node-1");

        assertThat(fate.proven()).isEqualTo(proof);
    }

    @Test
    void theProofNamesIt() {
        assertThat(fates(remediation("FAR", null, "12:01", "FenceAgentActionSucceeded=True@12:03 Succeeded=True@12:05"))
                        .of("node-1")
                        .proof())
                .isEqualTo("its FenceAgentsRemediation (ops/node-1) is completed");
    }

    @Test
    void aReadyNodeIsAlive() {
        Remediation completed = remediation("SNR", null, "12:01", "Succeeded=True@12:05");
        NodeFate fate = NodeFate.of(NodeFateTest.node("True", null, null), List.of(completed), NOW);
        assertThat(fate.alive()).isTrue();
        assertThat(fate.proven()).isFalse();
    }

    @Test
    void whatWasOnTheNodeIsRestartedAfterIt() {
        Farm farm = new Farm(Shop.service("", Shop.application("db", 1, "recovery: {restartedBy: Drover}")));
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        farm.log.clear();
        farm.lose("node-1");
        farm.ends("node-1");
        farm.startOn("node-2");
        farm.settled();
        assertThat(farm.log).isEmpty();

        farm.remediations.add(remediation("SNR", null, farm.now, "Succeeded=True@" + farm.now));
        farm.settled();
        assertThat(farm.log).containsExactly("start db-0");
    }

    @Test
    void rightBeforeAStartItIsReadOnceMore() {
        Farm farm = new Farm(Shop.service("", Shop.application("db", 1, "recovery: {restartedBy: Drover}")));
        farm.nodes("node-1", "node-2", "node-3", "node-4");
        Shop.settledAfterDelays(farm);
        farm.lose("node-1");
        farm.settle();
        farm.ends("node-1");
        farm.settle();
        Remediation completed = remediation("SNR", null, farm.now, "Succeeded=True@" + farm.now);

        assertThat(look(farm, List.of(completed))).isEmpty();
        assertThat(look(farm, List.of())).contains("(node-1)", "not proven");
    }

    private static String look(Farm farm, List<Remediation> found) {
        return new LastLook(
                        name -> farm.seen().nodes().stream()
                                .filter(node -> node.getMetadata().getName().equals(name))
                                .findFirst(),
                        () -> found,
                        (_, _) -> Optional.empty(),
                        () -> farm.now)
                .against(farm.service, "db-0");
    }

    private static NodeFates fates(Remediation remediation) {
        return new NodeFates(
                List.of(NodeFateTest.node("Unknown", null, null)), List.of(remediation), List.of(), 30, NOW);
    }

    private static Remediation remediation(String kind, String more, String begun, String conditions) {
        return remediation(kind, more, time(begun), conditions);
    }

    private static Remediation remediation(String kind, String more, Instant begun, String conditions) {
        boolean other = more != null && more.contains("node-name: node-1");
        StringBuilder yaml = new StringBuilder("metadata:\n  name: %s\n  namespace: ops\n  creationTimestamp: \"%s\"\n"
                .formatted(other ? "node-1-x7f" : "node-1", begun));
        if (more != null) {
            yaml.append("  ").append(more).append("\n");
        }
        yaml.append("spec: {sharedparameters: {--password: secret}}\nstatus:\n  conditions:\n");
        for (String condition : conditions == null ? new String[0] : conditions.split(" ")) {
            String[] parts = condition.split("[=@]");
            yaml.append("  - {type: %s, status: \"%s\"%s}\n"
                    .formatted(
                            parts[0],
                            parts[1],
                            parts.length == 2 ? "" : ", lastTransitionTime: \"%s\"".formatted(time(parts[2]))));
        }
        Class<? extends Remediation> type =
                kind.equals("SNR") ? SelfNodeRemediation.class : FenceAgentsRemediation.class;
        return YAML.unmarshal(yaml.toString(), type);
    }

    private static Instant time(String written) {
        return Instant.parse(written.contains("T") ? written : "2026-01-01T%s:00Z".formatted(written));
    }
}
