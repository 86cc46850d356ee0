package dev.drover.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The chart helm/drover, as one Helm renders it. */
record Chart(int helm) {

    static final String NAMESPACE = "drover-system";
    private static final String FOLDER = "helm/drover";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** A named set of values, as arguments of Helm. */
    record Values(String name, List<String> arguments) {

        /** @param settings as in {@code --set}; one that is JSON is written KEY:=JSON */
        static Values of(String name, String... settings) {
            List<String> arguments = new ArrayList<>();
            for (String setting : settings) {
                boolean json = setting.contains(":=");
                arguments.add(json ? "--set-json" : "--set");
                arguments.add(json ? setting.replace(":=", "=") : setting);
            }
            return new Values(name, List.copyOf(arguments));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    Command template(Values values) {
        return helm("template", "drover", values);
    }

    Command lint(Values values) {
        List<String> command = new ArrayList<>(List.of(Tools.helm(helm), "lint", "--strict", FOLDER));
        command.addAll(values.arguments());
        return Command.run(command);
    }

    private Command helm(String verb, String release, Values values) {
        List<String> command =
                new ArrayList<>(List.of(Tools.helm(helm), verb, release, FOLDER, "--namespace", NAMESPACE));
        command.addAll(values.arguments());
        return Command.run(command);
    }

    /** The rendered objects, hooks included, without the custom resource definitions. */
    List<JsonNode> objects(Values values) {
        return parse(template(values).orFail());
    }

    static List<JsonNode> parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static String yaml(JsonNode object) {
        try {
            return YAML.writeValueAsString(object);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    static JsonNode named(List<JsonNode> objects, String kind, String name) {
        return ofKind(objects, kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " is rendered"));
    }
}
