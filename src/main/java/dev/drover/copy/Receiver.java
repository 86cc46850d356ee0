package dev.drover.copy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The side of the target: writes the disks that one sender sends. A copy that fails leaves them unusable; a new one begins from the start. */
public final class Receiver {
    /** A sign of life is given after so many bytes; the slowest of disks reads them in seconds. */
    private static final long SIGN = 16L << 20;

    private final Path folder;
    private final Identity identity;
    private final Surroundings surroundings;

    /** @param folder whose entries are the disks */
    public Receiver(Path folder, Identity identity, Surroundings surroundings) {
        this.folder = folder;
        this.identity = identity;
        this.surroundings = surroundings;
    }

    /**
     * Waits for the sender, takes its disks, forces them to their media, and reads them again. Blocks until all is done.
     *
     * @param door which is closed behind the sender
     * @return what was read again, which the sender has confirmed
     * @throws CopyFailure when the disks here are not those of the sender
     */
    public List<DiskSum> receive(Door door) throws CopyFailure {
        List<Disk> disks = Disk.in(folder);
        surroundings.log().accept("waiting for the sender on port " + door.port());
        Door.Arrival sender = door.await(identity, surroundings);
        try (Link link = sender.link()) {
            try {
                return take(link, accept(sender, disks));
            } catch (CopyFailure failure) {
                link.giveUp(failure);
                throw failure;
            }
        }
    }

    private List<DiskSum> take(Link link, List<Target> targets) throws CopyFailure {
        for (Target target : targets) {
            target.clear();
        }
        Progress progress = progress("received", targets);
        for (Target target : targets) {
            write(target, link, progress);
        }
        List<DiskSum> sent = link.expect(Frame.Sums.class).sums();
        surroundings.log().accept("reading again what was written");
        List<DiskSum> found = readAgain(link, targets);
        for (Target target : targets) {
            target.seal(() -> link.send(new Frame.Working()));
        }
        link.send(new Frame.Sums(found));
        DiskSum.requireEqual(sent, found);
        link.expect(Frame.Agreed.class);
        return found;
    }

    private List<Target> accept(Door.Arrival sender, List<Disk> disks) throws CopyFailure {
        List<DiskListing> announced = sender.disks();
        ManifestCheck.requireNames(disks, announced);
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < disks.size(); i++) {
            targets.add(new Target(disks.get(i), announced.get(i)));
        }
        ManifestCheck.require(targets);
        surroundings.log().accept("receiving from the " + sender.link().peer());
        sender.link().send(new Frame.Accepted());
        return targets;
    }

    private static void write(Target target, Link link, Progress progress) throws CopyFailure {
        for (Entry entry : target.announced().entries()) {
            if (entry.folder()) {
                target.makeFolder(entry);
            } else {
                try (TargetFile file = target.open(entry)) {
                    fill(file, link, progress);
                    file.finish(() -> link.send(new Frame.Working()));
                }
            }
        }
    }

    private static void fill(TargetFile file, Link link, Progress progress) throws CopyFailure {
        while (file.missing() > 0) {
            Frame frame = link.receive();
            long before = file.missing();
            switch (frame) {
                case Frame.Data(ByteBuffer bytes) when bytes.remaining() <= before -> file.data(bytes);
                case Frame.Hole(long length) when length > 0 && length <= before -> file.hole(length);
                default -> throw link.unexpected(frame);
            }
            progress.add(before - file.missing());
        }
    }

    /** From a new listing, so that the sums are of what is there and not of what should be. */
    private List<DiskSum> readAgain(Link link, List<Target> targets) throws CopyFailure {
        DiskReader reader = new DiskReader(new Signs(link, progress("read again", targets)));
        List<DiskSum> sums = new ArrayList<>();
        for (Target target : targets) {
            sums.add(reader.read(
                    target.disk(),
                    target.disk().device() ? target.announced() : target.disk().listing()));
        }
        return sums;
    }

    private Progress progress(String done, List<Target> targets) {
        return new Progress(
                surroundings,
                done,
                targets.stream().mapToLong(target -> target.announced().bytes()).sum());
    }

    /** Tells the sender that this side is at work. */
    private static final class Signs implements DiskReader.Sink {
        private final Link link;
        private final Progress progress;
        private long unsaid;

        Signs(Link link, Progress progress) {
            this.link = link;
            this.progress = progress;
        }

        @Override
        public void data(ByteBuffer bytes) throws CopyFailure {
            hole(bytes.remaining());
        }

        @Override
        public void hole(long length) throws CopyFailure {
            progress.add(length);
            unsaid += length;
            if (unsaid >= SIGN) {
                end();
            }
        }

        @Override
        public void end() throws CopyFailure {
            link.send(new Frame.Working());
            unsaid = 0;
        }
    }
}
