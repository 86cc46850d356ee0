package dev.drover.copy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The side of the source: reads its disks, and never writes to them. */
public final class Sender {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Path folder;
    private final Identity identity;
    private final Surroundings surroundings;

    /** @param folder whose entries are the disks */
    public Sender(Path folder, Identity identity, Surroundings surroundings) {
        this.folder = folder;
        this.identity = identity;
        this.surroundings = surroundings;
    }

    /**
     * Sends all disks, and compares what the receiver has read again. Blocks until all is done.
     *
     * @param to the name or address of the receiver
     * @param port where it listens
     * @return what was read here, which the receiver has, too
     * @throws CopyFailure when the receiver does not have the same
     */
    public List<DiskSum> send(String to, int port) throws CopyFailure {
        List<Disk> disks = Disk.in(folder);
        List<DiskListing> listings = new ArrayList<>();
        for (Disk disk : disks) {
            listings.add(disk.listing());
        }
        try (Link link = reach(to, port)) {
            try {
                return hand(link, disks, listings);
            } catch (CopyFailure failure) {
                link.giveUp(failure);
                throw failure;
            }
        }
    }

    private List<DiskSum> hand(Link link, List<Disk> disks, List<DiskListing> listings) throws CopyFailure {
        link.send(new Frame.Manifest(listings));
        link.expect(Frame.Accepted.class);
        surroundings.log().accept("sending to the " + link.peer());
        long total = listings.stream().mapToLong(DiskListing::bytes).sum();
        DiskReader reader = new DiskReader(new Frames(link, new Progress(surroundings, "sent", total)));
        List<DiskSum> sent = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            sent.add(reader.read(disks.get(i), listings.get(i)));
        }
        link.send(new Frame.Sums(sent));
        surroundings.log().accept("sent all; the receiver reads it again");
        DiskSum.requireEqual(sent, found(link));
        link.send(new Frame.Agreed());
        return sent;
    }

    private static List<DiskSum> found(Link link) throws CopyFailure {
        while (true) {
            Frame frame = link.receive();
            switch (frame) {
                case Frame.Working() -> {
                    // And so it is not dead.
                }
                case Frame.Sums(List<DiskSum> sums) -> {
                    return sums;
                }
                default -> throw link.unexpected(frame);
            }
        }
    }

    /** Tries again while the receiver is not there yet: its pod may start after this one. */
    private Link reach(String to, int port) throws CopyFailure {
        Patience patience = surroundings.patience();
        Instant deadline = surroundings.clock().instant().plus(patience.receiver());
        while (true) {
            try {
                return connect(to, port);
            } catch (IOException failure) {
                if (!surroundings.clock().instant().isBefore(deadline)
                        || Thread.currentThread().isInterrupted()) {
                    throw new CopyFailure(
                            "the receiver (" + to + ":" + port + ") was not reached within "
                                    + patience.receiver().toSeconds() + " s: " + CopyFailure.reason(failure)
                                    + ". Look at its pod, and at the network between the nodes.",
                            failure);
                }
            }
            surroundings.pause().accept(BETWEEN_TRIES);
        }
    }

    private Link connect(String to, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(to, port),
                    Math.toIntExact(surroundings.patience().greeting().toMillis()));
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
        return Link.toReceiver(socket, identity, surroundings.patience());
    }

    /** Content as frames. */
    private record Frames(Link link, Progress progress) implements DiskReader.Sink {
        @Override
        public void data(ByteBuffer bytes) throws CopyFailure {
            progress.add(bytes.remaining());
            link.send(new Frame.Data(bytes));
        }

        @Override
        public void hole(long length) throws CopyFailure {
            progress.add(length);
            link.send(new Frame.Hole(length));
        }

        @Override
        public void end() {
            // The receiver knows how long each file is.
        }
    }
}
