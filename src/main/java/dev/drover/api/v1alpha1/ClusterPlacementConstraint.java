package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A rule over virtual machines across namespaces, for administrators. */
@JsonClassDescription("A rule over virtual machines across namespaces, for administrators.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("clusterplacementconstraints")
@ShortNames("cplc")
@Categories(Drover.CATEGORY)
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "VMs",
        jsonPath = ".status.matchedVirtualMachines",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Satisfied",
        jsonPath = ".status.conditions[?(@.type=='Satisfied')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Conflicting",
        jsonPath = ".status.conditions[?(@.type=='Conflicting')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "EnforcedBy",
        jsonPath = ".status.enforcedBy",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "During",
        jsonPath = ".status.during",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class ClusterPlacementConstraint
        extends CustomResource<ClusterPlacementConstraintSpec, PlacementConstraintStatus> {

    @Override
    @Required
    @JsonPropertyDescription("What is wanted.")
    public ClusterPlacementConstraintSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public PlacementConstraintStatus getStatus() {
        return super.getStatus();
    }
}
