package dev.drover.testbed.player;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the player has seen of the cluster. Belongs to the actor's thread. */
final class World {

    private final Map<String, NodeView> nodes = new HashMap<>();
    private final Map<String, Guest> guests = new HashMap<>();
    private final Map<String, PodView> pods = new HashMap<>();
    private final Set<String> killed = new HashSet<>();

    /** A node plays as long as it exists, is powered and was not killed. */
    boolean alive(String node) {
        var view = nodes.get(node);
        return view != null && view.powered() && !killed.contains(node);
    }

    Map<String, String> labels(String node) {
        var view = nodes.get(node);
        return view == null ? Map.of() : view.labels();
    }

    void kill(String node) {
        killed.add(node);
    }

    void revive(String node) {
        killed.remove(node);
    }

    void reviveAll() {
        killed.clear();
    }

    /** Whether the node was seen before, with the same power as now. */
    boolean knows(NodeView node) {
        var before = nodes.get(node.name());
        return before != null && before.powered() == node.powered();
    }

    void see(NodeView node) {
        nodes.put(node.name(), node);
    }

    void lostNode(String name) {
        nodes.remove(name);
    }

    Guest see(VmiView vmi) {
        var guest = guests.computeIfAbsent(vmi.uid(), uid -> new Guest(vmi));
        guest.see(vmi);
        return guest;
    }

    Optional<Guest> lostGuest(String uid) {
        return Optional.ofNullable(guests.remove(uid));
    }

    Optional<Guest> guest(String uid) {
        return Optional.ofNullable(guests.get(uid));
    }

    Collection<Guest> guests() {
        return List.copyOf(guests.values());
    }

    Collection<NodeView> nodes() {
        return nodes.values();
    }

    Collection<PodView> pods() {
        return pods.values();
    }

    void see(PodView pod) {
        pods.put(pod.uid(), pod);
    }

    void lostPod(String uid) {
        pods.remove(uid);
    }

    List<PodView> podsOf(String vmiUid) {
        return pods.values().stream().filter(pod -> pod.vmiUid().equals(vmiUid)).toList();
    }
}
