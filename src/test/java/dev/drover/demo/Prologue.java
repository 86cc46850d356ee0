package dev.drover.demo;

import dev.drover.model.Node;
import dev.drover.model.Resources;
import java.util.List;

/** Sets the stage, before any virtual machine is there. */
final class Prologue {

    private final Stage stage;
    private final Narrator narrator;

    Prologue(Stage stage, Narrator narrator) {
        this.stage = stage;
        this.narrator = narrator;
    }

    /** Starts everything, applies policy and rules, and has them watched from then on. */
    Witness tell(Scenario scenario) {
        narrator.chapter("A control plane, six nodes, the operator");
        stage.startControlPlane();
        narrator.tell("Kubernetes %s and KubeVirt answer; only the nodes are played"
                .formatted(stage.client().getKubernetesVersion().getGitVersion()));
        stage.startOperator();
        stage.addNodes();
        narrator.tell("%d nodes are ready, %d CPUs and 32 GiB each; node-1 to node-4 have fast disks"
                .formatted(Stage.NODES, Stage.CORES));
        stage.awaitOperator();
        narrator.tell("the operator is up; its log is " + stage.operatorLog());
        narrator.chapter("Rules first, then the virtual machines");
        return watched(scenario);
    }

    private Witness watched(Scenario scenario) {
        stage.apply("policy.yaml");
        narrator.tell("policy default: mode Automatic, admission Gate");
        Script script = scenario.script(stage);
        script.rules().forEach(rule -> narrator.tell(Rulebook.describe(rule)));
        Witness witness =
                new Witness(narrator, new Referee(nodes(), script.rules()), new StartOrderReferee(script.services()));
        witness.watch(stage.client());
        return witness;
    }

    private List<Node> nodes() {
        return stage.client().nodes().list().getItems().stream()
                .map(node -> new Node(
                        node.getMetadata().getName(),
                        node.getMetadata().getUid(),
                        node.getMetadata().getLabels(),
                        List.of(),
                        true,
                        false,
                        Resources.NONE,
                        null))
                .toList();
    }
}
