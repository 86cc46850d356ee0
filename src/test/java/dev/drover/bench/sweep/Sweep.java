package dev.drover.bench.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Measures everything, each in a process of its own that starts cold, one after the other. What the file of results holds already is
 * passed over, so that it may be stopped at any time and started again.
 */
public final class Sweep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COSTS_KEPT = 200;

    private final Path instances;
    private final Results results;
    private final String commit;

    private Sweep(Path instances, Results results) throws IOException {
        this.instances = instances;
        this.results = results;
        commit = output(List.of("git", "rev-parse", "--short", "HEAD")).text().strip();
    }

    private record Output(int exitCode, String text) {}

    /**
     * Arguments: {@code run RESULTS INSTANCES SEEDS PATTERN}, where SEEDS are separated by blanks and PATTERN names the trials; or
     * {@code report RESULTS DOCS}, which writes the tables and plots there.
     */
    public static void main(String... arguments) throws IOException {
        try {
            Results results = Results.of(Path.of(arguments[1]));
            if (arguments[0].equals("run")) {
                new Sweep(Path.of(arguments[2]), results).run(arguments[3], Pattern.compile(arguments[4]));
                System.out.print(new Summary(results).markdown());
            } else {
                Pages.write(results, Path.of(arguments[2]));
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println("bench-full: " + wrong.getMessage());
            System.exit(2);
        }
    }

    private void run(String seeds, Pattern pattern) throws IOException {
        if (!Files.isDirectory(instances.resolve("roadef2012"))) {
            throw new IllegalArgumentException(
                    "there are no instances in (" + instances
                            + "). Give the folder that has roadef2012, btrplace-tdsc, rebalance, planetlab and gcd-vms in it by INSTANCES.");
        }
        List<Trial> trials = Trial.all().stream()
                .filter(trial -> pattern.matcher(trial.name()).find())
                .toList();
        for (String seed : seeds.strip().split("\\s+")) {
            for (int i = 0; i < trials.size(); i++) {
                if (!results.has(trials.get(i).name(), Long.parseLong(seed))) {
                    System.err.printf(
                            "seed %s, %d of %d: %s%n",
                            seed, i + 1, trials.size(), trials.get(i).name());
                    measure(trials.get(i), Long.parseLong(seed));
                }
            }
        }
    }

    private void measure(Trial trial, long seed) throws IOException {
        List<String> command = new ArrayList<>(List.of("bin/drover", "bench"));
        trial.arguments().forEach(word -> command.add(word.startsWith("/") ? instances + word : word));
        command.addAll(List.of("--seed", Long.toString(seed), "-o", "json"));
        Path costs = Files.createTempFile("costs", ".csv");
        if (trial.hasCosts()) {
            command.addAll(List.of("--costs", costs.toString()));
        }
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Output output = output(command);
        if (output.exitCode() > 1) {
            System.err.println("it ended with exit code " + output.exitCode() + " and is not recorded: "
                    + String.join(" ", command));
        } else {
            results.add(new Result(
                    trial.name(),
                    seed,
                    LocalDate.now().toString(),
                    commit,
                    load,
                    output.exitCode(),
                    reports(output.text()),
                    costs(Files.readAllLines(costs))));
        }
        Files.delete(costs);
    }

    private static List<Map<String, Object>> reports(String text) throws IOException {
        try (MappingIterator<Map<String, Object>> reports =
                JSON.readerFor(new TypeReference<Map<String, Object>>() {}).readValues(text)) {
            return reports.readAll();
        }
    }

    /** So few that a plot shows no difference: the last of each short time, which grows with the time that passed. */
    private static List<long[]> costs(List<String> lines) {
        List<long[]> all = lines.stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .toList();
        List<long[]> kept = new ArrayList<>();
        double growth = Math.pow(1e6, 1.0 / COSTS_KEPT);
        double next = 0;
        for (int i = 0; i < all.size(); i++) {
            if (i == 0 || i == all.size() - 1 || all.get(i + 1)[0] > next) {
                kept.add(all.get(i));
                next = Math.max(1, all.get(i)[0]) * growth;
            }
        }
        return kept;
    }

    /** Its standard output; what it writes to the other one is shown. */
    private static Output output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.onExit().join().exitValue(), text);
    }
}
