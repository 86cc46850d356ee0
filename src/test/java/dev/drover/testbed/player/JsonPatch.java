package dev.drover.testbed.player;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A JSON patch (RFC 6902). Narrow patches leave alone what virt-controller writes at the same time, so that its own patches apply. */
final class JsonPatch {

    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    /** The patch applies only while the field has this value. */
    JsonPatch test(String pointer, String value) {
        return operation("test", pointer, value);
    }

    /** Sets a field, present or not. */
    JsonPatch set(String pointer, Object value) {
        return operation("add", pointer, value);
    }

    /** Removes a field that is there. */
    JsonPatch remove(String pointer) {
        operations.addObject().put("op", "remove").put("path", pointer);
        return this;
    }

    private JsonPatch operation(String kind, String pointer, Object value) {
        operations.addObject().put("op", kind).put("path", pointer).putPOJO("value", value);
        return this;
    }

    /** A path to a member whose key may hold slashes. */
    static String pointer(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    @Override
    public String toString() {
        return io.fabric8.kubernetes.client.utils.Serialization.asJson(operations);
    }
}
