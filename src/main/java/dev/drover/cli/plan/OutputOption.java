package dev.drover.cli.plan;

import dev.drover.dump.JsonFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a person, or for a program. */
final class OutputOption {
    enum Format {
        TABLE,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description =
                    "${COMPLETION-CANDIDATES}; plan verify reads the JSON of plan show. Default: ${DEFAULT-VALUE}.")
    private Format format;

    /** @param table prints the same for a person */
    void print(Object value, Consumer<PrintWriter> table) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case JSON -> JsonFile.write(value, out);
            case TABLE -> table.accept(out);
        }
        out.flush();
    }
}
