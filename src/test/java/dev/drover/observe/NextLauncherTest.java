package dev.drover.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.kubevirt.SlimPod;
import dev.drover.kubevirt.VirtualMachineInstance;
import dev.drover.model.Node;
import dev.drover.model.Requirement;
import dev.drover.model.Scheduling;
import dev.drover.model.Selector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NextLauncherTest {

    private static final String RUNNING = "{phase: Running, nodeName: node-1, machine: {type: pc-q35-rhel9.6.0}}";
    private static final Node SOURCE = NodeReader.read(Texts.node("node-1"));

    private static Scheduling terms(
            VirtualMachineInstance instance, @Nullable SlimPod launcher, @Nullable Node source) {
        return new NextLauncher(instance, launcher, source, Map.of("pool", "vms")).terms();
    }

    @Test
    void aGuestWithTheModelOfItsNodeMayOnlyMoveWhereThatModelIsKnown() {
        SlimPod first = Texts.launcher(
                "p",
                "web-0",
                "spec: {nodeName: node-1, nodeSelector: {kubevirt.io/schedulable: 'true', machine-type.node.kubevirt.io/q35: 'true'}}");

        Scheduling scheduling = terms(Texts.instance("web-0", RUNNING), first, SOURCE);

        assertThat(scheduling.nodeSelector())
                .containsOnly(
                        Map.entry("pool", "vms"),
                        Map.entry("kubevirt.io/schedulable", "true"),
                        Map.entry("machine-type.node.kubevirt.io/pc-q35-rhel9.6.0", "true"),
                        Map.entry("cpu-vendor.node.kubevirt.io/Intel", "true"),
                        Map.entry("cpu-model-migration.node.kubevirt.io/Skylake", "true"),
                        Map.entry("cpu-feature.node.kubevirt.io/aes", "true"));
        assertThat(scheduling.nodeTerms())
                .containsExactly(new Selector(List.of(new Requirement(
                        "node-labeller.kubevirt.io/obsolete-host-model",
                        Requirement.Operator.DOES_NOT_EXIST,
                        List.of()))));
    }

    @Test
    void aGuestThatMovedBeforeKeepsItsFirstModelAndForgetsTheOrdersTarget() {
        SlimPod moved = Texts.launcher(
                "p",
                "web-0",
                "spec: {nodeName: node-1, nodeSelector: {kubevirt.io/schedulable: 'true', kubernetes.io/hostname: node-1-host, cpu-model-migration.node.kubevirt.io/Haswell: 'true'}}");

        Scheduling scheduling = terms(Texts.instance("web-0", RUNNING), moved, SOURCE);

        assertThat(scheduling.nodeSelector())
                .containsEntry("cpu-model-migration.node.kubevirt.io/Haswell", "true")
                .doesNotContainKey("cpu-model-migration.node.kubevirt.io/Skylake")
                .doesNotContainKey("kubernetes.io/hostname");
    }

    @Test
    void whatTheUserWroteInTheSpecBindsEveryLauncher() {
        VirtualMachineInstance pinned = Texts.read(
                VirtualMachineInstance.class,
                """
                metadata: {name: v, namespace: default, uid: u}
                spec:
                  nodeSelector: {kubernetes.io/hostname: node-1-host}
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - {matchExpressions: [{key: zone, operator: In, values: [a]}]}
                        - {matchExpressions: [{key: zone, operator: In, values: [b]}]}
                  domain: {cpu: {model: Haswell, features: [{name: tsx, policy: forbid}, {name: aes, policy: require}]}}
                """);

        Scheduling scheduling = terms(pinned, null, null);

        assertThat(scheduling.nodeSelector())
                .containsEntry("kubernetes.io/hostname", "node-1-host")
                .containsEntry("kubevirt.io/schedulable", "true")
                .containsEntry("cpu-model.node.kubevirt.io/Haswell", "true")
                .containsEntry("cpu-feature.node.kubevirt.io/aes", "true");
        assertThat(scheduling.nodeTerms()).hasSize(2).allSatisfy(term -> assertThat(term.requirements())
                .contains(new Requirement(
                        "cpu-feature.node.kubevirt.io/tsx", Requirement.Operator.DOES_NOT_EXIST, List.of())));
    }
}
