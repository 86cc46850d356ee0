package dev.drover.cli;

import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.ClusterPlacementConstraint;
import dev.drover.api.v1alpha1.Drover;
import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.api.v1alpha1.NodeInventory;
import dev.drover.api.v1alpha1.PlacementConstraint;
import dev.drover.api.v1alpha1.PlacementPolicy;
import dev.drover.api.v1alpha1.VirtualMachinePlacement;
import dev.drover.api.v1alpha1.VirtualMachineProfile;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the cluster knows the kinds of Drover, and how it learns them. */
final class CustomResourceDefinitions {

    static final Set<String> PLURALS = Stream.of(
                    ApplicationService.class,
                    ClusterPlacementConstraint.class,
                    MigrationPlan.class,
                    NodeInventory.class,
                    PlacementConstraint.class,
                    PlacementPolicy.class,
                    VirtualMachinePlacement.class,
                    VirtualMachineProfile.class)
            .map(HasMetadata::getPlural)
            .collect(Collectors.toCollection(TreeSet::new));

    private static final int PATIENCE_SECONDS = 30;

    private final KubernetesClient client;

    CustomResourceDefinitions(KubernetesClient client) {
        this.client = client;
    }

    /** Applies the definitions that this program was built with, and waits until the API server serves them. */
    void install(PrintWriter progress) {
        for (String plural : PLURALS) {
            String name = plural + "." + Drover.GROUP;
            progress.println("applying the definition of " + name);
            client.resource(builtIn(name)).patch(serverSideApply());
        }
        for (String plural : PLURALS) {
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(plural + "." + Drover.GROUP)
                    .waitUntilCondition(CustomResourceDefinitions::isEstablished, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** @throws IllegalStateException that names the kinds which the cluster lacks */
    void requireAll() {
        Set<String> missing = new TreeSet<>(PLURALS);
        missing.removeAll(served());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "the cluster does not know the kinds of " + Drover.GROUP + "/" + Drover.VERSION
                            + " (missing: " + String.join(", ", missing)
                            + "). Run: kubectl apply --server-side -f crds/, or start with --install-crds.");
        }
    }

    private Set<String> served() {
        APIResourceList resources = client.getApiResources(Drover.GROUP + "/" + Drover.VERSION);
        return resources == null
                ? Set.of()
                : resources.getResources().stream().map(APIResource::getName).collect(Collectors.toSet());
    }

    private static CustomResourceDefinition builtIn(String name) {
        try (InputStream definition = CustomResourceDefinitions.class.getResourceAsStream("/crds/" + name + ".yaml")) {
            return Serialization.unmarshal(Objects.requireNonNull(definition, name), CustomResourceDefinition.class);
        } catch (IOException failure) {
            throw new UncheckedIOException("the definition of " + name + " cannot be read", failure);
        }
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static PatchContext serverSideApply() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("drover")
                .withForce(true)
                .build();
    }
}
