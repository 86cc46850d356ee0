package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a control plane holds when it is fresh, and how to get back there: every object of every kind that is neither known from
 * then nor owned by one that is gets deleted, by force where nobody is left to do it in order.
 */
final class Inventory {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Nobody's objects: written and removed by the control plane as it likes, or definitions, whose objects are what counts. */
    private static final Set<String> IGNORED = Set.of(
            "events", "componentstatuses", "apiservices", "customresourcedefinitions", "ipaddresses", "servicecidrs");

    /** What the controller-manager puts into every namespace. */
    private static final Set<String> IN_EVERY_NAMESPACE =
            Set.of("serviceaccounts/default", "configmaps/kube-root-ca.crt");

    private static final String JSON = "application/json";

    private static final String DELETE_NOW =
            """
            {"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"propagationPolicy":"Background"}""";

    private static final String KUBEVIRT = "/apis/kubevirt.io/v1/namespaces/kubevirt/kubevirts/kubevirt";

    private final RawApi api;
    private final JsonNode settings;
    private final Set<String> uids = new HashSet<>();
    private final Set<String> collections = new HashSet<>();
    private final Set<String> namespaces = new HashSet<>();
    private final Map<String, JsonNode> labels = new HashMap<>();

    private Inventory(RawApi api) {
        this.api = api;
        this.settings = settings();
    }

    /** Remembers what is there now as what belongs there. */
    static Inventory take(RawApi api) {
        Inventory inventory = new Inventory(api);
        inventory.everything().forEach(item -> {
            inventory.uids.add(item.uid());
            inventory.collections.add(item.collection());
            inventory.namespaces.add(item.namespace());
            if (item.isNamespace()) {
                inventory.labels.put(item.path(), item.labels());
            }
        });
        return inventory;
    }

    /** One object, by name only. */
    private record Item(RawApi.Kind kind, JsonNode metadata) {

        String name() {
            return metadata.path("name").asText();
        }

        String namespace() {
            return metadata.path("namespace").asText("");
        }

        String uid() {
            return metadata.path("uid").asText();
        }

        String path() {
            return kind.path(namespace(), name());
        }

        String collection() {
            return kind.path(namespace());
        }

        JsonNode labels() {
            return metadata.path("labels");
        }

        boolean isNamespace() {
            return kind.plural().equals("namespaces");
        }

        boolean admits() {
            return kind.group().equals("admissionregistration.k8s.io");
        }

        boolean terminating() {
            return metadata.has("deletionTimestamp");
        }

        boolean held() {
            return !metadata.path("finalizers").isEmpty();
        }
    }

    /** The paths of the objects that do not belong to a fresh control plane. */
    List<String> strays() {
        return findStrays().stream().map(Item::path).toList();
    }

