package dev.drover.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.GeneratedFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("generated")
class CustomResourceDefinitionsTest {
    private static final Path FOLDER = Path.of("crds");

    @Test
    void theDefinitionsInCrdsAreThoseOfTheCode() {
        GeneratedFiles.check(FOLDER, CustomResourceDefinitions.render());
    }

    @Test
    void crdsHoldsNothingElse() {
        assertThat(FOLDER.toFile().list())
                .containsExactlyInAnyOrderElementsOf(
                        CustomResourceDefinitions.render().keySet());
    }
}
