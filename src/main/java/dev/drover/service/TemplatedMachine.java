package dev.drover.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.v1alpha1.Application;
import dev.drover.api.v1alpha1.ApplicationService;
import dev.drover.api.v1alpha1.VirtualMachineTemplate;
import dev.drover.model.Node;
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
 * @param digest of everything but whether it runs and how many start together: another one means that the template was changed
 * @param together how many start together; 1 when it starts by itself
 * @param body without runStrategy; never changed
 */
record TemplatedMachine(String name, String digest, int together, ObjectNode body) {
    private static final int DIGITS = 16;
    private static final int DIGITS_OF_GANG = 8;
    private static final String SIZE = ".";

    /** Started by KubeVirt, also again when its guest fails. */
    static final String RERUN = "RerunOnFailure";

    /** Started by Drover, and by nobody else. */
    static final String MANUAL = "Manual";

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
        // Those that start at once are placed by one decision, if the policy has a gate.
        int together = ordinal < together(application) ? together(application) : 1;
        if (together > 1) {
            inside.put(ServiceLabels.GANG, gang(service, application));
        }
        String digest = digest(body.toString(), DIGITS);
        if (together > 1) {
            inside.put(ServiceLabels.GANG_SIZE, Integer.toString(together));
        }
        annotations.put(ServiceLabels.APPLIED, together > 1 ? digest + SIZE + together : digest);
        return new TemplatedMachine(name, digest, together, body);
    }

    /**
     * Whether a virtual machine is as this one wants it.
     *
     * @param applied what it says was applied last
     */
    boolean isIn(String applied) {
        int size = applied.indexOf(SIZE);
        String written = size < 0 ? "1" : applied.substring(size + 1);
        boolean same = digest.equals(size < 0 ? applied : applied.substring(0, size));
        // Of a gang that has grown, who does not know it waits for too few, and those who come last for all. Of one
        // that has shrunk, who does
        // not know it would wait for those who are gone.
        return same && written.matches("[0-9]{1,3}") && Integer.parseInt(written) <= together;
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

    /** What scaling adds starts by itself: the size of the gang would change, and with it every virtual machine. */
    private static int together(Application application) {
        return application.scaling() == null
                ? application.templated()
                : application.scaling().min();
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

    /**
     * Makes it run on one node only: as a node selector, which every launcher pod of it gets too.
     *
     * @param body what is to be applied
     * @param hostname the node's label, which need not equal its name
     */
    static ObjectNode bound(ObjectNode body, String hostname) {
        ObjectNode whole = body.deepCopy();
        child(child(child(child(whole, "spec"), "template"), "spec"), "nodeSelector")
                .put(Node.HOSTNAME_LABEL, hostname);
        return whole;
    }

    /** The hostname that the template itself binds it to; empty when to none. */
    String ownNode() {
        return boundTo(body);
    }

    /** @param body what is to be applied */
    static String boundTo(ObjectNode body) {
        return body.at("/spec/template/spec/nodeSelector")
                .path(Node.HOSTNAME_LABEL)
                .asText();
    }

    /** To be checked: under a name that nobody has. */
    ObjectNode unnamed() {
        ObjectNode whole = with(RERUN);
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
