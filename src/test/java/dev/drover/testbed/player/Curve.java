package dev.drover.testbed.player;

import java.nio.file.Path;
import java.util.List;

/**
 * A value over time: what a guest asks for. Time is in played seconds since the curve was set; before the first point the first value holds,
 * after the last point the last one.
 */
public sealed interface Curve {

    /** The value at a time, never negative and always finite. */
    double at(double seconds);

    /** One value for all times. */
    static Curve constant(double value) {
        return new Constant(value);
    }

    /** Values that hold until the next point. */
    static Curve steps(Point... points) {
        return new Steps(List.of(points));
    }

    /** Values with straight lines between them, as measured ones; with {@code repeat} the last point is followed by the first one. */
    static Curve trace(List<Point> points, boolean repeat) {
        return new Trace(points, repeat);
    }

    /**
     * A curve in the syntax of the annotations, for example {@code 0.5@0s,3@60s} or {@code trace:web.csv repeat}.
     *
     * @param traceFolder where relative names of trace files are looked up
     * @throws IllegalArgumentException when the text is not a curve; the message says what to write instead
     */
    static Curve parse(String text, Path traceFolder) {
        return new DemandSyntax(traceFolder).parse(text);
    }

    /** From {@code seconds} on the curve has this {@code value}. */
    static Point point(double seconds, double value) {
        return new Point(seconds, value);
    }

    record Point(double seconds, double value) {
        public Point {
            requireUsable("time", seconds);
            requireUsable("value", value);
        }
    }

    record Constant(double value) implements Curve {
        public Constant {
            requireUsable("value", value);
        }

        @Override
        public double at(double seconds) {
            return value;
        }
    }

    record Steps(List<Point> points) implements Curve {
        public Steps {
            points = inOrder(points);
        }

        @Override
        public double at(double seconds) {
            return points.get(lastBefore(points, seconds)).value();
        }
    }

    record Trace(List<Point> points, boolean repeat) implements Curve {
        public Trace {
            points = inOrder(points);
        }

        @Override
        public double at(double seconds) {
            var end = points.getLast().seconds();
            var time = repeat && end > 0 ? seconds % end : seconds;
            var index = lastBefore(points, time);
            var left = points.get(index);
            if (index == points.size() - 1 || time <= left.seconds()) {
                return left.value();
            }
            var right = points.get(index + 1);
            var share = (time - left.seconds()) / (right.seconds() - left.seconds());
            return left.value() + share * (right.value() - left.value());
        }
    }

    private static int lastBefore(List<Point> points, double seconds) {
        var index = 0;
        while (index + 1 < points.size() && points.get(index + 1).seconds() <= seconds) {
            index++;
        }
        return index;
    }

    private static List<Point> inOrder(List<Point> points) {
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A demand curve has no points. Give at least one, for example 0.5@0s.");
        }
        for (var i = 1; i < points.size(); i++) {
            if (points.get(i).seconds() <= points.get(i - 1).seconds()) {
                throw new IllegalArgumentException(
                        "The points of a demand curve are not in the order of time (%s s comes after %s s). Sort them by time."
                                .formatted(
                                        points.get(i).seconds(),
                                        points.get(i - 1).seconds()));
            }
        }
        return List.copyOf(points);
    }

    private static void requireUsable(String what, double number) {
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "The %s of a demand point is not usable (%s). Give a finite number of at least 0."
                            .formatted(what, number));
        }
    }
}
