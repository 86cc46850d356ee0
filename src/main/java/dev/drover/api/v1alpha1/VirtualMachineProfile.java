package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Describes virtual machines of its namespace: what they need, how they may be treated. A name beats a selector; of two selectors the older profile wins. */
@JsonClassDescription(
        "Describes virtual machines of its namespace: what they need, how they may be treated. A name beats a selector; of two selectors the older profile wins.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("virtualmachineprofiles")
@ShortNames("vmprofile")
@Categories(Drover.CATEGORY)
@AdditionalPrinterColumn(name = "Automation", jsonPath = ".spec.automation", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Relocation", jsonPath = ".spec.relocation", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "VMs",
        jsonPath = ".status.matchedVirtualMachines",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class VirtualMachineProfile extends CustomResource<VirtualMachineProfileSpec, VirtualMachineProfileStatus>
        implements Namespaced {

    @Override
    @Required
    @JsonPropertyDescription("What is wanted.")
    public VirtualMachineProfileSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public VirtualMachineProfileStatus getStatus() {
        return super.getStatus();
    }
}
