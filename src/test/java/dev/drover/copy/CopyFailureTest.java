package dev.drover.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ends a copy, what both sides say then, and what does not end it. */
class CopyFailureTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    private Pair pair;

    @BeforeEach
    void oneDiskOfOneFile() throws IOException {
        pair = new Pair(folder);
        Files.writeString(Files.createDirectories(pair.source.resolve("0")).resolve("disk.img"), "new");
        Files.writeString(Files.createDirectories(pair.target.resolve("0")).resolve("old.img"), "old");
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private void assertUntouched() {
        assertThat(pair.target.resolve("0/old.img")).hasContent("old");
        assertThat(pair.target.resolve("0/disk.img")).doesNotExist();
    }

    private void assertCopied() {
        assertThat(pair.target.resolve("0/old.img")).doesNotExist();
        assertThat(pair.target.resolve("0/disk.img")).hasContent("new");
    }

    // Strangers

    @Test
    void aStrangerIsDroppedAndTheReceiverGoesOnWaiting() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();

        Pair.End stranger = pair.send(Identity.read(IdentityFiles.make(folder.resolve("stranger"))), Pair.SHORT);
        assertThat(stranger.message()).contains("was not reached", "did not prove");
        assertUntouched();
        Pair.End sender = pair.send(pair.identity, Pair.PATIENT);

        assertThat(Pair.end(receiver))
                .isEqualTo(sender)
                .extracting(Pair.End::failure)
                .isNull();
        assertThat(pair.receiverLog)
                .anyMatch(line -> line.startsWith("dropped one who connected: the sender (/127.0.0.1:"));
        assertCopied();
    }

    @Test
    void strangersWhoTalkOrAreSilentKeepNobodyWaiting() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        try (Socket talker = new Socket(InetAddress.getLoopbackAddress(), pair.door.port());
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), pair.door.port())) {
            talker.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertHungUp(talker);

            Pair.End sender = pair.send(pair.identity, Pair.PATIENT);

            assertThat(Pair.end(receiver))
                    .isEqualTo(sender)
                    .extracting(Pair.End::failure)
                    .isNull();
            assertThat(silent.isConnected()).isTrue();
        }
        assertCopied();
    }

    @Test
    void aSilentStrangerIsHungUpOn() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive(new Patience(
                Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(1)));
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), pair.door.port())) {
            assertHungUp(silent);
        }
        pair.send(pair.identity, Pair.PATIENT);
        assertThat(Pair.end(receiver).failure()).isNull();
        assertThat(pair.receiverLog).anyMatch(line -> line.contains("no answer for 1 s"));
    }

    /** With a word or without; never by the limit of the read. */
    private static void assertHungUp(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        try {
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(1000);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void aReceiverWhoseSenderNeverComesGivesUp() {
        Pair.End end = Pair.end(pair.receive(Pair.SHORT.withSender(Duration.ofMillis(300))));

        assertThat(end.message()).contains("no sender", "port " + pair.door.port(), "--wait");
        assertUntouched();
    }

    @Test
    void aSenderWithoutAReceiverGivesUp() {
        pair.close();

        assertThat(pair.send(pair.identity, Pair.SHORT).message())
                .contains("(127.0.0.1:" + pair.door.port() + ") was not reached within 1 s");
    }

    @Test
    void aSenderThatIsGoneBeforeItSaysWhatItHasMayComeAgain() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        pair.linkToReceiver().close();

        Pair.End sender = pair.send(pair.identity, Pair.PATIENT);

        assertThat(Pair.end(receiver))
                .isEqualTo(sender)
                .extracting(Pair.End::failure)
                .isNull();
        assertCopied();
    }

    // Refused before anything is written

    @Test
    void disksOfOtherNamesAreRefused() throws IOException {
        Files.createDirectories(pair.source.resolve("1"));
        assertRefused("[0, 1]", "[0]", "Mount the same names");
    }

    @Test
    void aFolderIsNotCopiedOverADevice() throws IOException {
        Files.delete(pair.source.resolve("0/disk.img"));
        Files.delete(pair.source.resolve("0"));
        Files.writeString(pair.source.resolve("0"), "a device");
        assertRefused("(0)", "device at the sender", "folder at the receiver");
    }

    @Test
    void aDeviceThatIsTooSmallIsRefused() throws IOException {
        Files.writeString(pair.source.resolve("1"), "10 letters");
        Files.writeString(pair.target.resolve("1"), "9 letters");
        assertRefused("(1)", "(9 bytes)", "(10 bytes)");
        assertThat(pair.target.resolve("1")).hasContent("9 letters");
    }

    @Test
    void aFileSystemThatIsTooSmallIsRefused() throws IOException {
        long size = Files.getFileStore(folder).getTotalSpace() + 1;
        try (RandomAccessFile file =
                new RandomAccessFile(pair.source.resolve("0/disk.img").toFile(), "rw")) {
            file.setLength(size);
        }
        assertRefused("(0)", "too little room", "(" + size + " bytes)");
    }

    @Test
    void twoDisksThatTogetherAreTooLargeForTheirFileSystemAreRefused() throws IOException {
        long size = Files.getFileStore(folder).getUsableSpace() * 2 / 3;
        for (String disk : List.of("1", "2")) {
            Files.createDirectories(pair.target.resolve(disk));
            Files.createDirectories(pair.source.resolve(disk));
            try (RandomAccessFile file = new RandomAccessFile(
                    pair.source.resolve(disk).resolve("disk.img").toFile(), "rw")) {
                file.setLength(size);
            }
        }
        assertRefused("(2)", "too little room", "(" + size + " bytes)");
    }

    private void assertRefused(String... words) {
        Pair.Ends ends = pair.run();
        assertThat(ends.receiver().message()).contains(words);
        assertThat(ends.sender().message())
                .contains("receiver (", "gave up: ")
                .endsWith(ends.receiver().message());
        assertUntouched();
    }

    @Test
    void aDiskWithALinkIsRefusedByItsSender() throws IOException {
        Files.createSymbolicLink(pair.source.resolve("0/link"), Path.of("disk.img"));

        assertThat(pair.send(pair.identity, Pair.SHORT).message()).contains("(0)", "(link)", "only files and folders");
    }

    static Stream<List<Entry>> announcedByAMaliciousSender() {
        Entry sub = entry("sub", true, 0);
        return Stream.of(
                List.of(entry("../escaped", false, 3)),
                List.of(entry("/escaped", false, 3)),
                List.of(entry("", false, 3)),
                List.of(entry(".", true, 0)),
                List.of(sub, entry("sub/../../escaped", false, 3)),
                List.of(sub, entry("sub//x", false, 3)),
                List.of(sub, entry("sub/", false, 3)),
                List.of(entry("a\0b", false, 3)),
                List.of(entry("lost+found", true, 0)),
                List.of(entry("lost+found", true, 0), entry("lost+found/x", false, 3)),
                List.of(entry("without/x", false, 3)),
                List.of(entry("file", false, 3), entry("file/x", false, 3)),
                List.of(entry("twice", false, 3), entry("twice", false, 3)),
                List.of(entry("negative", false, -1)));
    }

    private static Entry entry(String path, boolean isFolder, long size) {
        return new Entry(path, isFolder, size, 0600, Instant.EPOCH);
    }

    @ParameterizedTest
    @MethodSource("announcedByAMaliciousSender")
    void nothingIsWrittenForASenderThatWantsOutOfItsDisk(List<Entry> entries) throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        try (Link link = pair.linkToReceiver()) {
            link.send(new Frame.Manifest(List.of(new DiskListing("0", false, entries))));
            assertThatThrownBy(link::receive).isInstanceOf(CopyFailure.class).hasMessageContaining("gave up");
        }
        assertThat(Pair.end(receiver).message()).contains("(0)", "Nothing was written");
        assertUntouched();
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).noneMatch(path -> path.endsWith("escaped"));
        }
    }

    // In the middle

    /** Says what a sender says until the first half of its file is sent. */
    private Link halfSent() throws CopyFailure {
        Link link = pair.linkToReceiver();
        link.send(new Frame.Manifest(
                List.of(new DiskListing("0", false, List.of(entry("disk.img", false, 2 * MEBIBYTE))))));
        link.expect(Frame.Accepted.class);
        link.send(new Frame.Data(ByteBuffer.wrap(new byte[MEBIBYTE])));
        link.send(new Frame.Hole(1));
        return link;
    }

    @Test
    void aConnectionThatIsCutEndsTheCopyAndANewOneSucceeds() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        halfSent().close();
        assertThat(Pair.end(receiver).message()).contains("connection with the sender", "broke", "copy again");
        assertThat(pair.target.resolve("0/disk.img")).exists();

        try (Pair again = new Pair(folder)) {
            Pair.Ends ends = again.run();
            assertThat(ends.receiver())
                    .isEqualTo(ends.sender())
                    .extracting(Pair.End::failure)
                    .isNull();
        }
        assertCopied();
    }

    @Test
    void aSenderThatFallsSilentIsGivenUp() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive(new Patience(
                Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(3)));
        try (Link silent = halfSent()) {
            assertThat(silent.peer()).startsWith("receiver");
            assertThat(Pair.end(receiver).message())
                    .contains("nothing went on for 3 s on the connection with the sender");
        }
    }

    @Test
    void aReceiverThatTakesNothingMoreIsGivenUp() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(pair.source.resolve("0/disk.img").toFile(), "rw")) {
            byte[] noise = new byte[MEBIBYTE];
            new Random(1).nextBytes(noise);
            for (int i = 0; i < 64; i++) {
                file.write(noise);
            }
        }
        CountDownLatch isOver = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Link link = Link.toSender(server.accept(), pair.identity, Pair.PATIENT)) {
                    link.expect(Frame.Manifest.class);
                    link.send(new Frame.Accepted());
                    isOver.await();
                } catch (IOException | InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
            });
            Surroundings surroundings = pair.surroundings(
                    pair.senderLog,
                    new Patience(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(1)));
            Sender sender = new Sender(pair.source, pair.identity, surroundings);

            assertThatThrownBy(() -> sender.send("127.0.0.1", server.getLocalPort()))
                    .hasMessageContaining("nothing went on for 1 s on the connection with the receiver");
        } finally {
            isOver.countDown();
        }
    }

    @Test
    void moreThanWasAnnouncedIsRefused() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        try (Link link = halfSent()) {
            link.send(new Frame.Hole(MEBIBYTE));
            assertThatThrownBy(() -> link.receive()).hasMessageContaining("gave up");
        }
        assertThat(Pair.end(receiver).message()).contains("not its turn (Hole)");
    }

    @Test
    void aDiskThatChangesMeanwhileEndsTheCopyOnBothSides() {
        pair.onLog = line -> {
            if (line.startsWith("sending to")) {
                append(pair.source.resolve("0/disk.img"));
            }
        };

        Pair.Ends ends = pair.run();

        assertThat(ends.sender().message()).contains("(0)", "changed while it was copied", "disk.img");
        assertThat(ends.receiver().message())
                .contains("gave up: " + ends.sender().message());
    }

    // In the end

    @Test
    void whatIsChangedAtTheTargetIsFoundWhenItIsReadAgain() {
        pair.onLog = line -> {
            if (line.startsWith("reading again")) {
                append(pair.target.resolve("0/disk.img"));
            }
        };

        Pair.Ends ends = pair.run();

        for (Pair.End end : List.of(ends.sender(), ends.receiver())) {
            assertThat(end.message()).contains("is not what was sent", "bytes=3", "bytes=4", "Do not use the copy");
        }
    }

    @Test
    void aFileMoreAtTheTargetIsFoundWhenItIsReadAgain() {
        pair.onLog = line -> {
            if (line.startsWith("reading again")) {
                append(pair.target.resolve("0/more"));
            }
        };

        assertThat(pair.run().receiver().message()).contains("is not what was sent");
    }

    @Test
    void aSenderWhoseSumsAreOthersIsNotBelieved() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        try (Link link = pair.linkToReceiver()) {
            link.send(new Frame.Manifest(List.of(new DiskListing("0", false, List.of()))));
            link.expect(Frame.Accepted.class);
            link.send(new Frame.Sums(List.of(new DiskSum("0", 0, "00"))));
            Frame.Sums sums = link.expect(Frame.Sums.class);
            assertThat(sums.sums()).singleElement().extracting(DiskSum::bytes).isEqualTo(0L);
        }
        assertThat(Pair.end(receiver).message()).contains("is not what was sent", "sha256=00]");
    }

    @Test
    void aReceiverWhoseSenderDoesNotAgreeFails() throws IOException {
        CompletableFuture<Pair.End> receiver = pair.receive();
        try (Link link = pair.linkToReceiver()) {
            link.send(new Frame.Manifest(List.of(new DiskListing("0", false, List.of()))));
            link.expect(Frame.Accepted.class);
            DiskSum none = new DiskReader(new Nowhere())
                    .read(new Disk("0", folder, false), new DiskListing("0", false, List.of()));
            link.send(new Frame.Sums(List.of(none)));
            link.expect(Frame.Sums.class);
        }
        assertThat(Pair.end(receiver).message()).contains("connection with the sender", "broke");
    }

    private static final class Nowhere implements DiskReader.Sink {
        @Override
        public void data(ByteBuffer bytes) {}

        @Override
        public void hole(long length) {}

        @Override
        public void end() {}
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "!", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // What is on this side

    @Test
    void onlyWhatTheFileSystemMakesForItselfMayBeClosedToUs() throws IOException {
        DiskVisitor visitor = new DiskVisitor(new Disk("0", folder, false)) {
            @Override
            void see(Path file, BasicFileAttributes attributes) {}
        };
        AccessDeniedException denied = new AccessDeniedException("denied");

        assertThat(visitor.visitFileFailed(folder.resolve("lost+found"), denied))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThatThrownBy(() -> visitor.visitFileFailed(folder.resolve("sub/lost+found"), denied))
                .isSameAs(denied);
    }

    @Test
    void anIdentityThatIsNoneIsNamed() throws IOException {
        Path identity = IdentityFiles.make(folder.resolve("broken"));
        Files.writeString(identity.resolve("tls.key"), "no key");

        assertThatThrownBy(() -> Identity.read(identity))
                .hasMessageContainingAll("(" + identity + ")", "tls.key", "PKCS#8");
        assertThatThrownBy(() -> Identity.read(folder.resolve("missing")))
                .hasMessageContainingAll("missing", "tls.crt");
    }

    @Test
    void aFolderWithoutDisksIsNamed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThatThrownBy(() -> Disk.in(empty)).hasMessageContaining("(" + empty + ") is empty");
        assertThatThrownBy(() -> Disk.in(folder.resolve("missing"))).hasMessageContaining("cannot be read");
    }
}
