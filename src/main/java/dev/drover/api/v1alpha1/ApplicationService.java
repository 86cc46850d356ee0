package dev.drover.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A service made of several applications, each of one or more virtual machines. */
@JsonClassDescription("A service made of several applications, each of one or more virtual machines.")
@Group(Drover.GROUP)
@Version(Drover.VERSION)
@Plural("applicationservices")
@ShortNames("appsvc")
@Categories(Drover.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.size() <= 63 || self.spec.applications.all(a, has(a.virtualMachines.selector))",
        message =
                "The name of a service becomes a label of the virtual machines that it makes, which has at most 63 characters. Choose a shorter name.")
@AdditionalPrinterColumn(name = "RunPolicy", jsonPath = ".spec.runPolicy", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "VMs",
        jsonPath = ".status.desiredVirtualMachines",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "VMsReady",
        jsonPath = ".status.readyVirtualMachines",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Available",
        jsonPath = ".status.conditions[?(@.type=='Available')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Progressing",
        jsonPath = ".status.conditions[?(@.type=='Progressing')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Degraded",
        jsonPath = ".status.conditions[?(@.type=='Degraded')].status",
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
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class ApplicationService extends CustomResource<ApplicationServiceSpec, ApplicationServiceStatus>
        implements Namespaced {

    @Override
    @Required
    @JsonPropertyDescription("What is wanted.")
    public ApplicationServiceSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What Drover sees and does. Written by the operator only.")
    public ApplicationServiceStatus getStatus() {
        return super.getStatus();
    }
}
