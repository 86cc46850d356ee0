package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One virtual machine. */
@ApiObject
public record VirtualMachineReference(
        @Required @Size(min = 1, max = Limits.LABEL) @JsonPropertyDescription("Its namespace.") String namespace,
        @Required @Size(min = 1, max = Limits.NAME) @JsonPropertyDescription("Its name.") String name,
        @Required
                @Size(min = 1, max = Limits.UID)
                @JsonPropertyDescription(
                        "The metadata.uid of the VirtualMachine, or of the instance when there is none: a new one of the same name is not meant.")
                String uid) {}
