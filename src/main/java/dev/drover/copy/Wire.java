package dev.drover.copy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Frames as bytes: one for the kind, then the fields as {@link java.io.DataOutput} writes them. Whatever is read is bounded. For one thread. */
final class Wire {
    private static final int WELCOME = 1;
    private static final int MANIFEST = 2;
    private static final int ACCEPTED = 3;
    private static final int DATA = 4;
    private static final int HOLE = 5;
    private static final int SUMS = 6;
    private static final int WORKING = 7;
    private static final int AGREED = 8;
    private static final int FAILED = 9;

    private static final int MOST_DISKS = 1000;
    private static final int LONGEST_TEXT = 4000;
    private static final long NANOS = 1_000_000_000;

    private final byte[] block = new byte[DiskReader.BLOCK];

    static void write(Frame frame, DataOutputStream out) throws IOException {
        switch (frame) {
            case Frame.Welcome() -> out.writeByte(WELCOME);
            case Frame.Manifest(List<DiskListing> disks) -> {
                out.writeByte(MANIFEST);
                write(disks, out);
            }
            case Frame.Accepted() -> out.writeByte(ACCEPTED);
            case Frame.Data(ByteBuffer bytes) -> {
                out.writeByte(DATA);
                out.writeInt(bytes.remaining());
                out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
            case Frame.Hole(long length) -> {
                out.writeByte(HOLE);
                out.writeLong(length);
            }
            case Frame.Sums(List<DiskSum> sums) -> {
                out.writeByte(SUMS);
                out.writeInt(sums.size());
                for (DiskSum sum : sums) {
                    out.writeUTF(sum.name());
                    out.writeLong(sum.bytes());
                    out.writeUTF(sum.sha256());
                }
            }
            case Frame.Working() -> out.writeByte(WORKING);
            case Frame.Agreed() -> out.writeByte(AGREED);
            case Frame.Failed(String why) -> {
                out.writeByte(FAILED);
                out.writeUTF(why.length() > LONGEST_TEXT ? why.substring(0, LONGEST_TEXT) : why);
            }
        }
    }

    private static void write(List<DiskListing> disks, DataOutputStream out) throws IOException {
        out.writeInt(disks.size());
        for (DiskListing disk : disks) {
            out.writeUTF(disk.name());
            out.writeBoolean(disk.device());
            out.writeInt(disk.entries().size());
            for (Entry entry : disk.entries()) {
                out.writeUTF(entry.path());
                out.writeBoolean(entry.folder());
                out.writeLong(entry.size());
                out.writeInt(entry.mode());
                out.writeLong(entry.modified().getEpochSecond());
                out.writeInt(entry.modified().getNano());
            }
        }
    }

    Frame read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case WELCOME -> new Frame.Welcome();
            case MANIFEST -> new Frame.Manifest(disks(in));
            case ACCEPTED -> new Frame.Accepted();
            case DATA -> {
                int length = bounded("block", in.readInt(), block.length);
                in.readFully(block, 0, length);
                yield new Frame.Data(ByteBuffer.wrap(block, 0, length));
            }
            case HOLE -> new Frame.Hole(in.readLong());
            case SUMS -> new Frame.Sums(sums(in));
            case WORKING -> new Frame.Working();
            case AGREED -> new Frame.Agreed();
            case FAILED -> new Frame.Failed(in.readUTF());
            default -> throw strange("kind of frame", kind);
        };
    }

    private static List<DiskSum> sums(DataInputStream in) throws IOException {
        List<DiskSum> sums = new ArrayList<>();
        for (int left = bounded("number of disks", in.readInt(), MOST_DISKS); left > 0; left--) {
            sums.add(new DiskSum(in.readUTF(), in.readLong(), in.readUTF()));
        }
        return sums;
    }

    private static List<DiskListing> disks(DataInputStream in) throws IOException {
        List<DiskListing> disks = new ArrayList<>();
        for (int left = bounded("number of disks", in.readInt(), MOST_DISKS); left > 0; left--) {
            disks.add(new DiskListing(in.readUTF(), in.readBoolean(), entries(in)));
        }
        return disks;
    }

    private static List<Entry> entries(DataInputStream in) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (int left = bounded("number of files", in.readInt(), Disk.MOST_ENTRIES); left > 0; left--) {
            entries.add(new Entry(in.readUTF(), in.readBoolean(), in.readLong(), in.readInt(), modified(in)));
        }
        return entries;
    }

    private static Instant modified(DataInputStream in) throws IOException {
        long seconds = in.readLong();
        int nanos = in.readInt();
        if (nanos < 0
                || nanos >= NANOS
                || seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()) {
            throw strange("time of a file", seconds);
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static int bounded(String what, int value, int most) throws CopyFailure {
        if (value < 0 || value > most) {
            throw strange(what, value);
        }
        return value;
    }

    private static CopyFailure strange(String what, long value) {
        return new CopyFailure("the other side sent a " + what + " (" + value
                + ") that this version does not take. Run the same version on both sides.");
    }
}
