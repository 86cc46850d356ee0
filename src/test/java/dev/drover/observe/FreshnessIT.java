package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.config.Settings;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnTestbed
class FreshnessIT {

    private final Testbed testbed;

    FreshnessIT(Testbed testbed) {
        this.testbed = testbed;
    }

    @BeforeEach
    void ownKinds() {
        Scene.applyOwnKinds(testbed);
    }

    @Test
    void aWatchThatIsCutWithoutAWordIsNoticedAndCured() throws IOException {
        try (CuttableProxy proxy = new CuttableProxy(testbed.server());
                KubernetesClient client = through(proxy);
                Scene scene = Scene.impatient(client).ready()) {
            scene.await(() -> scene.observer.freshness().fresh());

            assertThat(proxy.cutOpenConnections()).isPositive();
            testbed.apply("{apiVersion: v1, kind: Namespace, metadata: {name: unseen}}");
            scene.await(() -> !scene.observer.freshness().fresh());
            assertThat(scene.observer.freshness().reasons()).isNotEmpty();
            assertThat(scene.observer.freshness().secondsUnsynced()).isPositive();

            scene.await(() -> scene.observer.freshness().fresh());
            assertThat(scene.snapshot().cluster().namespaces()).containsKey("unseen");
            assertThat(scene.observer.freshness()).isEqualTo(Freshness.FRESH);
        }
    }

    @Test
    void withoutDroversKindsNothingIsTrustedUntilTheyAreThere() {
        testbed.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("placementpolicies.drover.dev")
                .delete();
        try (Scene scene = Scene.impatient(testbed.client())) {
            scene.await(() -> scene.observer.freshness().reasons().stream()
                    .anyMatch(reason -> reason.contains("does not serve placementpolicies of drover.dev/v1alpha1")));
            assertThat(scene.observer.ready()).isFalse();
            assertThat(scene.observer.freshness().reasons().getFirst())
                    .contains("kubectl apply --server-side -f crds/");

            Scene.applyOwnKinds(testbed);

            scene.ready();
            scene.await(() -> scene.observer.freshness().fresh());
        }
    }

    @Test
    void atRestTheApiServerIsHardlyAsked() {
        Settings asShipped = Settings.DEFAULT;
        try (RequestCounter counter = RequestCounter.of(testbed);
                Scene scene = counter.scene(asShipped).ready()) {
            scene.await(() -> scene.observer.freshness().fresh());

            double perSecond = counter.perSecondDuring(asShipped.freshnessInterval());

            System.out.printf("at rest: %.2f requests a second%n", perSecond);
            assertThat(perSecond).isLessThan(2.0);
        }
    }

    private KubernetesClient through(CuttableProxy proxy) {
        Config config = new ConfigBuilder(testbed.client().getConfiguration())
                .withMasterUrl(proxy.address().toString())
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
