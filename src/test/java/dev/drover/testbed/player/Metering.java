package dev.drover.testbed.player;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures all guests again and again: what they ask for, what they get of their node, and the counters that grow by it. */
final class Metering {

    private final World world;
    private final PlayedTime time;
    private final Demands demands;
    private final Links links;
    private final Map<String, Usage.Counters> counters = new HashMap<>();
    private double measuredAt;
    private volatile Usage latest;

    Metering(World world, PlayedTime time, Journey journey) {
        this.world = world;
        this.time = time;
        this.demands = journey.demands();
        this.links = journey.links();
        this.latest = Usage.none(time.now());
    }

    /** The last measurement. Safe for use by several threads. */
    Usage latest() {
        return latest;
    }

    /** Measures now. To be called on the actor's thread. */
    void measure() {
        links.advance(time.seconds());
        var now = time.realSeconds();
        var seconds = now - measuredAt;
        measuredAt = now;
        var guests = new ArrayList<Usage.OfGuest>();
        var pods = new ArrayList<Usage.OfPod>();
        var nodes = new ArrayList<Usage.OfNode>();
        var byNode = runningByNode();
        for (var node : world.nodes()) {
            if (world.alive(node.name())) {
                var shares = shares(node, byNode.getOrDefault(node.name(), List.of()));
                shares.forEach(share -> guests.add(measured(share, seconds)));
                var onNode = podsOn(node, shares);
                pods.addAll(onNode);
                nodes.add(new Usage.OfNode(
                        node,
                        onNode.stream().map(Usage.OfPod::amount).reduce(new Usage.Amount(0, 0), Usage.Amount::plus)));
            }
        }
        latest = new Usage(time.now(), List.copyOf(nodes), List.copyOf(pods), List.copyOf(guests));
    }

    void forget(String vmiUid) {
        counters.remove(vmiUid);
    }

    /** What one guest asks for and what it gets. */
    private record Share(Guest guest, Demands.Now asked, double cpu, double touched) {
        double resident() {
            return touched + guest.view().memoryOverhead();
        }
    }

    private Map<String, List<Guest>> runningByNode() {
        var byNode = new HashMap<String, List<Guest>>();
        for (var guest : world.guests()) {
            if (guest.view().phase().equals("Running")) {
                byNode.computeIfAbsent(guest.view().node(), name -> new ArrayList<>())
                        .add(guest);
            }
        }
        return byNode;
    }

    /** CPU is shared by the guests' cores; memory, which cannot wait, is cut for all by the same part. */
    private List<Share> shares(NodeView node, List<Guest> guests) {
        var asked = guests.stream().map(guest -> demands.now(guest.view())).toList();
        var cpu = Contention.share(
                node.cpu(),
                asked.stream().mapToDouble(Demands.Now::cpu).toArray(),
                guests.stream().mapToDouble(guest -> guest.view().cores()).toArray());
        var overhead = guests.stream()
                .mapToDouble(guest -> guest.view().memoryOverhead())
                .sum();
        var memory = asked.stream().mapToDouble(Demands.Now::memory).sum();
        var part = memory > 0 ? Math.clamp((node.memory() - overhead) / memory, 0, 1) : 1;
        var shares = new ArrayList<Share>();
        for (var i = 0; i < guests.size(); i++) {
            shares.add(
                    new Share(guests.get(i), asked.get(i), cpu[i], asked.get(i).memory() * part));
        }
        return shares;
    }

    private Usage.OfGuest measured(Share share, double seconds) {
        var vmi = share.guest().view();
        var now = counters.merge(
                vmi.uid(),
                Usage.Counters.ZERO,
                (before, zero) ->
                        before.later(seconds, share.cpu(), share.asked().cpu() - share.cpu()));
        return new Usage.OfGuest(
                vmi.id(),
                vmi.node(),
                vmi.labels(),
                vmi.cores(),
                vmi.memory(),
                share.touched(),
                share.resident(),
                share.asked().dirtyRate(),
                now,
                copy(share.guest()));
    }

    private Optional<Usage.Copy> copy(Guest guest) {
        return Optional.ofNullable(guest.transfer()).map(transfer -> {
            var copy = transfer.copy;
            return new Usage.Copy(
                    copy.remaining() + copy.copied(),
                    copy.remaining(),
                    copy.copied(),
                    copy.currentDirtyRate(),
                    links.speed(transfer));
        });
    }

    /** The launchers of the guests that run here, and those that wait for one and fill up with its memory. */
    private List<Usage.OfPod> podsOn(NodeView node, List<Share> shares) {
        var running = new HashMap<String, Share>();
        shares.forEach(share -> running.put(share.guest().view().uid(), share));
        var pods = new ArrayList<Usage.OfPod>();
        for (var pod : world.pods()) {
            if (pod.node().equals(node.name()) && pod.phase().equals("Running")) {
                var share = running.get(pod.vmiUid());
                var vm = world.guest(pod.vmiUid())
                        .map(guest -> guest.view().id())
                        .orElse(pod.id());
                pods.add(new Usage.OfPod(
                        pod, vm, share != null ? new Usage.Amount(share.cpu(), share.resident()) : incoming(pod)));
            }
        }
        return pods;
    }

    private Usage.Amount incoming(PodView pod) {
        var copied = world.guest(pod.vmiUid())
                .flatMap(guest -> Optional.ofNullable(guest.transfer()))
                .filter(transfer -> transfer.migration.uid().equals(pod.migrationUid()))
                .map(transfer -> Math.min(transfer.copy.copied(), transfer.copy.touched()));
        return new Usage.Amount(0, copied.orElse(0.0));
    }
}
