package dev.drover.bench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;

/**
 * What was measured before, by name, in docs/benchmarks.json. All figures are better the smaller they are.
 *
 * @param millis  processor time; differs between machines, and from one JVM to the next
 * @param growth  the power of the number of nodes by which the processor time grows, from 1,000 to 5,000: a ratio within one run
 * @param exactly figures that are the same on every machine
 */
record Recorded(Map<String, Double> millis, Map<String, Double> growth, Map<String, Double> exactly) {
    private static final Path FILE = Path.of("docs", "benchmarks.json");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /** From one JVM to the next the compiler settles in another way: a factor of 1.2 failed twice out of two on unchanged code. */
    private static final double SLOWER = 2;
    /** Below this a measurement of milliseconds says little. */
    private static final double LEAST_MILLIS = 20;

    private static final double STEEPER = 1.2;

    Recorded() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** These, and of what was not measured now what is in the file. */
    Recorded withRecorded() throws IOException {
        Recorded all = JSON.readValue(Files.readString(FILE), Recorded.class);
        all.millis.putAll(millis);
        all.growth.putAll(growth);
        all.exactly.putAll(exactly);
        return all;
    }

    /** Compares these with those of the file; with {@code -Ddrover.record=true} it writes them there instead. */
    void check() throws IOException {
        if (Boolean.getBoolean("drover.record")) {
            Files.writeString(FILE, JSON.writeValueAsString(withRecorded()) + "\n");
            return;
        }
        Recorded before = JSON.readValue(Files.readString(FILE), Recorded.class);
        SoftAssertions all = new SoftAssertions();
        exactly.forEach((name, value) ->
                all.assertThat(value).as(name).isLessThanOrEqualTo(recorded(name, value, before.exactly)));
        growth.forEach((name, value) ->
                all.assertThat(value).as(name).isLessThanOrEqualTo(STEEPER * recorded(name, value, before.growth)));
        millis.forEach((name, value) -> all.assertThat(value)
                .as(name)
                .isLessThanOrEqualTo(Math.max(LEAST_MILLIS, SLOWER * recorded(name, value, before.millis))));
        all.assertAll();
    }

    private static double recorded(String name, double value, Map<String, Double> before) {
        System.out.printf("bench %s: %s, recorded %s%n", name, value, before.get(name));
        assertThat(before).as("what is recorded in %s", FILE).containsKey(name);
        return before.get(name);
    }
}
