package dev.drover.service;

import static dev.drover.service.Shop.application;
import static dev.drover.service.Shop.service;
import static dev.drover.service.Shop.started;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many virtual machines start together is written on each of them; a new number is given only to those that need to know it. */
class StartedTogetherTest {

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
        "2, 4, make db-2 make db-3",
        "3, 2, apply db-0 apply db-1 delete db-2 and keep its disks halt db-2",
        "1, 2, apply db-0 make db-1",
        "2, 1, apply db-0 delete db-1 and keep its disks halt db-1"
    })
    void ofAGangThatGrowsNobodyIsWrittenAnew(int before, int after, String written) {
        Farm farm = started(service("", application("db", before, "")));

        farm.change(service("", application("db", after, "")));
        farm.settled();

        assertThat(String.join(" ", sorted(farm.log))).isEqualTo(written);
    }

    @Test
    void aChangedTemplateStillReachesAll() {
        Farm farm = started(service("", application("db", 2, "")));

        farm.change(service("", application("db", 3, "")).replace("devices: {}", "devices: {rng: {}}"));
        farm.settled();

        assertThat(farm.log).contains("apply db-0", "apply db-1", "make db-2");
    }

    private static List<String> sorted(List<String> log) {
        return log.stream().sorted().toList();
    }
}
