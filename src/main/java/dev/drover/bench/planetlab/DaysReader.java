package dev.drover.bench.planetlab;

import dev.drover.bench.BadInstance;
import dev.drover.bench.TraceFile;
import dev.drover.bench.TraceFiles;
import java.nio.file.Path;
import java.util.List;

/** Reads days: a folder for each, in it a file for each virtual machine, in it one percentage of CPU for each step. */
public final class DaysReader {
    private DaysReader() {}

    /**
     * The days by name, the machines of each by the bytes of their file's name.
     *
     * @throws BadInstance when something is missing or wrong
     */
    public static List<Day> read(Path path) {
        return TraceFiles.read(path).entrySet().stream()
                .map(folder -> new Day(
                        folder.getKey(),
                        folder.getValue().stream().map(DaysReader::percent).toList()))
                .toList();
    }

    private static int[] percent(TraceFile file) {
        List<String> lines = file.lines();
        if (lines.size() != Day.STEPS) {
            throw new BadInstance(file.place() + " must have a percentage for each of " + Day.STEPS
                    + " steps, a line each (" + lines.size() + " lines). Is it whole?");
        }
        int[] percent = new int[Day.STEPS];
        for (int step = 0; step < percent.length; step++) {
            double value = file.number(step + 1, lines.get(step), 100);
            if (value != Math.rint(value)) {
                throw file.wrong(step + 1, "the load must be an integer (" + lines.get(step) + ")");
            }
            percent[step] = (int) value;
        }
        return percent;
    }
}
