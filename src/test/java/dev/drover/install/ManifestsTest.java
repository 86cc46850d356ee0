package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

    @Test
    @Tag("generated")
    void plainManifestsAreWhatTheChartRenders(@TempDir Path rendered) throws IOException {
        Command.run(List.of("bash", "manifests/render.sh", rendered.toString())).orFail();
        GeneratedFiles.check(
                Path.of("manifests"),
                Map.of(
                        "install.yaml", Files.readString(rendered.resolve("install.yaml")),
                        "lift-gates.yaml", Files.readString(rendered.resolve("lift-gates.yaml"))));
    }

    @Test
    void plainManifestsHoldAllObjectsOfTheChartAndNoTraceOfHelm() throws IOException {
        String install = Files.readString(Path.of("manifests/install.yaml"));
        String removal = Files.readString(Path.of("manifests/lift-gates.yaml"));
        List<JsonNode> chart = new Chart(4).objects(ChartValues.EXISTING_SECRET);
        List<JsonNode> plain = Chart.parse(install);
        assertThat(plain.size() + Chart.parse(removal).size())
                .as("all objects of the chart, and the namespace")
                .isEqualTo(chart.size() + 1);
        assertThat(install + removal).doesNotContain("helm.sh", "managed-by");
        assertThat(Chart.named(plain, "Namespace", Chart.NAMESPACE).toString()).contains("restricted");
    }
}
