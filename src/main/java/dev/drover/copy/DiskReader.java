package dev.drover.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a disk from its first byte to its last, and computes its sum on the way. Both sides read by this class, so that equal sums mean equal disks.
 *
 * <p>The sum is over each entry in the order of the listing: a byte for its kind ({@code d} folder, {@code f} file, {@code b} device), the length of
 * its path as four bytes, the path in UTF-8, its size as eight bytes, and its content with the zeros of its holes. For one thread.
 */
final class DiskReader {
    /** What is read at once. */
    static final int BLOCK = 1 << 20;

    /** The grain in which zeros are looked for. */
    private static final int PIECE = 1 << 16;

    /** The longest hole that is told in one; a side that reads nothing but zeros is to show signs of life. */
    private static final long LONGEST_HOLE = 64L << 20;

    private static final byte[] ZEROS = new byte[PIECE];

    /** Takes the content of one file after the other. */
    interface Sink {
        /** @param bytes valid during the call only */
        void data(ByteBuffer bytes) throws CopyFailure;

        /** @param length of zeros, in bytes */
        void hole(long length) throws CopyFailure;

        /** Called after each entry. */
        void end() throws CopyFailure;
    }

    private final byte[] block = new byte[BLOCK];
    private final Sink sink;

    DiskReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads all entries of {@code listing} and tells the sink their content.
     *
     * @throws CopyFailure when the disk cannot be read or is no longer as listed
     */
    DiskSum read(Disk disk, DiskListing listing) throws CopyFailure {
        MessageDigest digest = sha256();
        for (Entry entry : listing.entries()) {
            digest.update(head(listing, entry));
            if (!entry.folder()) {
                new Reading(disk, entry, digest).run();
            }
            sink.end();
        }
        return new DiskSum(disk.name(), listing.bytes(), HexFormat.of().formatHex(digest.digest()));
    }

    private static byte[] head(DiskListing listing, Entry entry) {
        byte[] path = entry.path().getBytes(StandardCharsets.UTF_8);
        char kind = listing.device() ? 'b' : entry.folder() ? 'd' : 'f';
        return ByteBuffer.allocate(1 + Integer.BYTES + path.length + Long.BYTES)
                .put((byte) kind)
                .putInt(path.length)
                .put(path)
                .putLong(entry.size())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256. Check this one.", impossible);
        }
    }

    static boolean isZero(byte[] bytes, int from, int to) {
        return Arrays.mismatch(bytes, from, to, ZEROS, 0, to - from) < 0;
    }

    /** The end of the run of pieces that begins at {@code from} and that are all zero or all not. */
    static int endOfRun(byte[] bytes, int from, int to, boolean zero) {
        int end = from;
        while (end < to && isZero(bytes, end, Math.min(end + PIECE, to)) == zero) {
            end = Math.min(end + PIECE, to);
        }
        return end;
    }

    static int endOfPiece(int from, int to) {
        return Math.min(from + PIECE, to);
    }

    /** One file. */
    private final class Reading {
        private final Disk disk;
        private final Entry entry;
        private final MessageDigest digest;
        private long hole;

        Reading(Disk disk, Entry entry, MessageDigest digest) {
            this.disk = disk;
            this.entry = entry;
            this.digest = digest;
        }

        void run() throws CopyFailure {
            try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                requireSame(channel);
                for (long left = entry.size(); left > 0; ) {
                    int count = fill(channel, (int) Math.min(BLOCK, left));
                    digest.update(block, 0, count);
                    tell(count);
                    left -= count;
                }
                flush();
                requireSame(channel);
            } catch (CopyFailure failure) {
                throw failure;
            } catch (IOException failure) {
                throw unreadable(failure);
            }
        }

        private void tell(int count) throws CopyFailure {
            for (int at = 0; at < count; ) {
                boolean zero = isZero(block, at, endOfPiece(at, count));
                int end = endOfRun(block, at, count, zero);
                if (zero) {
                    hole += end - at;
                } else {
                    flush();
                    sink.data(ByteBuffer.wrap(block, at, end - at));
                }
                at = end;
            }
            if (hole >= LONGEST_HOLE) {
                flush();
            }
        }

        private void flush() throws CopyFailure {
            if (hole > 0) {
                sink.hole(hole);
                hole = 0;
            }
        }

        private int fill(FileChannel channel, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(block, 0, count);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw changed();
                }
            }
            return count;
        }

        private void requireSame(FileChannel channel) throws IOException {
            boolean same = disk.device()
                    ? channel.size() >= entry.size()
                    : channel.size() == entry.size()
                            && Files.getLastModifiedTime(path(), LinkOption.NOFOLLOW_LINKS)
                                    .toInstant()
                                    .equals(entry.modified());
            if (!same) {
                throw changed();
            }
        }

        private Path path() {
            return disk.path().resolve(entry.path());
        }

        private CopyFailure changed() {
            return new CopyFailure("the disk (" + disk.name() + ") changed while it was copied (" + path()
                    + "). Stop what writes to it, and copy again.");
        }

        private CopyFailure unreadable(IOException failure) {
            return new CopyFailure(
                    "the disk (" + disk.name() + ") cannot be read at (" + path() + "): " + CopyFailure.reason(failure)
                            + ". Check the disk, and the rights of the user that copies.",
                    failure);
        }
    }
}
