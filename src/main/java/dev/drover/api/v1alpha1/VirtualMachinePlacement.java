package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One virtual machine: where, why, how well, what happened. Same name and namespace as the virtual machine; written by the operator only. */
@JsonClassDescription(
        "One virtual machine: where, why, how well, what happened. Same name and namespace as the virtual machine; written by the operator only.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("virtualmachineplacements")
@ShortNames("vmplace")
@Categories(Drover.CATEGORY)
@AdditionalPrinterColumn(name = "Node", jsonPath = ".status.node", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Score", jsonPath = ".status.score", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Satisfied",
        jsonPath = ".status.conditions[?(@.type=='Satisfied')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Migratable",
        jsonPath = ".status.conditions[?(@.type=='Migratable')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Cooldown",
        jsonPath = ".status.cooldownUntil",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
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
public final class VirtualMachinePlacement extends CustomResource<Void, VirtualMachinePlacementStatus>
        implements Namespaced {

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public VirtualMachinePlacementStatus getStatus() {
        return super.getStatus();
    }
}
