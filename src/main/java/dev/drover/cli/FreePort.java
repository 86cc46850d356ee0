package dev.drover.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a TCP port that nobody listens on. */
final class FreePort {

    private FreePort() {}

    /** A port of the loopback address that was free a moment ago. */
    static int choose() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("no free port on the loopback address", failure);
        }
    }
}
