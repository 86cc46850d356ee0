package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of one pod's container, below a folder that stands for its root: claims as links to the volumes of the node, secrets as files, and
 * the termination log.
 */
final class PodFiles {

    private final KubernetesClient client;
    private final Path root;

    PodFiles(KubernetesClient client, Path root) {
        this.client = client;
        this.root = root;
    }

    /**
     * Mounts what the container asks for.
     *
     * @throws IOException when something is not there (yet), or not on this node
     */
    void mount(Pod pod, Map<String, String> nodeLabels) throws IOException {
        var container = pod.getSpec().getContainers().getFirst();
        var namespace = pod.getMetadata().getNamespace();
        Map<String, Volume> volumes = new LinkedHashMap<>();
        pod.getSpec().getVolumes().forEach(volume -> volumes.put(volume.getName(), volume));
        for (var mount : container.getVolumeMounts()) {
            var volume = Objects.requireNonNull(volumes.get(mount.getName()), mount.getName());
            if (volume.getPersistentVolumeClaim() != null) {
                link(mount.getMountPath(), path(namespace, volume, nodeLabels));
            } else if (volume.getSecret() != null) {
                secret(mount.getMountPath(), namespace, volume.getSecret().getSecretName());
            } else {
                Files.createDirectories(at(mount.getMountPath()));
            }
        }
        for (var device : container.getVolumeDevices()) {
            var volume = Objects.requireNonNull(volumes.get(device.getName()), device.getName());
            link(device.getDevicePath(), path(namespace, volume, nodeLabels));
        }
        Files.createDirectories(terminationLog(container).getParent());
        Files.write(terminationLog(container), new byte[0]);
    }

    Path terminationLog(Container container) {
        return at(container.getTerminationMessagePath());
    }

    /** The path inside the container as one outside: below the root when it is there, and else as it is. */
    String outside(String path) {
        return path.startsWith("/") && Files.exists(at(path)) ? at(path).toString() : path;
    }

    private Path at(String inside) {
        var path = root.resolve(inside.substring(1)).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException(
                    "The path of the container leaves its root (%s). Give one without dots.".formatted(inside));
        }
        return path;
    }

    private void link(String inside, Path outside) throws IOException {
        Files.createDirectories(at(inside).getParent());
        Files.deleteIfExists(at(inside));
        Files.createSymbolicLink(at(inside), outside);
    }

    private void secret(String inside, String namespace, String name) throws IOException {
        var secret = client.secrets().inNamespace(namespace).withName(name).get();
        if (secret == null) {
            throw new IOException("There is no secret (%s/%s) to mount".formatted(namespace, name));
        }
        Files.createDirectories(at(inside));
        for (var entry : secret.getData().entrySet()) {
            Files.write(at(inside).resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
        }
    }

    /** Where the volume of a claim lies. kubelet mounts none that belongs to another node. */
    private Path path(String namespace, Volume volume, Map<String, String> nodeLabels) throws IOException {
        var claim = volume.getPersistentVolumeClaim().getClaimName();
        var bound = bound(namespace, claim);
        if (bound.getSpec().getLocal() == null || !VolumeView.of(bound).isOn(nodeLabels)) {
            throw new IOException("The volume (%s) of the claim (%s/%s) is no local one of this node, but of (%s)"
                    .formatted(
                            bound.getMetadata().getName(),
                            namespace,
                            claim,
                            VolumeView.of(bound).hostnames()));
        }
        return Path.of(bound.getSpec().getLocal().getPath());
    }

    private PersistentVolume bound(String namespace, String name) throws IOException {
        var claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get();
        var volume = claim == null || !"Bound".equals(claim.getStatus().getPhase())
                ? null
                : client.persistentVolumes()
                        .withName(claim.getSpec().getVolumeName())
                        .get();
        if (volume == null) {
            throw new IOException("The claim (%s/%s) is not bound".formatted(namespace, name));
        }
        return volume;
    }

    /** The container's arguments, with what they say of files and of the pod network as it is on this machine. */
    List<String> arguments(Pod pod, PodNetwork network) {
        var given = pod.getSpec().getContainers().getFirst().getArgs();
        var own = pod.getStatus().getPodIP();
        return new PlayedArguments(
                        this::outside, (address, port) -> network.port(address.isEmpty() ? own : address, port))
                .of(given);
    }
}
