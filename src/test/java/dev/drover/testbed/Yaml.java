package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;

/** YAML files with any number of objects. */
final class Yaml {

    // KubeVirt's install strategy is one text of several megabytes; the parser's default limit is three.
    private static final int LARGEST_TEXT = 64 << 20;

    private static final YAMLMapper MAPPER =
            new YAMLMapper(YAMLFactory.builder().loaderOptions(loaderOptions()).build());

    private Yaml() {}

    static List<JsonNode> read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot read (" + file + "). Give a file that exists and is readable.", e);
        }
    }

    static List<JsonNode> read(String text) {
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            List<JsonNode> objects = new ArrayList<>();
            documents.forEachRemaining(object -> {
                if (object.isObject()) {
                    objects.add(object);
                }
            });
            return objects;
        } catch (IOException e) {
            throw new IllegalArgumentException("This is not YAML: " + e.getMessage(), e);
        }
    }

    private static LoaderOptions loaderOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_TEXT);
        return options;
    }
}
