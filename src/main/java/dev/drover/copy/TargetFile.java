package dev.drover.copy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file of the receiver, or a device, that is written from its first byte to its last. For one thread. */
final class TargetFile implements Closeable {
    /** Forced to the medium as it grows, so that no single force lasts so long that the sender takes this side for dead. */
    private static final long FORCE = 16L << 20;

    private final Target target;
    private final Entry entry;
    private final FileChannel channel;
    private final boolean isDevice;
    private long position;
    private long unforced;

    TargetFile(Target target, Entry entry, FileChannel channel) {
        this.target = target;
        this.entry = entry;
        this.channel = channel;
        this.isDevice = target.disk().device();
    }

    /** The bytes that are still missing. */
    long missing() {
        return entry.size() - position;
    }

    void data(ByteBuffer bytes) throws CopyFailure {
        try {
            while (bytes.hasRemaining()) {
                int count = channel.write(bytes, position);
                position += count;
                unforced += count;
            }
            forceIfDue();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /** Leaves a hole in a file, which is new; on a device, zeros are written where there is something else. */
    void hole(long length) throws CopyFailure {
        try {
            if (isDevice) {
                erase(length);
            } else {
                position += length;
            }
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /**
     * Ends a file at its size, erases what a larger device holds beyond it, and forces both to the medium.
     *
     * @param step called after each part of a tail
     */
    void finish(Target.Step step) throws CopyFailure {
        try {
            if (isDevice) {
                for (long left = channel.size() - position; left > 0; left = channel.size() - position) {
                    erase(Math.min(left, FORCE));
                    step.done();
                }
            } else if (channel.size() < position) {
                channel.write(ByteBuffer.wrap(new byte[1]), position - 1);
            }
            channel.force(true);
        } catch (CopyFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /** Reading first keeps a volume thin that is. */
    private void erase(long length) throws IOException {
        byte[] block = new byte[(int) Math.min(DiskReader.BLOCK, length)];
        for (long left = length; left > 0; ) {
            ByteBuffer old = ByteBuffer.wrap(block, 0, (int) Math.min(block.length, left));
            while (old.hasRemaining()) {
                if (channel.read(old, position + old.position()) < 0) {
                    throw new IOException("it ends at " + channel.size() + " bytes");
                }
            }
            old.flip();
            eraseWhereNeeded(block, old.limit());
            position += old.limit();
            left -= old.limit();
            forceIfDue();
        }
    }

    private void eraseWhereNeeded(byte[] block, int count) throws IOException {
        for (int at = 0; at < count; ) {
            boolean zero = DiskReader.isZero(block, at, DiskReader.endOfPiece(at, count));
            int end = DiskReader.endOfRun(block, at, count, zero);
            if (!zero) {
                ByteBuffer zeros = ByteBuffer.allocate(end - at);
                while (zeros.hasRemaining()) {
                    channel.write(zeros, position + at + zeros.position());
                }
                unforced += end - at;
            }
            at = end;
        }
    }

    private void forceIfDue() throws IOException {
        if (unforced >= FORCE) {
            channel.force(false);
            unforced = 0;
        }
    }

    private CopyFailure failed(IOException failure) {
        return target.failure("be written at (" + entry.path() + ", byte " + position + ")", failure);
    }

    @Override
    public void close() throws CopyFailure {
        try {
            channel.close();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }
}
