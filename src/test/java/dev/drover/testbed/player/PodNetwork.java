package dev.drover.testbed.player;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pod network, on loopback: each address and port that a pod listens on or speaks to is one port of this machine, whoever asks first.
 * Safe for use by several threads.
 */
final class PodNetwork {

    /** Between the blocks of the control planes and the ports that the kernel takes for outgoing connections. */
    private static final int FIRST = 32_490;

    private static final int LAST = 32_767;

    private final Map<Endpoint, Integer> ports = new HashMap<>();

    private record Endpoint(String address, int port) {}

    /** The port of loopback that stands for a port of a pod. */
    synchronized int port(String address, int port) {
        return ports.computeIfAbsent(new Endpoint(address, port), _ -> free());
    }

    /** The address belongs to nobody any more; null for a pod that never had one. */
    synchronized void release(@Nullable String address) {
        ports.keySet().removeIf(endpoint -> Objects.equals(endpoint.address, address));
    }

    private int free() {
        for (var port = FIRST; port <= LAST; port++) {
            if (!ports.containsValue(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "No port of loopback from (%d) to (%d) is free for a pod. End what listens there."
                        .formatted(FIRST, LAST));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
