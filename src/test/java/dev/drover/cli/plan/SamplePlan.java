package dev.drover.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The plan that is shown for the dump of the documentation, and ways to change it. */
final class SamplePlan {
    static final String FILE = "docs/how-to/dump.json";
    static final ObjectMapper JSON = new ObjectMapper();

    private SamplePlan() {}

    static ObjectNode of(String... options) throws IOException {
        String[] line = {"plan", "show", "-f", FILE, "-o", "json"};
        String[] all = Stream.of(line, options).flatMap(Arrays::stream).toArray(String[]::new);
        return (ObjectNode) JSON.readTree(CommandRun.of(all).out());
    }

    static Path write(Path folder, JsonNode plan) throws IOException {
        return Files.writeString(folder.resolve("plan.json"), JSON.writeValueAsString(plan));
    }

    static Consumer<ObjectNode> policy(Consumer<ObjectNode> change) {
        return plan -> change.accept((ObjectNode) plan.get("policies").get(0));
    }

    static Consumer<ObjectNode> moves(Consumer<ArrayNode> change) {
        return policy(policy -> change.accept((ArrayNode) policy.get("moves")));
    }

    static Consumer<ObjectNode> change(int move, Consumer<ObjectNode> change) {
        return moves(moves -> change.accept((ObjectNode) moves.get(move)));
    }
}
