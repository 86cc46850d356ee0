package dev.drover.cli.copy;

import dev.drover.copy.Door;
import dev.drover.copy.Patience;
import dev.drover.copy.Receiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover copy receive}: the side of the target. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        description = {
            "Waits for one sender and writes its disks over those here. What was in them is lost.",
            "Reads all again in the end, and succeeds only when the sender has read the same."
        })
final class ReceiveCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    @Mixin
    private CopyOptions options;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Where to listen. Default: all addresses of the machine.")
    private @Nullable String address;

    @Option(
            names = "--port",
            defaultValue = "8443",
            paramLabel = "PORT",
            description = "The port to listen on. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--wait",
            defaultValue = "3600",
            paramLabel = "SECONDS",
            description = "How long to wait for the sender. Default: ${DEFAULT-VALUE}.")
    private long wait;

    @Override
    public Integer call() throws IOException {
        return options.run(Patience.DEFAULT.withSender(Duration.ofSeconds(wait)), (disks, identity, surroundings) -> {
            try (Door door = Door.open(where())) {
                return new Receiver(disks, identity, surroundings).receive(door);
            }
        });
    }

    private InetSocketAddress where() {
        if (port < 0 || port > LAST_PORT) {
            throw options.mistake(
                    "--port (" + port + ") is none. Name one from 1 to " + LAST_PORT + ", or 0 for any that is free.");
        }
        if (wait < 1) {
            throw options.mistake("--wait (" + wait + ") is too short. Wait for 1 s or more.");
        }
        return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
    }
}
