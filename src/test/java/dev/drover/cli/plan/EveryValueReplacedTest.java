package dev.drover.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.dump.BadFile;
import dev.drover.dump.Dump;
import dev.drover.dump.Place;
import dev.drover.dump.PlanFile;
import dev.drover.placement.AnytimeEngine;
import dev.drover.placement.Effort;
import dev.drover.plan.MigrationPricing;
import dev.drover.reconcile.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every value of the sample, one after the other, is replaced by values that somebody may have put there: it is refused or answered. */
class EveryValueReplacedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLE = Path.of("docs/how-to/dump.json");
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\"x\"",
            "0",
            "-1",
            "1e308",
            "99999999999",
            "true",
            "[]",
            "{}",
            "[null]",
            "{\"a\": null}",
            "{\"\": \"\"}",
            "\"9999999Ti\"",
            "\"-5\"",
            "\"node-2\"",
            "\"Pinned\"");

    @TempDir
    private Path folder;

    private final Map<String, RuntimeException> crashes = new TreeMap<>();

    @Test
    void whateverIsPutThereItIsRefusedOrAnswered() throws IOException {
        int answered = 0;
        int refused = 0;
        int places = places(JSON.readTree(SAMPLE.toFile())).size();
        for (int place = 0; place < places; place++) {
            for (String value : VALUES) {
                JsonNode tree = JSON.readTree(SAMPLE.toFile());
                String where = places(tree).get(place).put(JSON.readTree(value));
                if (answers(tree, where + " = " + value)) {
                    answered++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(crashes).isEmpty();
        assertThat(places).isGreaterThan(200);
        assertThat(refused).isGreaterThan(answered);
        assertThat(answered).isGreaterThan(places / 2);
    }

    private boolean answers(JsonNode tree, String what) throws IOException {
        Path file = Files.writeString(folder.resolve("dump.json"), JSON.writeValueAsString(tree));
        try {
            Dump dump = Dump.read(file);
            Rehearsal rehearsal = new Rehearsal(dump);
            List<Rehearsal.Answer> answers = rehearsal.run(
                    new AnytimeEngine(InstantSource.fixed(Instant.EPOCH), MigrationPricing::seconds),
                    new Effort(1, 50, 60_000));
            var asked = dump.cluster().vms().isEmpty()
                    ? null
                    : dump.cluster().vms().getFirst().id();
            new Answer(dump, rehearsal, answers, rehearsal.starts()).file(asked, Duration.ZERO);
            return true;
        } catch (BadFile refused) {
            assertThat(refused.getMessage())
                    .as(what)
                    .startsWith(file.toString())
                    .doesNotContain("Exception");
            return false;
        } catch (RuntimeException crashed) {
            crashes.put(what, crashed);
            return false;
        }
    }

    @Test
    void noMoveThatWasChangedIsValid() throws IOException {
        Dump dump = Dump.read(SAMPLE);
        Rehearsal rehearsal = new Rehearsal(dump);
        PlanFile shown = new Answer(dump, rehearsal, rehearsal.run(Engines.ofTheOperator(), Effort.DEFAULT), List.of())
                .file(null, Duration.ZERO);
        String text = JSON.writeValueAsString(JSON.valueToTree(shown.policies()));
        int places = places(JSON.readTree(text)).size();
        int changed = 0;
        for (int place = 0; place < places; place++) {
            for (String value : VALUES) {
                ArrayNode policies = (ArrayNode) JSON.readTree(text);
                String where = places(policies).get(place).put(JSON.readTree(value));
                boolean isOfTheMove = where.matches(".*moves\\[\\d]\\.(id|virtualMachine|uid|from|to|reason|after)");
                boolean isAsItWas = JSON.valueToTree(shown.policies()).equals(policies);
                boolean isValid = isValid(dump, policies, where + " = " + value);
                if (isOfTheMove && !isAsItWas && !where.endsWith(".id")) {
                    assertThat(isValid).as("%s = %s", where, value).isFalse();
                    changed++;
                }
            }
        }
        assertThat(crashes).isEmpty();
        assertThat(changed).isGreaterThan(100);
    }

    private boolean isValid(Dump dump, ArrayNode policies, String what) throws IOException {
        ObjectNode plan = JSON.createObjectNode().put("format", PlanFile.FORMAT);
        plan.set("policies", policies);
        Path file = Files.writeString(folder.resolve("plan.json"), JSON.writeValueAsString(plan));
        try {
            return new PlanReview(dump)
                    .breaches(PlanSource.read(file).policies(), Place.root(file.toString()))
                    .isEmpty();
        } catch (BadFile refused) {
            return false;
        } catch (RuntimeException crashed) {
            crashes.put(what, crashed);
            return false;
        }
    }

    /** Where a value can be put. */
    private interface Slot {
        /** @return its path, for a person */
        String put(JsonNode value);
    }

    private static List<Slot> places(JsonNode root) {
        List<Slot> slots = new ArrayList<>();
        collect(root, "", slots);
        return slots;
    }

    private static void collect(JsonNode node, String path, List<Slot> slots) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                slots.add(value -> {
                    object.set(name, value);
                    return path + "." + name;
                });
                collect(object.get(name), path + "." + name, slots);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                slots.add(value -> {
                    array.set(index, value);
                    return path + "[" + index + "]";
                });
                collect(array.get(i), path + "[" + i + "]", slots);
            }
        }
    }
}
