package dev.drover.testbed.player;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemandSyntaxTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} at {1} s is {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "0.5; 0; 0.5",
                "500m; 1000; 0.5",
                "2Gi; 5; 2147483648",
                "0.5@0s,3@60s; 0; 0.5",
                "0.5@0s,3@60s; 59.9; 0.5",
                "0.5@0s,3@60s; 60; 3",
                "0.5@0s,3@60s; 1e6; 3",
                "1, 2@1m, 3@1h, 4@3600500ms; 61; 2",
                "1, 2@1m, 3@1h, 4@3600500ms; 3600.4; 3",
                "1, 2@1m, 3@1h, 4@3600500ms; 3600.5; 4",
                "7@10s; 0; 7",
            })
    void constants_and_steps(String text, double seconds, double value) {
        assertThat(new DemandSyntax(folder).parse(text).at(seconds)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} at {1} s is {2}")
    @CsvSource({
        "trace:web.csv, 0, 1",
        "trace:web.csv, 5, 2",
        "trace:web.csv, 10, 3",
        "trace:web.csv, 15, 2.5",
        "trace:web.csv, 99, 2",
        "trace:web.csv repeat, 25, 2",
        "trace:web.csv repeat, 30, 3",
    })
    void traces_have_straight_lines_between_their_points(String text, double seconds, double value) throws IOException {
        Files.writeString(folder.resolve("web.csv"), "# seconds,cores\n0,1\n10,3\n\n20,2\n");

        assertThat(new DemandSyntax(folder).parse(text).at(seconds)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "much; (much)",
                "''; ()",
                "NaN; (NaN)",
                "-1; (-1.0)",
                "1@soon; (soon)",
                "1@60; (60)",
                "1@-5s; (-5s)",
                "2@60s,1@0s; (0.0 s comes after 60.0 s)",
                "trace:none.csv; (none.csv)",
            })
    void what_is_no_demand_is_refused_by_naming_it(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DemandSyntax(folder).parse(text))
                .withMessageContaining(named);
    }

    @Test
    void a_trace_with_a_broken_line_is_refused_by_naming_the_line() throws IOException {
        Files.writeString(folder.resolve("web.csv"), "0,1\n10\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DemandSyntax(folder).parse("trace:web.csv"))
                .withMessageContaining("(10)");
    }
}
