package dev.drover.observe;

import dev.drover.kubevirt.SlimNode;
import dev.drover.model.Node;
import dev.drover.model.Taint;
import java.util.Map;

/** Reads nodes. */
final class NodeReader {

    private NodeReader() {}

    static Node read(SlimNode node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return new Node(
                node.getMetadata().getName(),
                node.getMetadata().getUid(),
                labels == null ? Map.of() : labels,
                node.getSpec().taints().stream()
                        .map(taint -> new Taint(
                                taint.key(),
                                taint.value() == null ? "" : taint.value(),
                                SchedulingReader.effect(taint.effect())))
                        .toList(),
                node.getStatus().ready(),
                node.getSpec().unschedulable(),
                Amounts.read(node.getStatus().allocatable()),
                null);
    }
}
