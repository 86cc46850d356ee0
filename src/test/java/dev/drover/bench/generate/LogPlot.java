package dev.drover.bench.generate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines on two logarithmic axes, as SVG. A slope of 1 is linear growth. */
final class LogPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int MARGIN = 60;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b9770e");

    private final double[] low;
    private final double[] high;
    private final StringBuilder svg = new StringBuilder();

    private LogPlot(double[] low, double[] high) {
        this.low = low;
        this.high = high;
    }

    /** @param lines by their names, points with both coordinates above 0 */
    static String svg(String x, String y, Map<String, List<double[]>> lines) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {0, 0};
        lines.values()
                .forEach(points -> points.forEach(point -> {
                    for (int axis = 0; axis < 2; axis++) {
                        low[axis] = Math.min(low[axis], Math.floor(Math.log10(point[axis])));
                        high[axis] = Math.max(high[axis], Math.ceil(Math.log10(point[axis])));
                    }
                }));
        return new LogPlot(low, high).draw(x, y, lines);
    }

    private String draw(String x, String y, Map<String, List<double[]>> lines) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        for (double power = low[0]; power <= high[0]; power++) {
            double at = across(Math.pow(10, power));
            add("<path d=\"M%.1f %d V%d\" stroke=\"#ddd\"/>", at, MARGIN / 2, HEIGHT - MARGIN);
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>",
                    at, HEIGHT - MARGIN + 18, Math.pow(10, power));
        }
        for (double power = low[1]; power <= high[1]; power++) {
            double at = up(Math.pow(10, power));
            add("<path d=\"M%d %.1f H%d\" stroke=\"#ddd\"/>", MARGIN, at, WIDTH - MARGIN);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>", MARGIN - 6, at + 4, Math.pow(10, power));
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", WIDTH / 2, HEIGHT - 16, x);
        add("<text x=\"14\" y=\"%d\">%s</text>", MARGIN / 2, y);
        int number = 0;
        for (Map.Entry<String, List<double[]>> line : lines.entrySet()) {
            curve(line.getKey(), line.getValue(), number++);
        }
        return svg.append("</svg>\n").toString();
    }

    private void curve(String name, List<double[]> points, int number) {
        StringBuilder path = new StringBuilder();
        for (double[] point : points) {
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", across(point[0]), up(point[1])));
        }
        String colour = COLOURS.get(number % COLOURS.size());
        add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
        int at = MARGIN / 2 + 16 + 18 * number;
        add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", MARGIN + 10, at, colour, name);
    }

    private double across(double value) {
        return MARGIN + (WIDTH - 2.0 * MARGIN) * (Math.log10(value) - low[0]) / (high[0] - low[0]);
    }

    private double up(double value) {
        double height = HEIGHT - 1.5 * MARGIN;
        return HEIGHT - MARGIN - height * (Math.log10(value) - low[1]) / (high[1] - low[1]);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
