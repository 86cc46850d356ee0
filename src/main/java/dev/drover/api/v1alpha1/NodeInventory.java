package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One node: what it has, what is promised, what is asked of it. Same name as the node; written by the operator only. */
@JsonClassDescription(
        "One node: what it has, what is promised, what is asked of it. Same name as the node; written by the operator only.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("nodeinventories")
@ShortNames("ninv")
@Categories(Drover.CATEGORY)
@AdditionalPrinterColumn(
        name = "VMs",
        jsonPath = ".status.virtualMachines",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Pressure%",
        jsonPath = ".status.pressurePercent",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Free CPU",
        jsonPath = ".status.available.cpu",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Free Memory",
        jsonPath = ".status.available.memory",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Policy", jsonPath = ".status.policy", type = AdditionalPrinterColumn.Type.STRING)
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
public final class NodeInventory extends CustomResource<Void, NodeInventoryStatus> {

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public NodeInventoryStatus getStatus() {
        return super.getStatus();
    }
}
