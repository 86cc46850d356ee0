package dev.drover.copy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a receiver listens. It lets in the first who proves to be its sender; whoever else connects is dropped, and none of them keeps the others waiting.
 */
public final class Door implements Closeable {
    /** Who may try at the same time. */
    private static final int GUESTS = 64;

    private final ServerSocket socket;
    private final Semaphore guests = new Semaphore(GUESTS);

    /**
     * The sender, once it has proven who it is and said what it has. One that is gone before comes again by itself, so it does not end the waiting.
     *
     * @param link to it, which the caller closes
     * @param disks what it announces
     */
    record Arrival(Link link, List<DiskListing> disks) {
        Arrival {
            disks = List.copyOf(disks);
        }
    }

    private Door(ServerSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens it.
     *
     * @param address with port 0 for any that is free
     * @throws CopyFailure when somebody else listens there
     */
    public static Door open(InetSocketAddress address) throws CopyFailure {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(address);
                return new Door(socket);
            } catch (IOException failure) {
                socket.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new CopyFailure(
                    "the receiver cannot listen at (" + address + "): " + CopyFailure.reason(failure)
                            + ". Check --address and --port.",
                    failure);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Waits for the sender, and closes the door behind it. */
    Arrival await(Identity identity, Surroundings surroundings) throws CopyFailure {
        CompletableFuture<Arrival> sender = new CompletableFuture<>();
        sender.orTimeout(surroundings.patience().sender().toNanos(), TimeUnit.NANOSECONDS);
        Thread.ofVirtual().start(() -> let(sender, identity, surroundings));
        try (this) {
            return sender.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof TimeoutException
                    ? new CopyFailure(
                            "no sender proved within "
                                    + surroundings.patience().sender().toSeconds()
                                    + " s that it belongs to this copy (port "
                                    + port()
                                    + "). Look at the sender's pod, and at the network between the nodes; --wait is how long to wait.")
                    : new CopyFailure(
                            "nobody can connect any more (port " + port() + "): " + failure.getCause()
                                    + ". Copy again.",
                            failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CopyFailure("the receiver was interrupted while it waited (port " + port() + "). Copy again.");
        }
    }

    private void let(CompletableFuture<Arrival> sender, Identity identity, Surroundings surroundings) {
        try {
            while (!sender.isDone()) {
                guests.acquireUninterruptibly();
                Socket guest = socket.accept();
                Thread.ofVirtual().start(() -> greet(guest, sender, identity, surroundings));
            }
        } catch (IOException closed) {
            sender.completeExceptionally(closed);
        }
    }

    private void greet(Socket guest, CompletableFuture<Arrival> sender, Identity identity, Surroundings surroundings) {
        try {
            Link link = Link.toSender(guest, identity, surroundings.patience());
            if (!sender.complete(new Arrival(link, announced(link)))) {
                link.close();
            }
        } catch (CopyFailure stranger) {
            surroundings.log().accept("dropped one who connected: " + stranger.getMessage());
        } finally {
            guests.release();
        }
    }

    private static List<DiskListing> announced(Link link) throws CopyFailure {
        try {
            return link.expect(Frame.Manifest.class).disks();
        } catch (CopyFailure failure) {
            link.giveUp(failure);
            link.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            // Nobody is to come in any more, and nobody does.
        }
    }
}
