package dev.drover.observe;

import dev.drover.kubevirt.SlimNode;
import dev.drover.model.Node;
import dev.drover.model.Resources;
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

    /**
     * With what a person says that its network and disks carry. It is read by itself, since a slip of the pen there is no reason to keep
     * virtual machines off a node.
     *
     * @throws IllegalArgumentException when that is no quantity or is negative
     */
    static Node withThroughput(Node node, SlimNode source) {
        return node.with(node.allocatable()
                .with(Resources.NETWORK, declared(source, SlimNode.NETWORK_CAPACITY, Resources.NETWORK))
                .with(Resources.DISK_IO, declared(source, SlimNode.DISK_IO_CAPACITY, Resources.DISK_IO)));
    }

    private static long declared(SlimNode source, String annotation, String resource) {
        String written = source.annotation(annotation);
        try {
            return written.isEmpty() ? 0 : Amounts.read(resource, written);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "Neither the network nor the disks of the node are looked at, because of its annotation (%s): %s"
                            .formatted(annotation, malformed.getMessage()),
                    malformed);
        }
    }
}
