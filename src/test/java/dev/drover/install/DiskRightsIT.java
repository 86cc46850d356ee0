package dev.drover.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.api.Definitions;
import dev.drover.config.SteadyClock;
import dev.drover.system.Awaiting;
import dev.drover.system.Services;
import dev.drover.system.Shown;
import dev.drover.system.Yaml;
import dev.drover.testbed.NodeShape;
import dev.drover.testbed.OnTestbed;
import dev.drover.testbed.Testbed;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code features.diskCopies} the operator, as its service account, relocates a disk of a node: it may do that, and no more. */
@OnTestbed
class DiskRightsIT {
    private static final String ROLE = "drover-disk-copies";
    private static final List<String> ENDS = List.of("state=Succeeded", "state=Failed", "state=Refused");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Map<String, String> SETTINGS = Map.of(
            "cycle-interval", "1s",
            "reaction-delay", "100ms",
            "metrics-interval", "1s",
            "freshness-interval", "2s",
            "lease-duration", "60s",
            "copy-image", "drover");

    private final Testbed testbed;
    private final Shown shown;

    @TempDir
    Path folder;

    DiskRightsIT(Testbed testbed) {
        this.testbed = testbed;
        this.shown = new Shown(testbed);
    }

    @Test
    void theRoleOfDiskCopiesGrantsWhatARelocationUsesAndNothingElse() throws IOException {
        AuditLog log = AuditLog.fromNow(testbed, "drover");
        List<JsonNode> rendered = new Chart(4).objects(ChartValues.ALL_FEATURES);
        Definitions.install(testbed.client());
        Installation installation = Installation.of(testbed, folder);
        testbed.apply(rendered.stream()
                .filter(DiskRightsIT::isOfTheRole)
                .map(Chart::yaml)
                .collect(Collectors.joining()));
        testbed.addNodes(NodeShape.plain("node-1"), NodeShape.plain("node-2"));
        testbed.apply(Yaml.policy("Automatic", "Gate"));
        SortedSet<String> granted = Rbac.of(rendered).rights(ROLE);
        assertThat(granted).isNotEmpty();

        try (Operator operator = installation.start(SETTINGS)) {
            testbed.apply(Services.nodeLocalClaim("data-0", "Delete"));
            testbed.apply(Services.service("store", "", Services.withClaim("db", "relocation: LiveOrCold")));
            shown.awaitCondition("ApplicationService", "store", "Ready", "True AllReady");
            aRelocationIsOrdered();
            String told = Awaiting.until(
                    "The relocation has ended",
                    PATIENCE,
                    () -> shown.status("ApplicationService", "store", "relocations"),
                    relocations -> ENDS.stream().anyMatch(relocations::contains));
            assertThat(operator.alive()).as(operator.log()).isTrue();
            assertThat(told).contains("state=Succeeded", "checksum=");
        }

        assertThat(log.refused()).isEmpty();
        SortedSet<String> unused = new TreeSet<>(granted);
        unused.removeAll(log.used());
        assertThat(unused).as("granted and not used").isEmpty();
    }

    private static boolean isOfTheRole(JsonNode object) {
        return object.at("/metadata/name").asText().equals(ROLE);
    }

    private void aRelocationIsOrdered() {
        testbed.client()
                .genericKubernetesResources("kubevirt.io/v1", "VirtualMachine")
                .inNamespace("default")
                .withName("db-0")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"drover.dev/relocate\": \"%s\"}}}"
                                .formatted(new SteadyClock().instant().truncatedTo(ChronoUnit.SECONDS)));
    }
}
