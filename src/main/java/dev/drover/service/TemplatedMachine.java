package dev.drover.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.VirtualMachineTemplate;
import dev.drover.observe.Mark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A virtual machine as the template of its application wants it. What is the same for the service, the application and the number is the
 * same JSON, so that applying it again changes nothing.
 *
 * @param digest of everything but whether it runs: another one means that the template was changed
 * @param body without runStrategy; never changed
 */
record TemplatedMachine(String name, String digest, ObjectNode body) {
    private static final int DIGITS = 16;
    private static final int DIGITS_OF_GANG = 8;

    /** Started by KubeVirt, also again when its guest fails. */
    static final String RUNNING = "RerunOnFailure";

    static final String HALTED = "Halted";

    /** @param application with a template */
    static TemplatedMachine of(ApplicationService service, Application application, int ordinal) {
        VirtualMachineTemplate template =
                Objects.requireNonNull(application.virtualMachines().template());
        String name = application.name() + "-" + ordinal;
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("apiVersion", "kubevirt.io/v1").put("kind", "VirtualMachine");
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("namespace", service.getMetadata().getNamespace()).put("name", name);
        ObjectNode labels = metadata.putObject("labels");
        template.metadata().labels().forEach(labels::put);
        ObjectNode annotations = metadata.putObject("annotations");
        template.metadata().annotations().forEach(annotations::put);
        annotations.put(Mark.ANNOTATION, new Mark(service.getMetadata().getUid(), application.name()).on(name));
        ObjectNode spec = template.spec() instanceof ObjectNode written
                ? written.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        body.set("spec", spec);
        OrdinalNames.give(spec, ordinal);
        ObjectNode inside = child(child(child(spec, "template"), "metadata"), "labels");
        belong(labels, service, application);
        belong(inside, service, application);
        if (application.templated() > 1) {
            // Those that start at once are placed by one decision, if the policy has a gate.
            inside.put(ServiceLabels.GANG, gang(service, application));
            inside.put(ServiceLabels.GANG_SIZE, Integer.toString(application.templated()));
        }
        String digest = digest(body.toString(), DIGITS);
        annotations.put(ServiceLabels.APPLIED, digest);
        return new TemplatedMachine(name, digest, body);
    }

    /** What is wrong with a template before KubeVirt is asked; empty when nothing is. */
    static String mistake(VirtualMachineTemplate template) {
        JsonNode spec = template.spec();
        return spec.has("runStrategy") || spec.has("running")
                ? "The template sets runStrategy or running, which are Drover's. Remove it, and use spec.runPolicy of the service."
                : "";
    }

    private static void belong(ObjectNode labels, ApplicationService service, Application application) {
        labels.put(ServiceLabels.SERVICE, service.getMetadata().getName());
        labels.put(ServiceLabels.APPLICATION, application.name());
    }

    /** Two services may have an application of the same name. */
    private static String gang(ApplicationService service, Application application) {
        return application.name() + "-" + digest(service.getMetadata().getUid(), DIGITS_OF_GANG);
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }

    /** To be applied. */
    ObjectNode with(String runStrategy) {
        ObjectNode whole = body.deepCopy();
        ((ObjectNode) whole.get("spec")).put("runStrategy", runStrategy);
        return whole;
    }

    /** To be applied to that one which there is, and to none that came after it. */
    ObjectNode with(String runStrategy, String uid) {
        ObjectNode whole = with(runStrategy);
        ((ObjectNode) whole.get("metadata")).put("uid", uid);
        return whole;
    }

    /** To be checked: under a name that nobody has. */
    ObjectNode unnamed() {
        ObjectNode whole = with(RUNNING);
        ObjectNode metadata = (ObjectNode) whole.get("metadata");
        metadata.remove("name");
        metadata.put("generateName", name + "-");
        return whole;
    }

    private static String digest(String text, int digits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, digits);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is in every Java runtime", impossible);
        }
    }
}
