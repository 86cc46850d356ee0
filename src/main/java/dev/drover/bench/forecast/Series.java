package dev.drover.bench.forecast;

import dev.drover.bench.TraceFile;
import dev.drover.bench.TraceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads load at equal intervals of five minutes: a file for each machine, in it a line for each interval, in it a percentage or more. */
final class Series {
    /** A machine may have used more than it was given. */
    private static final double MOST = 1000;

    private Series() {}

    /**
     * The columns of all files, each a series.
     *
     * @throws dev.drover.bench.BadInstance when something is missing or wrong
     */
    static List<double[]> read(Path path) {
        return TraceFiles.read(path).values().stream()
                .flatMap(List::stream)
                .flatMap(file -> columns(file).stream())
                .toList();
    }

    private static List<double[]> columns(TraceFile file) {
        List<String> lines = file.lines();
        if (lines.isEmpty() || lines.getFirst().isBlank()) {
            throw file.wrong(1, "a load must be there; the file is empty");
        }
        int width = words(lines.getFirst()).length;
        List<double[]> columns = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            columns.add(new double[lines.size()]);
        }
        for (int i = 0; i < lines.size(); i++) {
            String[] words = words(lines.get(i));
            if (words.length != width) {
                throw file.wrong(
                        i + 1,
                        "there must be as many loads as on the first line, " + width + " (" + lines.get(i) + ")");
            }
            for (int column = 0; column < width; column++) {
                columns.get(column)[i] = file.number(i + 1, words[column], MOST);
            }
        }
        return columns;
    }

    private static String[] words(String line) {
        return line.strip().split("\\s+");
    }
}
