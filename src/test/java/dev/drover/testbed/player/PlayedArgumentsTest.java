package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayedArgumentsTest {

    private final PlayedArguments played = new PlayedArguments(
            path -> path.startsWith("/disks") ? "/outside" + path : path,
            (address, port) -> address.isEmpty() ? port + 1 : port + 2);

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "copy receive, copy receive --address 127.0.0.1",
        "copy send, copy send",
        "--disks /disks, --disks /outside/disks",
        "--disks=/disks/0, --disks=/outside/disks/0",
        "--report /elsewhere, --report /elsewhere",
        "--port 8443, --port 8444",
        "--port=8443, --port=8444",
        "--wait 8443, --wait 8443",
        "--to 10.0.0.7:8443, --to 127.0.0.1:8445",
        "--to=10.0.0.7:8443, --to=127.0.0.1:8445",
        "--disks /disks --port 1 --to 10.0.0.7:1, --disks /outside/disks --port 2 --to 127.0.0.1:3"
    })
    void an_argument_of_the_container_means_the_same_on_this_machine(String given, String expected) {
        assertThat(played.of(List.of(given.split(" ")))).containsExactly(expected.split(" "));
    }
}
