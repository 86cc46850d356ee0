package dev.drover.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Settings with(String name, String value) {
        return Settings.read(Map.of(name, value)::get);
    }

    @Test
    void whatIsNotSetHasADefault() {
        assertThat(Settings.DEFAULT.cycleInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Settings.DEFAULT.gateDeadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(with("cycle-interval", " ")).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void whatIsSetIsRead() {
        assertThat(with("cycle-interval", "1500ms").cycleInterval()).isEqualTo(Duration.ofMillis(1500));
        assertThat(with("metrics-interval", " 2m ").metricsInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(with("recovery-brake-percent", "50").recoveryBrakePercent()).isEqualTo(50);
        assertThat(with("seed", "-7").seed()).isEqualTo(-7);
    }

    @ParameterizedTest(name = "drover.{0}={1} is refused")
    @CsvSource({
        "cycle-interval, 10, is no duration",
        "cycle-interval, -10s, is no duration",
        "cycle-interval, PT10S, is no duration",
        "cycle-interval, 99999999999h, is no duration",
        "cycle-interval, 1ms, is out of range. Choose 1s to 1h.",
        "gate-deadline, 1h, is out of range. Choose 1s to 5m.",
        "recovery-brake-percent, 0, is out of range. Choose 1 to 100.",
        "recovery-brake-percent, a third, is no whole number",
        "seed, many, is no whole number",
    })
    void whatCannotBeMeantIsRefusedByName(String name, String value, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(name, value))
                .withMessageContaining("drover." + name + " (" + value + ") " + why);
    }
}
