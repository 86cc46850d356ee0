package dev.drover.copy;

import java.nio.ByteBuffer;
import java.util.List;

/** What the two sides say to each other. */
sealed interface Frame {

    /** The receiver's first word: it knows the sender. */
    record Welcome() implements Frame {}

    /** The sender's first: what will come, disk by disk and entry by entry. */
    record Manifest(List<DiskListing> disks) implements Frame {
        public Manifest {
            disks = List.copyOf(disks);
        }
    }

    /** There is room for it; the content may come. */
    record Accepted() implements Frame {}

    /**
     * The next bytes of the file that is being copied.
     *
     * @param bytes valid until the next frame is read
     */
    record Data(ByteBuffer bytes) implements Frame {}

    /** Zeros instead of bytes. */
    record Hole(long length) implements Frame {}

    /** From the sender, what it read; from the receiver, what it read again. */
    record Sums(List<DiskSum> sums) implements Frame {
        public Sums {
            sums = List.copyOf(sums);
        }
    }

    /** A sign of life of a receiver that has something to do. */
    record Working() implements Frame {}

    /** The sender's last word: the sums are equal. */
    record Agreed() implements Frame {}

    /** The last word of a side that gives up. */
    record Failed(String why) implements Frame {}
}
