package dev.drover.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Objects as the API server has them, without the bookkeeping of their managers. */
final class ObjectTree {
    private final KubernetesSerialization serialization;

    ObjectTree(KubernetesClient client) {
        serialization = client.getKubernetesSerialization();
    }

    ObjectNode of(HasMetadata object) {
        ObjectNode tree = (ObjectNode) serialization.unmarshal(serialization.asJson(object), JsonNode.class);
        if (tree.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return tree;
    }

    /** As kubectl writes several objects. */
    ObjectNode list(List<? extends HasMetadata> objects) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        objects.forEach(object -> items.add(of(object)));
        return list;
    }
}
