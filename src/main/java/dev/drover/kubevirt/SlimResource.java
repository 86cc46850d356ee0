package dev.drover.kubevirt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * A Kubernetes object of which only some fields are read. Its metadata lose what only other writers need (managed fields and the
 * last applied configuration): most of an object's memory.
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public abstract class SlimResource implements HasMetadata {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private ObjectMeta metadata = new ObjectMeta();

    SlimResource() {}

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        metadata.setManagedFields(null);
        if (metadata.getAnnotations() != null) {
            metadata.getAnnotations().remove(LAST_APPLIED);
        }
        this.metadata = metadata;
    }

    /** Does nothing: the version belongs to the class. */
    @Override
    public void setApiVersion(String version) {}

    @Override
    public String toString() {
        return getKind() + " " + metadata.getNamespace() + "/" + metadata.getName() + " at "
                + metadata.getResourceVersion();
    }
}
