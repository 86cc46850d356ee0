package dev.drover.api.v1alpha1;

import dev.drover.api.GeneratedFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CustomResourceDefinitionsTest {
    @Test
    void theDefinitionsInCrdsAreThoseOfTheCode() {
        GeneratedFiles.check(Path.of("crds"), CustomResourceDefinitions.render());
    }
}
