package dev.drover.copy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A connection whose two ends have proven to each other who they are. For one thread. */
final class Link implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final SSLSocket socket;
    private final Patience patience;
    private final String peer;
    private final Watch watch;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Wire wire = new Wire();

    private Link(SSLSocket socket, Patience patience, String peer, Watch watch) throws IOException {
        this.socket = socket;
        this.patience = patience;
        this.peer = peer;
        this.watch = watch;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    /** The receiver's end. It owns {@code raw} from now on, also when it fails. */
    static Link toSender(Socket raw, Identity identity, Patience patience) throws CopyFailure {
        return open(raw, identity, patience, false);
    }

    /** The sender's end. It owns {@code raw} from now on, also when it fails. */
    static Link toReceiver(Socket raw, Identity identity, Patience patience) throws CopyFailure {
        return open(raw, identity, patience, true);
    }

    private static Link open(Socket raw, Identity identity, Patience patience, boolean isSender) throws CopyFailure {
        String peer = (isSender ? "receiver (" : "sender (") + raw.getRemoteSocketAddress() + ")";
        // Bites however much a stranger has to say.
        try (Watch greeting = new Watch(raw, patience.greeting())) {
            try {
                SSLSocket socket = (SSLSocket) identity.context()
                        .getSocketFactory()
                        .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
                socket.setEnabledProtocols(new String[] {Identity.PROTOCOL});
                socket.setUseClientMode(isSender);
                socket.setNeedClientAuth(!isSender);
                socket.startHandshake();
                Link link = new Link(socket, patience, peer, new Watch(raw, patience.idle()));
                link.welcome(isSender);
                return link;
            } catch (IOException failure) {
                raw.close();
                throw new CopyFailure(
                        "the " + peer + " did not prove that it belongs to this copy ("
                                + (greeting.hasBitten()
                                        ? "no answer for " + patience.greeting().toSeconds() + " s"
                                        : CopyFailure.reason(failure))
                                + "). Give both sides the same --identity.",
                        failure);
            }
        } catch (CopyFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw new CopyFailure("the connection with the " + peer + " cannot be closed: " + failure, failure);
        }
    }

    /** Only with this word does a sender know that its own certificate was taken: in TLS 1.3 its handshake ends before. */
    private void welcome(boolean isSender) throws CopyFailure {
        try {
            if (isSender) {
                expect(Frame.Welcome.class);
            } else {
                send(new Frame.Welcome());
            }
        } catch (CopyFailure failure) {
            watch.close();
            throw failure;
        }
    }

    /** Whom it leads to, for messages. */
    String peer() {
        return peer;
    }

    void send(Frame frame) throws CopyFailure {
        try {
            Wire.write(frame, out);
            // What follows data are more data, or a frame that takes them along.
            if (!(frame instanceof Frame.Data)) {
                out.flush();
            }
            watch.sign();
        } catch (IOException failure) {
            throw broken(failure);
        }
    }

    Frame receive() throws CopyFailure {
        try {
            Frame frame = wire.read(in);
            watch.sign();
            if (frame instanceof Frame.Failed(String why)) {
                throw new CopyFailure("the " + peer + " gave up: " + why);
            }
            return frame;
        } catch (CopyFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw broken(failure);
        }
    }

    <T extends Frame> T expect(Class<T> kind) throws CopyFailure {
        Frame frame = receive();
        if (!kind.isInstance(frame)) {
            throw unexpected(frame);
        }
        return kind.cast(frame);
    }

    CopyFailure unexpected(Frame frame) {
        return new CopyFailure("the " + peer + " sent what was not its turn ("
                + frame.getClass().getSimpleName() + "). Run the same version on both sides.");
    }

    /** Tells the other side, if it still listens, that this one gives up. */
    void giveUp(CopyFailure why) {
        try {
            send(new Frame.Failed(String.valueOf(why.getMessage())));
        } catch (CopyFailure gone) {
            // It finds out by the end of the connection.
        }
    }

    private CopyFailure broken(IOException failure) {
        return watch.hasBitten()
                ? new CopyFailure(
                        "nothing went on for " + patience.idle().toSeconds() + " s on the connection with the " + peer
                                + ". Look at the other pod, its disk and the network between the nodes, and copy again.",
                        failure)
                : new CopyFailure(
                        "the connection with the " + peer + " broke (" + CopyFailure.reason(failure)
                                + "). If the other side gave up first, its report says why; copy again.",
                        failure);
    }

    /** Ends the connection; at most the idle time later, since the watch goes on until it is closed. */
    @Override
    public void close() {
        try (watch) {
            socket.close();
        } catch (IOException closed) {
            // What had to be said was said before.
        }
    }
}
