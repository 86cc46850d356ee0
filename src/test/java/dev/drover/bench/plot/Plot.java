package dev.drover.bench.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Curves, and levels to compare them with, as SVG. Not safe for threads. */
public final class Plot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 100;
    private static final int RIGHT = WIDTH - 40;
    private static final int TOP = 40;
    private static final int BOTTOM = HEIGHT - 60;
    private static final int LINE = 18;
    private static final int BESIDE = 170;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b9770e");

    /** A place in the units of the axes. */
    public record Point(double x, double y) {}

    private record Curve(String name, List<Point> points) {}

    private record Level(String name, double y) {}

    private final String x;
    private final String y;
    private final List<Curve> curves = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();

    /** The names are those of the axes. */
    public Plot(String x, String y) {
        this.x = x;
        this.y = y;
    }

    public Plot curve(String name, List<Point> points) {
        curves.add(new Curve(name, points));
        return this;
    }

    /** A dashed line from side to side. */
    public Plot level(String name, double value) {
        levels.add(new Level(name, value));
        return this;
    }

    /** Both axes are logarithmic, so that a slope of 1 is linear growth. */
    public String growth() {
        return draw(Axis.logarithmic(x, values(Point::x)), Axis.logarithmic(y, values(Point::y)));
    }

    /** The horizontal axis is logarithmic; the vertical one shows the levels and the ends of the curves, and cuts off what is above. */
    public String descent() {
        DoubleStream ends =
                curves.stream().mapToDouble(curve -> curve.points().getLast().y());
        DoubleStream shown = DoubleStream.concat(ends, levels.stream().mapToDouble(Level::y));
        return draw(Axis.logarithmic(x, values(Point::x)), Axis.linear(y, shown));
    }

    private DoubleStream values(ToDoubleFunction<Point> coordinate) {
        return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(coordinate);
    }

    private String draw(Axis across, Axis up) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        add(
                "<clipPath id=\"inside\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>",
                LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
        for (double tick : across.ticks()) {
            double at = horizontal(across, tick);
            add("<path d=\"M%.1f %d V%d\" stroke=\"#ddd\"/>", at, TOP, BOTTOM);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", at, BOTTOM + LINE, Axis.label(tick));
        }
        for (double tick : up.ticks()) {
            double at = vertical(up, tick);
            add("<path d=\"M%d %.1f H%d\" stroke=\"#ddd\"/>", LEFT, at, RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, at + 4, Axis.label(tick));
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", (LEFT + RIGHT) / 2, HEIGHT - 16, across.name());
        add("<text x=\"14\" y=\"%d\">%s</text>", TOP / 2, up.name());
        for (int i = 0; i < levels.size(); i++) {
            draw(levels.get(i), vertical(up, levels.get(i).y()), RIGHT - 6 - BESIDE * i);
        }
        for (int i = 0; i < curves.size(); i++) {
            draw(i, across, up);
        }
        return svg.append("</svg>\n").toString();
    }

    /** @param right where the name ends: levels may be too near for one below the other */
    private void draw(Level level, double at, int right) {
        add("<path d=\"M%d %.1f H%d\" stroke=\"#555\" stroke-dasharray=\"6 4\"/>", LEFT, at, RIGHT);
        add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%s</text>", right, at - 4, level.name());
    }

    private void draw(int number, Axis across, Axis up) {
        Curve curve = curves.get(number);
        StringBuilder path = new StringBuilder();
        for (Point point : curve.points()) {
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    path.isEmpty() ? "M" : " L",
                    horizontal(across, point.x()),
                    vertical(up, point.y())));
        }
        String colour = COLOURS.get(number % COLOURS.size());
        add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" clip-path=\"url(#inside)\"/>", path, colour);
        add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", LEFT + 10, TOP + 16 + LINE * number, colour, curve.name());
    }

    private static double horizontal(Axis axis, double value) {
        return LEFT + (RIGHT - LEFT) * axis.share(value);
    }

    private static double vertical(Axis axis, double value) {
        return BOTTOM - (BOTTOM - TOP) * axis.share(value);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
