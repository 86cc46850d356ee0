package dev.drover.cli.option;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.drover.dump.JsonFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a person, or for a program. */
public final class OutputOption {
    enum Format {
        TABLE,
        JSON,
        YAML
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    /**
     * @param value what a program gets
     * @param table prints the same for a person
     */
    public void print(Object value, Consumer<PrintWriter> table) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case JSON -> JsonFile.write(value, out);
            case YAML -> out.print(yaml(value));
            case TABLE -> table.accept(out);
        }
        out.flush();
    }

    /** By way of the JSON, so that both say the same; a text of digits stays a text. */
    private static String yaml(Object value) throws IOException {
        StringWriter json = new StringWriter();
        JsonFile.write(value, json);
        return YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build()
                .writeValueAsString(new ObjectMapper().readTree(json.toString()));
    }
}
