package dev.drover.api;

import dev.drover.system.Awaiting;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The committed definitions of {@code crds/}, as a user installs them. */
public final class Definitions {
    private static final String GROUP_VERSION = "apis/drover.dev/v1alpha1";
    private static final Path FOLDER = Path.of("crds");
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("installer")
            .withForce(true)
            .build();

    private Definitions() {}

    /** Applies them and returns when all of them are served, and described to {@code kubectl explain}, which takes the API server longer. */
    public static void install(KubernetesClient client) {
        List<CustomResourceDefinition> definitions = read(client);
        definitions.forEach(definition -> client.resource(definition).patch(APPLY));
        definitions.forEach(definition ->
                client.resource(definition).waitUntilCondition(Definitions::served, 60, TimeUnit.SECONDS));
        Awaiting.until(
                "The API server describes the kinds of " + GROUP_VERSION,
                () -> client.raw("/openapi/v3") + client.raw("/openapi/v3/" + GROUP_VERSION),
                described -> described.contains('"' + GROUP_VERSION + '"')
                        && definitions.stream()
                                .allMatch(definition -> described.contains("\"kind\":\""
                                        + definition.getSpec().getNames().getKind() + '"')));
    }

    private static boolean served(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static List<CustomResourceDefinition> read(KubernetesClient client) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted()
                    .map(file ->
                            client.getKubernetesSerialization().unmarshal(text(file), CustomResourceDefinition.class))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
