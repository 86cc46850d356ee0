package dev.drover.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.config.Pause;
import dev.drover.config.SteadyClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is at the target after a copy. */
class CopyTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theTargetHoldsWhatTheSourceHeldAndNothingElse(long seed) throws IOException {
        try (Pair pair = new Pair(folder)) {
            RandomDisks disks = new RandomDisks(seed);
            Path one = disks.folder(pair.source.resolve("0"));
            Files.createDirectories(one.resolve("lost+found"));
            Files.createDirectories(pair.source.resolve("2"));
            Files.createDirectories(pair.target.resolve("2"));
            disks.file(pair.source.resolve("1"), 3 * MEBIBYTE + 17);
            Path old = disks.folder(pair.target.resolve("0"));
            Files.writeString(Files.createDirectories(old.resolve("lost+found")).resolve("kept"), "kept");
            Files.createSymbolicLink(old.resolve("link"), pair.source);
            disks.full(pair.target.resolve("1"), 5 * MEBIBYTE);

            Pair.Ends ends = pair.run();

            assertThat(ends.sender().failure()).isNull();
            assertThat(ends.receiver()).isEqualTo(ends.sender());
            assertThat(ends.sender().sums()).extracting(DiskSum::name).containsExactly("0", "1", "2");
            assertThat(ends.sender().sums().get(1).bytes()).isEqualTo(3 * MEBIBYTE + 17);
            RandomDisks.assertEqualFolders(one, old);
            RandomDisks.assertEqualDevice(pair.source.resolve("1"), pair.target.resolve("1"));
            assertThat(old.resolve("lost+found/kept")).hasContent("kept");
        }
    }

    @Test
    void manyFilesAreCopied() throws IOException {
        try (Pair pair = new Pair(folder)) {
            Path disk = Files.createDirectories(pair.source.resolve("data"));
            Files.createDirectories(pair.target.resolve("data"));
            for (int i = 0; i < 500; i++) {
                Path inner = Files.createDirectories(disk.resolve("d" + i % 7));
                Files.writeString(inner.resolve("f" + i), "x".repeat(i));
            }

            assertThat(pair.run().receiver().failure()).isNull();

            RandomDisks.assertEqualFolders(disk, pair.target.resolve("data"));
        }
    }

    @Test
    void holesStayHoles() throws Exception {
        try (Pair pair = new Pair(folder)) {
            Files.createDirectories(pair.source.resolve("0"));
            Path image = pair.source.resolve("0/disk.img");
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(300L * MEBIBYTE);
                file.seek(100L * MEBIBYTE);
                file.write("in the middle".getBytes(StandardCharsets.UTF_8));
            }
            Path copy = Files.createDirectories(pair.target.resolve("0")).resolve("disk.img");

            assertThat(pair.run().receiver().failure()).isNull();

            assertThat(Files.mismatch(image, copy)).isEqualTo(-1);
            assertThat(allocated(copy)).isLessThan(MEBIBYTE);
        }
    }

    /** Bytes; Java does not tell. */
    private static long allocated(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(stat.waitFor()).isZero();
        return Long.parseLong(blocks) * 512;
    }

    @Test
    void theSumIsOverPathsToo() throws IOException {
        List<String> sums = new ArrayList<>();
        for (String name : List.of("disk.img", "disk.ima", "a/disk.img")) {
            try (Pair pair = new Pair(folder.resolve(name))) {
                Path file = pair.source.resolve("0").resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, "the same");
                Files.createDirectories(pair.target.resolve("0"));
                sums.add(pair.run().receiver().sums().getFirst().sha256());
            }
        }

        assertThat(sums).doesNotHaveDuplicates().allMatch(sum -> sum.matches("[0-9a-f]{64}"));
    }

    @Test
    void theSourceIsNotTouched() throws IOException {
        try (Pair pair = new Pair(folder)) {
            new RandomDisks(1).folder(pair.source.resolve("0"));
            Files.createDirectories(pair.target.resolve("0"));
            DiskListing before = Disk.in(pair.source).getFirst().listing();

            assertThat(pair.run().sender().failure()).isNull();

            assertThat(Disk.in(pair.source).getFirst().listing()).isEqualTo(before);
        }
    }

    @Test
    void aSenderThatIsThereFirstWaitsForItsReceiver() throws IOException {
        Path source = Files.createDirectories(folder.resolve("from/0")).getParent();
        Path target = Files.createDirectories(folder.resolve("to/0")).getParent();
        Files.writeString(source.resolve("0/disk.img"), "content");
        Identity identity = Identity.read(IdentityFiles.make(folder.resolve("identity")));
        int port = freePort();
        List<CompletableFuture<Pair.End>> receivers = new ArrayList<>();
        Surroundings surroundings = new Surroundings(
                new SteadyClock(),
                pause -> {
                    if (receivers.isEmpty()) {
                        receivers.add(receiver(target, identity, port));
                    }
                    Pause.real().of(pause);
                },
                line -> {},
                Pair.PATIENT);

        List<DiskSum> sums = new Sender(source, identity, surroundings).send("127.0.0.1", port);

        assertThat(Pair.end(receivers.getFirst()).sums()).isEqualTo(sums);
        assertThat(target.resolve("0/disk.img")).hasContent("content");
    }

    private static CompletableFuture<Pair.End> receiver(Path target, Identity identity, int port) {
        Surroundings surroundings = new Surroundings(new SteadyClock(), Pause.real()::of, line -> {}, Pair.PATIENT);
        return CompletableFuture.supplyAsync(
                () -> Pair.End.of(() -> {
                    try (Door door = Door.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                        return new Receiver(target, identity, surroundings).receive(door);
                    }
                }),
                Thread::startVirtualThread);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aFolderThatAnEarlierTrySealedAgainstWritingIsEmptied() throws IOException {
        try (Pair pair = new Pair(folder)) {
            Files.writeString(
                    Files.createDirectories(pair.source.resolve("0/sealed")).resolve("file"), "content");
            Files.setAttribute(pair.source.resolve("0/sealed"), "unix:mode", 0555);
            Path left = Files.createDirectories(pair.target.resolve("0/sealed"));
            Files.writeString(left.resolve("old"), "old");
            Files.setAttribute(left, "unix:mode", 0555);

            assertThat(pair.run().receiver().failure()).isNull();

            RandomDisks.assertEqualFolders(pair.source.resolve("0"), pair.target.resolve("0"));
            assertThat(Files.exists(left.resolve("old"), LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
        }
    }
}
