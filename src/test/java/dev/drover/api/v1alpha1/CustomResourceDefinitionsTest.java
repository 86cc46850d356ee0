package dev.drover.api.v1alpha1;

import dev.drover.api.GeneratedFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CustomResourceDefinitionsTest {
    @Test
    void the_definitions_in_crds_are_those_of_the_code() {
        GeneratedFiles.check(Path.of("crds"), CustomResourceDefinitions.render());
    }
}
