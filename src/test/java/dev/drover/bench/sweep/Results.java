package dev.drover.bench.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The file of results, a JSON object a line, which only grows: what it holds is not measured again. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final List<Result> results = new ArrayList<>();

    private Results(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException when a line is none of this format */
    static Results of(Path file) throws IOException {
        Results all = new Results(file);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            try {
                all.results.add(JSON.readValue(lines.get(i), Result.class));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        file + ", line " + (i + 1) + ": this is no result (" + e.getOriginalMessage()
                                + "). Remove the line; what it held will be measured again.",
                        e);
            }
        }
        return all;
    }

    void add(Result result) throws IOException {
        String line = JSON.writeValueAsString(result) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        results.add(result);
    }

    boolean has(String trial, long seed) {
        return of(trial).anyMatch(result -> result.seed() == seed);
    }

    Stream<Result> of(String trial) {
        return results.stream().filter(result -> result.trial().equals(trial));
    }

    Stream<Result> all() {
        return results.stream();
    }

    /** Over the seeds, of the first report; NaN where nothing was measured. */
    double median(String trial, String figure) {
        return median(trial, result -> result.figure(figure));
    }

    /** Over the seeds; NaN where nothing was measured. */
    double median(String trial, ToDoubleFunction<Result> figure) {
        double[] sorted = of(trial).mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
