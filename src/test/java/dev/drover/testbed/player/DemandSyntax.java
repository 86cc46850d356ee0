package dev.drover.testbed.player;

import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a demand is written in an annotation.
 *
 * <ul>
 *   <li>{@code 0.5} or {@code 500m} or {@code 2Gi}: a constant, any Kubernetes quantity
 *   <li>{@code 0.5@0s, 3@60s, 1@5m}: steps; each value holds from its time on; units are ms, s, m, h
 *   <li>{@code trace:web.csv} or {@code trace:web.csv repeat}: a file with lines {@code seconds,value}; lines that begin with # are ignored
 * </ul>
 */
final class DemandSyntax {

    private static final String EXAMPLE = "Write for example 0.5, or 0.5@0s,3@60s, or trace:file.csv.";
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    private final Path traceFolder;

    /** @param traceFolder where relative names of trace files are looked up */
    DemandSyntax(Path traceFolder) {
        this.traceFolder = traceFolder;
    }

    /** @throws IllegalArgumentException when the text is not a demand; the message says what to write instead */
    Curve parse(String text) {
        var trimmed = text.trim();
        if (trimmed.startsWith("trace:")) {
            return trace(trimmed.substring("trace:".length()).trim());
        }
        var points = new ArrayList<Curve.Point>();
        for (var part : trimmed.split(",")) {
            var at = part.indexOf('@');
            var seconds = at < 0 ? 0 : seconds(part.substring(at + 1).trim());
            points.add(Curve.point(seconds, value(at < 0 ? part : part.substring(0, at))));
        }
        return points.size() == 1 && points.getFirst().seconds() == 0
                ? Curve.constant(points.getFirst().value())
                : Curve.steps(points.toArray(Curve.Point[]::new));
    }

    private Curve trace(String text) {
        var repeat = text.endsWith(" repeat");
        var name =
                repeat ? text.substring(0, text.length() - " repeat".length()).trim() : text;
        try {
            return Curve.trace(points(Files.readAllLines(traceFolder.resolve(name))), repeat);
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new IllegalArgumentException(
                    "The trace file (%s) cannot be read below the folder (%s). Put it there or give an absolute path."
                            .formatted(name, traceFolder),
                    e);
        }
    }

    private static List<Curve.Point> points(List<String> lines) {
        var points = new ArrayList<Curve.Point>();
        for (var line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var fields = line.split(",");
            if (fields.length != 2) {
                throw new IllegalArgumentException(
                        "A line of the trace (%s) does not have two fields. Write seconds,value.".formatted(line));
            }
            points.add(Curve.point(value(fields[0]), value(fields[1])));
        }
        return points;
    }

    private static double seconds(String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "The time (%s) is not a number with a unit (ms, s, m, h). %s".formatted(text, EXAMPLE));
        }
        var number = Double.parseDouble(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> number / 1000;
            case "m" -> number * 60;
            case "h" -> number * 3600;
            default -> number;
        };
    }

    /** A Kubernetes quantity in its base unit: cores or bytes. */
    static double value(String text) {
        try {
            return Quantity.parse(text.trim()).getNumericalAmount().doubleValue();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The value (%s) is not a Kubernetes quantity. %s".formatted(text.trim(), EXAMPLE), e);
        }
    }
}
