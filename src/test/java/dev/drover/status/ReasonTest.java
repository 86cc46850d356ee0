package dev.drover.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.GeneratedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("generated")
class ReasonTest {
    @Test
    void aReasonIsOneWordInCamelCase() {
        assertThat(GateReason.KUBE_VIRT_ABSENT.value()).isEqualTo("KubeVirtAbsent");
        assertThat(Reason.all()).allSatisfy(reason -> assertThat(reason.value()).matches("([A-Z][a-z]+)+"));
        assertThat(ConditionType.values())
                .allSatisfy(type -> assertThat(type.value()).matches("([A-Z][a-z]+)+"));
    }

    /** The name alone stands in conditions and events. */
    @Test
    void noTwoReasonsHaveTheSameName() {
        assertThat(Reason.all().map(Reason::value)).doesNotHaveDuplicates().contains("StaleCache", "Recovered");
    }

    /** A topic that is left out would be missing in the reference. */
    @Test
    void everyKindOfReasonIsATopic() {
        assertThat(Reason.all().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Reason.class.getPermittedSubclasses());
    }

    @Test
    void meaningsAndRemediesAreSentences() {
        assertThat(Reason.all()).allSatisfy(reason -> {
            assertThat(reason.meaning()).matches("(?s)[A-Z].*[.]");
            assertThat(reason.remedy()).matches("(?s)|[A-Z].*[.]");
        });
    }

    /** A word that nobody says would be looked for in vain. */
    @Test
    void everyReasonIsGivenSomewhere() throws IOException {
        String code;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            code = files.filter(file -> file.toString().endsWith(".java"))
                    .map(ReasonTest::read)
                    .collect(Collectors.joining("\n"));
        }

        assertThat(Reason.all()).allSatisfy(reason -> assertThat(code)
                .containsPattern("\\b" + reason.getClass().getSimpleName() + "\\." + reason + "\\b"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void theReferenceIsThatOfTheCode() {
        GeneratedFiles.check(Path.of("docs/reference"), Map.of("reasons.md", reference()));
    }

    private static String reference() {
        return """
                # Reasons

                The one vocabulary of the `reason` of conditions, events and the faults of policies. Events with a reason
                marked ! have the type Warning, all others Normal. This file is generated from the code: `make generate`.
                """
                + Arrays.stream(Reason.Topic.values()).map(ReasonTest::section).collect(Collectors.joining());
    }

    private static String section(Reason.Topic topic) {
        return "\n## " + topic.title() + "\n\n| reason | what it means | what to do |\n|---|---|---|\n"
                + topic.reasons().stream().map(ReasonTest::row).collect(Collectors.joining());
    }

    private static String row(Reason reason) {
        String mark = reason.severity() == Reason.Severity.WARNING ? " !" : "";
        return "| `" + reason.value() + "`" + mark + " | " + reason.meaning() + " | " + reason.remedy() + " |\n";
    }
}
