package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KubeVirt's own policy about how migrations of some instances run: how much of the network one may take. */
@Group("migrations.kubevirt.io")
@Version("v1alpha1")
@Kind("MigrationPolicy")
@Plural("migrationpolicies")
public final class MigrationPolicy extends SlimResource {

    private Spec spec = new Spec(null, null);

    public Spec getSpec() {
        return spec;
    }

    public void setSpec(Spec spec) {
        this.spec = spec;
    }

    /** @param bandwidthPerMigration quantity of bytes a second; 0 is no limit, absent is what KubeVirt's configuration says */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Spec(@Nullable Selectors selectors, @Nullable String bandwidthPerMigration) {}

    /** Plain label maps: all must match, and an absent selector matches nothing. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Selectors(
            @Nullable Map<String, String> namespaceSelector,
            @Nullable Map<String, String> virtualMachineInstanceSelector) {}
}
