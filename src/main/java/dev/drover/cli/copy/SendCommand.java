package dev.drover.cli.copy;

import dev.drover.copy.Patience;
import dev.drover.copy.Sender;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover copy send}: the side of the source. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the disks to a receiver, and never writes to them. Nothing else may write to them meanwhile.",
            "Succeeds only when the receiver has read the same from its disks."
        })
final class SendCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;
    /** A name, an IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern PLACE = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\[\\]/]+)):([0-9]{1,5})");

    @Mixin
    private CopyOptions options;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "Where the receiver listens.")
    private String to;

    @Override
    public Integer call() throws IOException {
        return options.run(Patience.DEFAULT, (disks, identity, surroundings) -> {
            Matcher place = PLACE.matcher(to);
            int port = place.matches() ? Integer.parseInt(place.group(3)) : 0;
            if (port < 1 || port > LAST_PORT) {
                throw options.mistake("--to (" + to
                        + ") is no HOST:PORT. Write 10.0.0.7:8443, name:8443 or, of IPv6, [fd00::7]:8443.");
            }
            String receiver = place.group(1) == null ? place.group(2) : place.group(1);
            return new Sender(disks, identity, surroundings).send(receiver, port);
        });
    }
}
