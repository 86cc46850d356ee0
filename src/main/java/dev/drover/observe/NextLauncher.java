package dev.drover.observe;

import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.kubevirt.VirtualMachineInstance.CpuFeature;
import dev.drover.model.Node;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling terms that KubeVirt will give to an instance's next launcher pod (KubeVirt 1.9: services/template.go and
 * watch/migration/migration.go, prepareNodeSelectorForHostCpuModel). The anti-affinity to its own pods is left out: a move changes
 * the node anyway.
 */
final class NextLauncher {

    static final String HOST_MODEL = "host-model-cpu.node.kubevirt.io/";
    static final String HOST_MODEL_FEATURE = "host-model-required-features.node.kubevirt.io/";
    static final String MIGRATION_MODEL = "cpu-model-migration.node.kubevirt.io/";
    static final String CPU_FEATURE = "cpu-feature.node.kubevirt.io/";
    static final String CPU_MODEL = "cpu-model.node.kubevirt.io/";
    static final String CPU_VENDOR = "cpu-vendor.node.kubevirt.io/";
    static final String MACHINE_TYPE = "machine-type.node.kubevirt.io/";
    static final String OBSOLETE_HOST_MODEL = "node-labeller.kubevirt.io/obsolete-host-model";
    static final String SCHEDULABLE = "kubevirt.io/schedulable";
    private static final String ARCH = "kubernetes.io/arch";

    private final VirtualMachineInstance instance;
    private final @Nullable SlimPod launcher;
    private final @Nullable Node source;
    private final Map<String, String> everywhere;

    /**
     * @param launcher the pod that runs it or is to run it; null when there is none yet
     * @param source the node that it runs on; null while it starts
     * @param everywhere labels that KubeVirt's configuration demands of every node
     */
    NextLauncher(
            VirtualMachineInstance instance,
            @Nullable SlimPod launcher,
            @Nullable Node source,
            Map<String, String> everywhere) {
        this.instance = instance;
        this.launcher = launcher;
        this.source = source;
        this.everywhere = everywhere;
    }

    Scheduling terms() {
        Map<String, String> labels = instance.getMetadata().getLabels();
        Scheduling own = SchedulingReader.read(
                instance.getSpec(), instance.getMetadata().getNamespace(), labels == null ? Map.of() : labels);
        return new Scheduling(
                nodeSelector(),
                nodeTerms(own.nodeTerms()),
                own.tolerations(),
                own.affinity(),
                own.antiAffinity(),
                own.spreads());
    }

    private Map<String, String> nodeSelector() {
        Map<String, String> selector = new HashMap<>(everywhere);
        if (launcher == null) {
            selector.putAll(ofNewPod());
        } else {
            launcher.getSpec().nodeSelector().forEach((key, value) -> {
                if (isKubeVirts(key)) {
                    selector.put(key, value);
                }
            });
        }
        selector.putAll(instance.getSpec().nodeSelector());
        if (source != null) {
            addLimitsOfTargets(selector, source);
        }
        return selector;
    }

    /** A pod that is not there yet: what its instance says of it. */
    private Map<String, String> ofNewPod() {
        Map<String, String> selector = new HashMap<>();
        selector.put(SCHEDULABLE, "true");
        if (instance.getSpec().architecture() != null) {
            selector.put(ARCH, instance.getSpec().architecture());
        }
        VirtualMachineInstance.Machine machine = instance.getSpec().domain().machine();
        if (machine != null && machine.type() != null) {
            selector.put(MACHINE_TYPE + machine.type(), "true");
        }
        VirtualMachineInstance.Cpu cpu = instance.getSpec().domain().cpu();
        if (cpu != null && cpu.model() != null && !isHostModel() && !cpu.model().equals("host-passthrough")) {
            selector.put(CPU_MODEL + cpu.model(), "true");
        }
        features("require").forEach(feature -> selector.put(CPU_FEATURE + feature, "true"));
        return selector;
    }

    /** What a running guest adds: the machine, the vendor and the CPU model that it has been given. */
    private void addLimitsOfTargets(Map<String, String> selector, Node source) {
        VirtualMachineInstance.Machine machine = instance.getStatus().machine();
        if (machine != null && machine.type() != null && !machine.type().isEmpty()) {
            selector.keySet().removeIf(key -> key.startsWith(MACHINE_TYPE));
            selector.put(MACHINE_TYPE + machine.type(), "true");
        }
        if (selector.keySet().stream().noneMatch(key -> key.startsWith(CPU_VENDOR))) {
            source.labels().forEach((key, value) -> {
                if (key.startsWith(CPU_VENDOR)) {
                    selector.put(key, value);
                }
            });
        }
        if (isHostModel() && !migratedBefore()) {
            source.labels().forEach((key, value) -> {
                if (key.startsWith(HOST_MODEL)) {
                    selector.put(MIGRATION_MODEL + key.substring(HOST_MODEL.length()), value);
                } else if (key.startsWith(HOST_MODEL_FEATURE)) {
                    selector.put(CPU_FEATURE + key.substring(HOST_MODEL_FEATURE.length()), value);
                }
            });
        }
    }

    /** The target pod of a migration carries the model of the first node, and its successors inherit it. */
    private boolean migratedBefore() {
        return launcher != null
                && launcher.getSpec().nodeSelector().keySet().stream().anyMatch(key -> key.startsWith(MIGRATION_MODEL));
    }

    private List<Selector> nodeTerms(List<Selector> own) {
        List<Requirement> rejected = new ArrayList<>();
        if (isHostModel()) {
            rejected.add(absent(OBSOLETE_HOST_MODEL));
        }
        features("forbid").forEach(feature -> rejected.add(absent(CPU_FEATURE + feature)));
        if (rejected.isEmpty()) {
            return own;
        }
        if (own.isEmpty()) {
            return List.of(new Selector(rejected));
        }
        return own.stream()
                .map(term -> {
                    List<Requirement> all = new ArrayList<>(term.requirements());
                    all.addAll(rejected);
                    return new Selector(all);
                })
                .toList();
    }

    private List<String> features(String policy) {
        VirtualMachineInstance.Cpu cpu = instance.getSpec().domain().cpu();
        return cpu == null
                ? List.of()
                : cpu.features().stream()
                        .filter(feature -> policy.equals(feature.policy() == null ? "require" : feature.policy()))
                        .map(CpuFeature::name)
                        .toList();
    }

    private boolean isHostModel() {
        VirtualMachineInstance.Cpu cpu = instance.getSpec().domain().cpu();
        return cpu == null
                || cpu.model() == null
                || cpu.model().isEmpty()
                || cpu.model().equals("host-model");
    }

    private static Requirement absent(String key) {
        return new Requirement(key, Requirement.Operator.DOES_NOT_EXIST, List.of());
    }

    /** Whether KubeVirt added this label; others came with the instance's spec or with the order to migrate. */
    private static boolean isKubeVirts(String key) {
        int slash = key.indexOf('/');
        String domain = slash < 0 ? "" : key.substring(0, slash);
        return key.equals(ARCH) || domain.equals("kubevirt.io") || domain.endsWith(".kubevirt.io");
    }
}
