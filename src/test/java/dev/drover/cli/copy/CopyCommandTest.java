package dev.drover.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.drover.cli.CommandRun;
import dev.drover.copy.IdentityFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CopyCommandTest {

    @TempDir
    private Path folder;

    private Path source;
    private Path target;
    private Path identity;

    @BeforeEach
    void oneDisk() throws IOException {
        source = Files.createDirectories(folder.resolve("source"));
        target = Files.createDirectories(folder.resolve("target"));
        Files.writeString(Files.createDirectories(source.resolve("0")).resolve("disk.img"), "content");
        Files.createDirectories(target.resolve("0"));
        identity = IdentityFiles.make(folder.resolve("identity"));
    }

    private CommandRun receive(int port, String... more) {
        return run("receive", target, "--address 127.0.0.1 --port " + port, more);
    }

    private CommandRun send(String to, String... more) {
        return run("send", source, "--to " + to, more);
    }

    private CommandRun run(String verb, Path disks, String options, String... more) {
        return CommandRun.of(Stream.of(
                        Stream.of("copy", verb, "--disks", disks.toString(), "--identity", identity.toString()),
                        Stream.of("--report", report(verb).toString()),
                        Stream.of(options.split(" ")),
                        Stream.of(more))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    private Path report(String verb) {
        return folder.resolve(verb + "-report");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void bothSidesReportTheSameSums() throws IOException {
        int port = freePort();
        CompletableFuture<CommandRun> receiver =
                CompletableFuture.supplyAsync(() -> receive(port), Thread::startVirtualThread);

        CommandRun sender = send("127.0.0.1:" + port);

        assertThat(sender.err()).isEmpty();
        assertThat(sender.code()).isZero();
        assertThat(receiver.join().code()).isZero();
        assertThat(target.resolve("0/disk.img")).hasContent("content");
        assertThat(Files.readString(report("send")))
                .matches("\\{\"disks\":\\[\\{\"name\":\"0\",\"bytes\":7,\"sha256\":\"[0-9a-f]{64}\"}]}\n")
                .isEqualTo(Files.readString(report("receive")));
        assertThat(receiver.join().out()).startsWith("waiting for the sender on port " + port);
    }

    @Test
    void aFailureIsReportedInOneLine() throws IOException {
        CommandRun receiver = receive(0, "--wait", "1");

        assertThat(receiver.code()).isEqualTo(1);
        assertThat(receiver.err()).startsWith("drover: no sender");
        assertThat(report("receive"))
                .content()
                .startsWith("no sender")
                .endsWith("\n")
                .hasLineCount(1);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("receive", "--port 70000", "--port (70000)"),
                arguments("receive", "--wait 0", "--wait (0)"),
                arguments("send", "--to 10.0.0.7", "--to (10.0.0.7)"),
                arguments("send", "--to 10.0.0.7:0", "--to (10.0.0.7:0)"),
                arguments("send", "--to fd00::7:8443", "[fd00::7]:8443"),
                arguments("send", "--to :8443", "HOST:PORT"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedAndReported(String verb, String options, String words) {
        CommandRun result = run(verb, "send".equals(verb) ? source : target, options);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("drover: ").contains(words);
        assertThat(report(verb)).content().contains(words);
    }

    @Test
    void aReportThatCannotBeWrittenIsAFailure() {
        CommandRun result = CommandRun.of(
                "copy",
                "send",
                "--to",
                "127.0.0.1:1",
                "--disks",
                folder.resolve("no").toString(),
                "--identity",
                identity.toString(),
                "--report",
                "/no/such/report");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("(/no/such/report) cannot be written", "It would say: the folder of disks");
    }

    @Test
    void theVerbHelpsButIsNotOnTheFirstPage() {
        assertThat(CommandRun.of("copy", "receive", "--help").out()).contains("--disks", "--wait");
        assertThat(CommandRun.of("copy", "send", "--help").out()).contains("--to", "HOST:PORT");
        assertThat(CommandRun.of("--help").out()).doesNotContain("copy");
    }
}
