package dev.drover.cli.option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as what is in them. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    /** @param more rows with a cell for each column */
    public Table with(List<List<String>> more) {
        rows.addAll(more);
        return this;
    }

    public void print(PrintWriter out, String indent) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                boolean isLast = column == widths.length - 1;
                line.append(cell).append(isLast ? "" : " ".repeat(widths[column] - cell.length() + 2));
            }
            out.println(line);
        }
    }
}
