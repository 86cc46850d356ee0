package dev.drover.kubevirt;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** How important something is: the greater the value, the more. */
@Group("scheduling.k8s.io")
@Version("v1")
@Kind("PriorityClass")
@Plural("priorityclasses")
public final class PriorityClass extends SlimResource {

    private int value;

    public int getValue() {
        return value;
    }

    public void setValue(int value) {
        this.value = value;
    }
}
