package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstalledKindsTest {

    /** A kind that is forgotten here keeps an operator that installed its definitions from ever being ready. */
    @Test
    void allKindsThatThereAreAreInstalledOnRequest() throws IOException {
        try (var files = Files.list(Path.of("crds"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(CustomResourceDefinitions.PLURALS.stream()
                            .map(plural -> plural + ".drover.dev.yaml")
                            .toList());
        }
    }
}
