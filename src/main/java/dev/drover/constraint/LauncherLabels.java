package dev.drover.constraint;

import dev.drover.model.Vm;
import java.util.HashMap;
import java.util.Map;

/** The labels by which pod terms meet the launcher pods of virtual machines. */
final class LauncherLabels {
    static final String APP = "kubevirt.io";
    static final String LAUNCHER = "virt-launcher";
    static final String CREATED_BY = "kubevirt.io/created-by";

    private LauncherLabels() {}

    /** What the next launcher pod of the virtual machine will carry: pods are labelled from the instance when they are created. */
    static Map<String, String> ofNextPod(Vm vm) {
        Map<String, String> labels = new HashMap<>(vm.labels());
        labels.put(APP, LAUNCHER);
        labels.put(CREATED_BY, vm.instanceUid());
        return labels;
    }
}
