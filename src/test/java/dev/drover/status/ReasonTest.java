package dev.drover.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.api.GeneratedFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("generated")
class ReasonTest {
    @Test
    void aReasonIsOneWordInCamelCase() {
        assertThat(Reason.KUBE_VIRT_ABSENT.value()).isEqualTo("KubeVirtAbsent");
        assertThat(Reason.values())
                .allSatisfy(reason -> assertThat(reason.value()).matches("([A-Z][a-z]+)+"));
        assertThat(ConditionType.values())
                .allSatisfy(type -> assertThat(type.value()).matches("([A-Z][a-z]+)+"));
    }

    @Test
    void meaningsAndRemediesAreSentences() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            assertThat(reason.meaning()).matches("(?s)[A-Z].*[.]");
            assertThat(reason.remedy()).matches("(?s)|[A-Z].*[.]");
        });
    }

    @Test
    void theReferenceIsThatOfTheCode() {
        GeneratedFiles.check(Path.of("docs/reference"), Map.of("reasons.md", reference()));
    }

    private static String reference() {
        return """
                # Reasons

                The one vocabulary of conditions (`reason`), events (`reason`) and metrics (label `reason`). Events with a reason
                marked ! have the type Warning, all others Normal. This file is generated from the code: `make generate`.
                """
                + Arrays.stream(Reason.Topic.values()).map(ReasonTest::section).collect(Collectors.joining());
    }

    private static String section(Reason.Topic topic) {
        return "\n## " + topic.title() + "\n\n| reason | what it means | what to do |\n|---|---|---|\n"
                + Arrays.stream(Reason.values())
                        .filter(reason -> reason.topic() == topic)
                        .map(ReasonTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Reason reason) {
        String mark = reason.severity() == Reason.Severity.WARNING ? " !" : "";
        return "| `" + reason.value() + "`" + mark + " | " + reason.meaning() + " | " + reason.remedy() + " |\n";
    }
}
