package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** What virtual machines are made from. */
@ApiObject
public record VirtualMachineTemplate(
        @JsonPropertyDescription("Labels and annotations of the VirtualMachine objects.") TemplateMetadata metadata,
        @Required
                @PreserveUnknownFields
                @JsonPropertyDescription(
                        "The spec of a KubeVirt VirtualMachine, without runStrategy, which Drover sets. Where it names data volumes, claims, Secrets or ConfigMaps, each virtual machine gets its own: the name, a dash and the virtual machine's number.")
                JsonNode spec) {

    /** What a template may say of the objects that are made from it. */
    @ApiObject
    public record TemplateMetadata(
            @Size(max = 32)
                    @ValidationRule(
                            value = Limits.LABEL_KEYS,
                            message =
                                    "A key of labels is not a label key. Use a name, or a DNS prefix, a slash and a name, for example app or example.com/tier.")
                    @JsonPropertyDescription(
                            "Labels of the VirtualMachine objects. They do not reach the instances; labels under spec.template.metadata do.")
                    Map<String, @Size(max = Limits.LABEL) String> labels,
            @Size(max = 32)
                    @ValidationRule(
                            value = Limits.LABEL_KEYS,
                            message =
                                    "A key of annotations is not an annotation key. Use a name, or a DNS prefix, a slash and a name, for example example.com/owner.")
                    @JsonPropertyDescription("Annotations of the VirtualMachine objects.")
                    Map<String, @Size(max = Limits.MESSAGE) String> annotations) {
        static final TemplateMetadata NONE = new TemplateMetadata(Map.of(), Map.of());

        public TemplateMetadata {
            labels = labels == null ? Map.of() : Map.copyOf(labels);
            annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
        }
    }

    public VirtualMachineTemplate {
        metadata = metadata == null ? TemplateMetadata.NONE : metadata;
        spec = spec == null ? JsonNodeFactory.instance.objectNode() : spec;
    }
}
