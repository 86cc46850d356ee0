package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KubeVirt's installation: its version, its state and the limits it sets to migrations. */
@Group("kubevirt.io")
@Version("v1")
@Kind("KubeVirt")
@Plural("kubevirts")
public final class KubeVirt extends SlimResource implements Namespaced {

    private Spec spec = new Spec(null);
    private Status status = new Status(null, null, null);

    public Spec getSpec() {
        return spec;
    }

    public void setSpec(Spec spec) {
        this.spec = spec;
    }

    public Status getStatus() {
        return status;
    }

    public void setStatus(Status status) {
        this.status = status;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spec(Configuration configuration) {
        public Spec {
            configuration = configuration == null ? new Configuration(null, null) : configuration;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Configuration(Migrations migrations, Developer developerConfiguration) {
        public Configuration {
            migrations = migrations == null ? new Migrations(null, null, null) : migrations;
            developerConfiguration = developerConfiguration == null ? new Developer(null) : developerConfiguration;
        }
    }

    /** @param bandwidthPerMigration quantity of bytes a second; absent or 0 is no limit */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Migrations(
            @Nullable Integer parallelMigrationsPerCluster,
            @Nullable Integer parallelOutboundMigrationsPerNode,
            @Nullable String bandwidthPerMigration) {}

    /** @param nodeSelectors labels that KubeVirt demands of the node of every launcher pod */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Developer(Map<String, String> nodeSelectors) {
        public Developer {
            nodeSelectors = Absent.map(nodeSelectors);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Status(
            @Nullable String phase,
            @Nullable String observedKubeVirtVersion,
            @Nullable Integer outdatedVirtualMachineInstanceWorkloads) {}
}
