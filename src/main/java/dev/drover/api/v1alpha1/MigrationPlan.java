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

/** Ordered moves with reasons, gain and cost. Written by the operator before it acts; a person approves it by {@code spec.approval}. */
@JsonClassDescription(
        "Ordered moves with reasons, gain and cost. Written by the operator before it acts; a person approves it by spec.approval.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("migrationplans")
@ShortNames("mplan")
@Categories(Drover.CATEGORY)
@AdditionalPrinterColumn(name = "Policy", jsonPath = ".spec.policy", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".spec.reason", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Before",
        jsonPath = ".spec.expected.scoreBefore",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "After",
        jsonPath = ".spec.expected.scoreAfter",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Approval",
        jsonPath = ".spec.approval.decision",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Progressing",
        jsonPath = ".status.conditions[?(@.type=='Progressing')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Succeeded",
        jsonPath = ".status.conditions[?(@.type=='Succeeded')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Superseded",
        jsonPath = ".status.conditions[?(@.type=='Superseded')].status",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Digest",
        jsonPath = ".spec.snapshot.digest",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class MigrationPlan extends CustomResource<MigrationPlanSpec, MigrationPlanStatus> {

    @Override
    @Required
    @JsonPropertyDescription("What is wanted.")
    public MigrationPlanSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public MigrationPlanStatus getStatus() {
        return super.getStatus();
    }
}
