package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** How a pool of nodes is run: what may be done, how eagerly, how much at once. The policy named {@code default} governs the nodes that no other selects. */
@JsonClassDescription(
        "How a pool of nodes is run: what may be done, how eagerly, how much at once. The policy named default governs the nodes that no other selects.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("placementpolicies")
@ShortNames("pp")
@Categories(Drover.CATEGORY)
@ValidationRule(
        value = "self.metadata.name == 'default' || has(self.spec.nodeSelector)",
        message =
                "Only the policy named default governs nodes without selecting them. Add spec.nodeSelector ({} for all nodes), or name the policy default.")
@ValidationRule(
        value = "self.metadata.name != 'default' || !has(self.spec.nodeSelector)",
        message =
                "The policy named default governs the nodes that no other policy selects. Remove spec.nodeSelector, or give the policy another name.")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Score", jsonPath = ".status.score", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Balanced",
        jsonPath = ".status.conditions[?(@.type=='Balanced')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Nodes", jsonPath = ".status.nodes", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "VMs",
        jsonPath = ".status.virtualMachines",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "InFlight", jsonPath = ".status.inFlight", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Demand",
        jsonPath = ".status.demandSource",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Admission",
        jsonPath = ".spec.admission",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "MovesLastDay",
        jsonPath = ".status.movesLastDay",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class PlacementPolicy extends CustomResource<PlacementPolicySpec, PlacementPolicyStatus> {

    @Override
    @Required
    @JsonPropertyDescription("What is wanted.")
    public PlacementPolicySpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public PlacementPolicyStatus getStatus() {
        return super.getStatus();
    }
}
