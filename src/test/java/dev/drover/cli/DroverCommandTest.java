package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.drover.api.v1alpha1.AdmissionMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DroverCommandTest {

    private static CommandRun run(String line) {
        return CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("", 2, "Missing required subcommand", "drover --help"),
                arguments("balance", 2, "balance", "drover --help"),
                arguments("operator --https-port many", 2, "--https-port", "'many'"),
                arguments("operator --admission maybe", 2, "--admission", "maybe"),
                arguments("operator", 2, "no certificate", "--certificates FOLDER"),
                arguments("operator --install-crds --admission off", 2, "--local", "kubectl apply"),
                arguments("operator --local --certificates /tmp", 2, "--certificates (/tmp)", "makes its own"),
                arguments("operator --local --kubeconfig /no/such", 1, "(/no/such)", "Name an existing file"),
                arguments("bench repair --instance /no/such", 2, "(/no/such)", "Check --instance"),
                arguments("bench generate place --nodes 3 --out /no/such/file", 2, "/no/such/file", "--out"),
                arguments("lift-gates --kubeconfig /no/such", 1, "(/no/such)", "Name an existing file"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsNamedWithWhatToDo(String line, int code, String name, String hint) {
        CommandRun result = run(line);
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("drover: ").contains(name, hint).doesNotContain("Exception", "\tat ");
    }

    @Test
    void helpListsTheVerbs() {
        CommandRun help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("operator", "lift-gates", "version");
    }

    @Test
    void versionNamesTheJavaThatRuns() {
        assertThat(run("version").out())
                .startsWith("drover ")
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void withoutAWebhookNothingListensButManagement() {
        Map<String, String> properties = new OperatorProperties("localhost", 1234)
                .operator("somewhere", AdmissionMode.OFF)
                .asMap();
        assertThat(properties)
                .containsEntry("quarkus.http.host-enabled", "false")
                .containsEntry("quarkus.management.port", "1234")
                .containsEntry("drover.namespace", "somewhere")
                .containsEntry("drover.admission", "off");
    }

    @Test
    void theWebhookIsServedByHttpsOnly() {
        Map<String, String> properties = new OperatorProperties("localhost", 1234)
                .webhook(5678, Path.of("/certificates"))
                .asMap();
        assertThat(properties)
                .containsEntry("quarkus.http.host-enabled", "true")
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .containsEntry("quarkus.http.ssl-port", "5678")
                .containsEntry("quarkus.tls.webhook.key-store.pem.0.cert", "/certificates/tls.crt");
    }

    @Test
    void theKeyOfALocalWebhookIsForItsOwnerOnly() throws Exception {
        LocalWebhook webhook = LocalWebhook.prepare(5678, "drover-system");
        Path key = webhook.folder().resolve("tls.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(webhook.folder())))
                .isEqualTo("rwx------");
        assertThat(webhook.authority()).contains("BEGIN CERTIFICATE");
        assertThat(LocalWebhook.of(webhook.arguments())).isEqualTo(webhook);
    }
}
