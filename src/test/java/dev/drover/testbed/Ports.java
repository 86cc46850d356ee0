package dev.drover.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A block of loopback ports that belongs to this process until it closes or dies.
 *
 * <p>A port that was merely free a moment ago may be taken before the program listens on it: by another control plane, or by the
 * kernel for an outgoing connection. So the blocks lie below the kernel's range for outgoing connections (32768 and up), and the
 * owner holds a file lock on its block, which ends with the process.
 */
final class Ports implements AutoCloseable {

    private static final int FIRST = 20_000;
    private static final int BLOCK = 16;
    private static final int BLOCKS = 780;

    private final int base;
    private final FileLock lock;

    private Ports(int base, FileLock lock) {
        this.base = base;
        this.lock = lock;
    }

    static Ports reserve() {
        Path folder =
                Path.of(System.getProperty("java.io.tmpdir"), "drover-testbed-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
            for (int block = 0; block < BLOCKS; block++) {
                int base = FIRST + block * BLOCK;
                FileLock lock = tryLock(folder.resolve("ports-" + base));
                if (lock != null && allFree(base)) {
                    return new Ports(base, lock);
                }
                release(lock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot reserve ports with lock files in (" + folder + "). Make it writable.", e);
        }
        throw new IllegalStateException("No block of " + BLOCK + " free loopback ports from (" + FIRST
                + ") up. Stop control planes that are not needed: make bed-down.");
    }

    /** One that nobody uses now, and that nobody keeps for the caller. */
    static int anyFree() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException("No loopback port is free.", failed);
        }
    }

    int etcd() {
        return base;
    }

    int etcdPeer() {
        return base + 1;
    }

    int apiServer() {
        return base + 2;
    }

    int controllerManager() {
        return base + 3;
    }

    int scheduler() {
        return base + 4;
    }

    int virtApi() {
        return base + 5;
    }

    int virtController() {
        return base + 6;
    }

    int kwok() {
        return base + 7;
    }

    @Override
    public void close() {
        release(lock);
    }

    private static @Nullable FileLock tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return lock;
        } catch (java.nio.channels.OverlappingFileLockException heldByThisJvm) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static void release(@Nullable FileLock lock) {
        if (lock == null) {
            return;
        }
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean allFree(int base) {
        for (int port = base; port < base + BLOCK; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
