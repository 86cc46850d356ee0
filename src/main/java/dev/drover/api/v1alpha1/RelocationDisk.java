package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A disk that is copied to another node, and stays under the name of its claim. */
@ApiObject
public record RelocationDisk(
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("The name of the claim.") String claim,
        @Required
                @Size(min = 1, max = Limits.NAME)
                @JsonPropertyDescription(
                        "The PersistentVolume on the first node. Until the virtual machine is ready on the other node its data is kept.")
                String source,
        @Size(max = Limits.NAME)
                @JsonPropertyDescription("The PersistentVolume on the other node. Absent: there is none yet.")
                @Nullable
                String target,
        @Size(max = 64)
                @JsonPropertyDescription(
                        "The SHA-256 of the data, as it was read at the source and read again at the target. Absent: it is not copied yet.")
                @Nullable
                String checksum) {}
