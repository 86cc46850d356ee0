package dev.drover.admission;

import dev.drover.kubevirt.KubeVirtApi;
import dev.drover.kubevirt.SlimPod;
import dev.drover.model.Node;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the scheduler try the chosen node. Since Kubernetes 1.35 it tries {@code status.nominatedNodeName} first and falls back to other
 * nodes by itself. Before, the pod's required node affinity is narrowed to the chosen node and a few others that it may use, so that it
 * still starts when the chosen one is taken.
 */
final class Nomination {
    private static final int FIRST_MINOR = 35;
    private static final int CANDIDATES = 3;

    private final KubeVirtApi api;
    private final BooleanSupplier question;
    private volatile @Nullable Boolean honoured;

    /** @param question whether this cluster's scheduler tries the nominated node first; asked once */
    Nomination(KubeVirtApi api, BooleanSupplier question) {
        this.api = api;
        this.question = question;
    }

    /** Asks the API server for its version. */
    static boolean honouredBy(KubernetesClient client) {
        VersionInfo version = client.getKubernetesVersion();
        String minor = version.getMinor().replaceAll("[^0-9].*", "");
        return !version.getMajor().equals("1") || Integer.parseInt(minor) >= FIRST_MINOR;
    }

    void make(Situation situation, Seat seat) {
        if (isHonoured()) {
            api.nominate(seat.pod().address(), seat.node());
            return;
        }
        SlimPod pod = seat.pod().pod();
        Affinity affinity = pod.getSpec().affinity();
        NodeSelector required = affinity == null || affinity.getNodeAffinity() == null
                ? null
                : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
        api.narrowNodes(
                seat.pod().address(),
                narrowed(required, hostnames(situation, seat)),
                affinity != null,
                affinity != null && affinity.getNodeAffinity() != null);
    }

    private boolean isHonoured() {
        Boolean known = honoured;
        if (known == null) {
            known = question.getAsBoolean();
            honoured = known;
        }
        return known;
    }

    /** The API server lets a gated pod's terms only gain expressions, each in its place. */
    static NodeSelector narrowed(@Nullable NodeSelector required, List<String> hostnames) {
        List<NodeSelectorTerm> terms =
                required == null ? List.of(new NodeSelectorTerm()) : required.getNodeSelectorTerms();
        return new NodeSelectorBuilder()
                .withNodeSelectorTerms(terms.stream()
                        .map(term -> new NodeSelectorTermBuilder(term)
                                .addNewMatchExpression()
                                .withKey(Node.HOSTNAME_LABEL)
                                .withOperator("In")
                                .withValues(hostnames)
                                .endMatchExpression()
                                .build())
                        .toList())
                .build();
    }

    /** Of the chosen node and of the next ones that the pod may enter. */
    private static List<String> hostnames(Situation situation, Seat seat) {
        List<Node> nodes = situation.cluster().nodes();
        int chosen = situation.nodeIndex().get(seat.node());
        BitSet enterable = (BitSet) situation
                .rules()
                .mayEnter()
                .get(situation.vm(seat.pod().instanceUid()).orElseThrow())
                .clone();
        enterable.and(situation.placeableNodes());
        List<String> hostnames = new ArrayList<>(List.of(nodes.get(chosen).hostname()));
        for (int step = 1; step < nodes.size() && hostnames.size() < CANDIDATES; step++) {
            int node = (chosen + step) % nodes.size();
            if (enterable.get(node)) {
                hostnames.add(nodes.get(node).hostname());
            }
        }
        return hostnames;
    }
}
