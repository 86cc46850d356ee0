package dev.drover.api.v1alpha1;

import dev.drover.api.GeneratedFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("generated")
class ReferenceTest {
    @Test
    void theReferenceOfTheFieldsIsThatOfTheCode() {
        GeneratedFiles.check(Path.of("docs/reference"), Map.of("api.md", Reference.write()));
    }
}