    /**
     * Deletes all strays and returns when none is left.
     *
     * @throws IllegalStateException if something cannot be deleted, naming it
     */
    void restore() {
        Set<String> insisted = new HashSet<>();
        List<String> left = new ArrayList<>();
        try {
            Waiting.until("The control plane is empty", LIMIT, () -> {
                List<Item> strays = findStrays();
                left.clear();
                strays.forEach(item -> left.add(item.path()));
                delete(strays);
                strays.stream().filter(Item::terminating).forEach(item -> {
                    // The second time round whoever should have finished it had a chance.
                    if (!insisted.add(item.uid())) {
                        insist(item, strays);
                    }
                });
                return strays.isEmpty();
            });
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + " These objects cannot be deleted: (" + left + ").", e);
        }
        deleteEvents();
        restoreLabels();
        if (!settings().equals(settings)) {
            api.expect(
                    "PATCH",
                    KUBEVIRT,
                    "application/json-patch+json",
                    """
                    [{"op":"replace","path":"/spec","value":%s}]""".formatted(settings));
        }
    }

    /** Selectors of webhooks and rules look at the labels of namespaces. */
    private void restoreLabels() {
        RawApi.Kind kind = new RawApi.Kind("", "v1", "Namespace", "namespaces", false, true);
        for (Item namespace : items(kind)) {
            JsonNode wanted = labels.get(namespace.path());
            if (wanted != null && !wanted.equals(namespace.labels())) {
                api.expect(
                        "PATCH",
                        namespace.path(),
                        "application/json-patch+json",
                        """
                        [{"op":"replace","path":"/metadata/labels","value":%s}]"""
                                .formatted(wanted));
            }
        }
    }

    /** KubeVirt's configuration, the one object of the fresh control plane that tests change. */
    private JsonNode settings() {
        RawApi.Answer answer = api.get(KUBEVIRT);
        return answer.ok() ? answer.json().path("spec") : RawApi.JSON.missingNode();
    }

    private void delete(List<Item> strays) {
        // Webhooks first: one that is not answered any more may stand against every further deletion.
        strays.stream().filter(Item::admits).forEach(this::deleteOne);
        // Then namespaces: in one that is ending nobody puts new things in the place of the deleted ones.
        strays.stream()
                .filter(Item::isNamespace)
                .filter(item -> !item.terminating())
                .forEach(this::deleteOne);
        strays.stream()
                .filter(item -> !item.admits() && !item.isNamespace() && !item.terminating())
                .collect(Collectors.groupingBy(Item::collection, LinkedHashMap::new, Collectors.toList()))
                .forEach((collection, items) -> {
                    if (collections.contains(collection)) {
                        items.forEach(this::deleteOne);
                    } else {
                        api.request("DELETE", collection, JSON, DELETE_NOW);
                    }
                });
    }

    private void deleteOne(Item item) {
        api.request("DELETE", item.path(), JSON, DELETE_NOW);
    }

    /** Finishes a deletion in the place of a kubelet or controller that does not. */
    private void insist(Item item, List<Item> strays) {
        if (item.isNamespace()) {
            boolean empty = strays.stream().noneMatch(stray -> stray.namespace().equals(item.name()));
            if (empty) {
                api.request(
                        "PUT",
                        item.path() + "/finalize",
                        JSON,
                        """
                        {"kind":"Namespace","apiVersion":"v1","metadata":{"name":"%s"},"spec":{"finalizers":[]}}"""
                                .formatted(item.name()));
            }
        } else if (item.held()) {
            api.request("PATCH", item.path(), "application/merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
        } else {
            deleteOne(item);
        }
    }

    /** They are deleted last and not waited for: the deletions themselves make events. */
    private void deleteEvents() {
        RawApi.Kind events = new RawApi.Kind("", "v1", "Event", "events", true, true);
        Set<String> places = new LinkedHashSet<>();
        api.list(events)
                .forEach(event -> places.add(event.at("/metadata/namespace").asText()));
        places.forEach(namespace -> api.request("DELETE", events.path(namespace), JSON, DELETE_NOW));
    }

    private List<Item> findStrays() {
        return everything().stream().filter(item -> !belongs(item)).toList();
    }

    private boolean belongs(Item item) {
        if (uids.contains(item.uid())) {
            return true;
        }
        if (namespaces.contains(item.namespace())
                && IN_EVERY_NAMESPACE.contains(item.kind().plural() + "/" + item.name())) {
            return true;
        }
        for (JsonNode owner : item.metadata().path("ownerReferences")) {
            if (uids.contains(owner.path("uid").asText())) {
                return true;
            }
        }
        return false;
    }

    private List<Item> everything() {
        return api.kinds().parallelStream()
                .filter(kind -> kind.ownVersion() && !IGNORED.contains(kind.plural()))
                .map(this::items)
                .flatMap(Collection::stream)
                .toList();
    }

    private List<Item> items(RawApi.Kind kind) {
        List<Item> items = new ArrayList<>();
        api.list(kind).forEach(object -> items.add(new Item(kind, object.path("metadata"))));
        return items;
    }
}
