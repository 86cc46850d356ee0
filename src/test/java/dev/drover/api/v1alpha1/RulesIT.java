package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drover.api.Definitions;
import dev.drover.testbed.OnTestbed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the schemas as the API server applies them: what is asked for is accepted, and a rejection says how to mend it. */
@OnTestbed
class RulesIT {
    private final KubernetesClient client;
    private final Objects objects;

    RulesIT(KubernetesClient client) {
        this.client = client;
        this.objects = new Objects(client);
    }

    @BeforeAll
    static void install(KubernetesClient client) {
        Definitions.install(client);
    }

    static List<RuleCases.Case> creation() {
        return RuleCases.creation();
    }

    @ParameterizedTest
    @MethodSource
    void creation(RuleCases.Case rule) {
        assertThatCode(() -> objects.tryCreate(rule.kind(), rule.name(), rule.accepted()))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> objects.tryCreate(rule.kind(), rule.name(), rule.rejected()))
                .satisfies(rejection -> {
                    assertThat(rejection.getCode()).isEqualTo(422);
                    assertThat(rejection.getMessage()).contains(rule.message());
                });
    }

    static List<RuleCases.Change> changes() {
        return RuleCases.changes();
    }

    @ParameterizedTest
    @MethodSource
    void changes(RuleCases.Change change) {
        GenericKubernetesResource plan =
                objects.spec("MigrationPlan", "plan", change.before()).create();
        try {
            assertThatCode(() -> tryReplace(change.accepted())).doesNotThrowAnyException();
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> tryReplace(change.rejected()))
                    .satisfies(rejection -> {
                        assertThat(rejection.getCode()).isEqualTo(422);
                        assertThat(rejection.getMessage()).contains(change.message());
                    });
        } finally {
            client.resource(plan).delete();
        }
    }

    @Test
    void theLargestPlanIsApprovedMoveByMoveWithinTheServersBudgetForRules() {
        List<String> ids = IntStream.range(0, 256).mapToObj(move -> "m" + move).toList();
        String plan =
                """
                policy: default
                reason: Balance
                expected: {scoreBefore: 60, scoreAfter: 90}
                snapshot: {time: "2026-01-01T00:00:00Z", digest: d1}
                moves:
                """
                        + ids.stream()
                                .map(id ->
                                        "- {id: %s, virtualMachine: {namespace: shop, name: %s, uid: u}, from: n1, to: n2, reason: Balance, priority: 1}\n"
                                                .formatted(id, "x".repeat(253)))
                                .collect(Collectors.joining());
        GenericKubernetesResource written =
                objects.spec("MigrationPlan", "plan", plan).create();
        try {
            assertThatCode(() -> tryReplace(
                            plan + "approval: {decision: Approved, digest: d1, moves: " + ids.reversed() + "}\n"))
                    .doesNotThrowAnyException();
        } finally {
            client.resource(written).delete();
        }
    }

    private void tryReplace(String spec) {
        GenericKubernetesResource changed =
                objects.spec("MigrationPlan", "plan", spec).item();
        changed.getMetadata()
                .setResourceVersion(client.resource(changed).get().getMetadata().getResourceVersion());
        client.resource(changed).dryRun(true).update();
    }
}
