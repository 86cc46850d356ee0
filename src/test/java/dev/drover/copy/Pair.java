package dev.drover.copy;

import dev.drover.config.Pause;
import dev.drover.config.SteadyClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sender and a receiver on one machine, with folders of disks in a temporary folder. */
final class Pair implements AutoCloseable {
    /** Generous: the machine may be busy, and a test that succeeds does not wait for it. */
    static final Patience PATIENT = new Patience(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60));
    /** For what is to give up. */
    static final Patience SHORT =
            new Patience(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    final Path source;
    final Path target;
    final Identity identity;
    final List<String> receiverLog = new CopyOnWriteArrayList<>();
    final List<String> senderLog = new CopyOnWriteArrayList<>();
    Consumer<String> onLog = line -> {};
    final Door door;

    /** @param folder empty */
    Pair(Path folder) throws IOException {
        source = Files.createDirectories(folder.resolve("source"));
        target = Files.createDirectories(folder.resolve("target"));
        identity = Identity.read(IdentityFiles.make(folder.resolve("identity")));
        door = Door.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /**
     * How a side ended.
     *
     * @param sums of a copy that succeeded
     * @param failure of one that did not
     */
    record End(List<DiskSum> sums, @Nullable CopyFailure failure) {
        String message() {
            return failure == null ? "" : String.valueOf(failure.getMessage());
        }

        static End of(Callable<List<DiskSum>> side) {
            try {
                return new End(side.call(), null);
            } catch (CopyFailure failure) {
                return new End(List.of(), failure);
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    record Ends(End sender, End receiver) {}

    Surroundings surroundings(List<String> log, Patience patience) {
        return new Surroundings(
                new SteadyClock(),
                Pause.real()::of,
                line -> {
                    log.add(line);
                    onLog.accept(line);
                },
                patience);
    }

    CompletableFuture<End> receive() {
        return receive(PATIENT);
    }

    CompletableFuture<End> receive(Patience patience) {
        Receiver receiver = new Receiver(target, identity, surroundings(receiverLog, patience));
        return CompletableFuture.supplyAsync(() -> End.of(() -> receiver.receive(door)), Thread::startVirtualThread);
    }

    End send(Identity as, Patience patience) {
        Sender sender = new Sender(source, as, surroundings(senderLog, patience));
        return End.of(() -> sender.send("127.0.0.1", door.port()));
    }

    /** A copy with both sides as they are. */
    Ends run() {
        CompletableFuture<End> receiver = receive();
        End sender = send(identity, PATIENT);
        return new Ends(sender, end(receiver));
    }

    static End end(CompletableFuture<End> side) {
        return side.orTimeout(2, TimeUnit.MINUTES).join();
    }

    /** A connection to the receiver whose end is the test itself. */
    Link linkToReceiver() {
        try {
            return Link.toReceiver(new Socket(InetAddress.getLoopbackAddress(), door.port()), identity, PATIENT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        door.close();
    }
}
