package dev.drover.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes bytes to the API server and back. Connections can be cut without a word: they stay open, and nothing comes through any
 * more, as when a firewall forgets them.
 */
final class CuttableProxy implements AutoCloseable {

    private static final int BUFFER = 16_384;

    private final URI server;
    private final ServerSocket listener;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    private static final class Link {
        final Socket client;
        final Socket server;
        volatile boolean cut;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void close() {
            closeQuietly(client);
            closeQuietly(server);
        }
    }

    CuttableProxy(URI server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    /** Cuts the connections that are open now; new ones work. */
    int cutOpenConnections() {
        List<Link> open = links.stream().filter(link -> !link.cut).toList();
        open.forEach(link -> link.cut = true);
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Link link = new Link(client, new Socket(server.getHost(), server.getPort()));
                links.add(link);
                Thread.ofVirtual().start(() -> pass(link, client, link.server));
                Thread.ofVirtual().start(() -> pass(link, link.server, client));
            } catch (IOException closed) {
                // The test is over, or one connection failed: the client sees that.
            }
        }
    }

    private void pass(Link link, Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!link.cut) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException closed) {
            // One end is gone, so the other is closed as well.
        }
        link.close();
        links.remove(link);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is closed.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        links.forEach(Link::close);
    }
}
