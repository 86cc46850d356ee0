package dev.drover.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void twoReservationsDoNotOverlap() {
        try (Ports one = Ports.reserve();
                Ports two = Ports.reserve()) {
            assertThat(Math.abs(one.etcd() - two.etcd())).isGreaterThanOrEqualTo(16);
        }
    }

    @Test
    void aBlockWithAPortThatSomebodyListensOnIsPassedOver() throws IOException {
        int wanted;
        try (Ports ports = Ports.reserve()) {
            wanted = ports.virtApi();
        }
        try (ServerSocket somebody = new ServerSocket()) {
            somebody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            try (Ports ports = Ports.reserve()) {
                assertThat(ports.virtApi()).isNotEqualTo(wanted);
            }
        }
    }
}
