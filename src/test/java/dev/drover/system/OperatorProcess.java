package dev.drover.system;

import dev.drover.api.Definitions;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The packaged operator as a process of its own, beside a testbed. Its log lies in the testbed's folder. It ends with {@link #close}, and
 * with the testbed if that ends first, however it ends.
 */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);
    private static final int WEBHOOK_SECONDS = 20;

    /** Quick where it acts, and patient where a small machine under load would look like a broken one. */
    private static final Map<String, String> PATIENT = Map.of(
            "cycle-interval", "1s",
            "reaction-delay", "100ms",
            "metrics-interval", "1s",
            "freshness-interval", "10s",
            "freshness-grace", "10s",
            "lease-duration", "60s");

    private static final String NAMESPACE = "drover-system";
    private static final String LEADS = ") leads.";

    private final Setup setup;
    private final Process process;
    private final URI management;
    private final Path log;
    private final int earlier;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private OperatorProcess(Setup setup, int managementPort) throws IOException {
        this.setup = setup;
        this.management = URI.create("http://localhost:" + managementPort);
        this.log = setup.file(".log");
        this.earlier = Files.exists(log) ? Files.readString(log).length() : 0;
        ProcessBuilder builder = new ProcessBuilder(command(setup, managementPort))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        setup.settings().forEach((name, value) -> builder.environment().put(variable(name), value));
        this.process = builder.start();
        // The keeper of the testbed ends what has left its number there, should this process die.
        Files.writeString(setup.file(".pid"), Long.toString(process.pid()));
    }

    /** An operator that does everything in seconds, as the administrator, called "operator". */
    public static Setup on(Testbed testbed) {
        return new Setup(testbed, "operator", testbed.kubeconfig(), PATIENT);
    }

    /**
     * How an operator is started.
     *
     * @param name of its log, and in messages
     * @param kubeconfig whom it speaks to, and as whom
     * @param settings by their names, for example gate-deadline
     */
    public record Setup(Testbed testbed, String name, Path kubeconfig, Map<String, String> settings) {
        public Setup {
            settings = Map.copyOf(settings);
        }

        public Setup named(String name) {
            return new Setup(testbed, name, kubeconfig, settings);
        }

        public Setup through(Path kubeconfig) {
            return new Setup(testbed, name, kubeconfig, settings);
        }

        /**
         * Takes its time at the gate, so that all that start at once are placed together. With what may be out of date nothing is
         * gated, and a small machine on which many start is out of date for a while.
         */
        Setup gathering() {
            return with("gate-deadline", "120s")
                    .with("gate-batch", "5s")
                    .with("freshness-interval", "60s")
                    .with("freshness-grace", "60s");
        }

        public Setup with(String setting, String value) {
            Map<String, String> more = new TreeMap<>(settings);
            more.put(setting, value);
            return new Setup(testbed, name, kubeconfig, more);
        }

        /** Starts it, and returns when it sees the cluster and leads. */
        public OperatorProcess start() {
            return launch().awaitReady().awaitLeading();
        }

        /** Starts it, and returns at once. */
        public OperatorProcess launch() {
            Definitions.install(testbed.client());
            testbed.apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(NAMESPACE));
            try {
                return new OperatorProcess(this, Testbed.freePort());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private Path file(String suffix) {
            return testbed.folder().resolve(name + suffix);
        }
    }

    private static List<String> command(Setup setup, int managementPort) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                System.getProperty("drover.operator.jar", "target/quarkus-app/quarkus-run.jar"),
                "operator",
                "--local",
                "--namespace",
                NAMESPACE,
                "--kubeconfig",
                setup.kubeconfig().toString(),
                "--management-port",
                Integer.toString(managementPort));
    }

    private static String variable(String setting) {
        return "DROVER_" + setting.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Until its caches show the cluster and its webhook is registered. */
    public OperatorProcess awaitReady() {
        Awaiting.until(
                "The operator (%s) is ready; its log is (%s)".formatted(setup.name(), log),
                STARTS_WITHIN,
                () -> requireAlive().health(),
                health -> health == 200);
        awaitSaying("The webhook is registered");
        letWebhookTakeItsTime();
        return this;
    }

    /** The API server gives up on the webhook after two seconds, which are soon over when two cores do everything. */
    private void letWebhookTakeItsTime() {
        setup.testbed()
                .client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName("drover")
                .edit(registered -> {
                    registered.getWebhooks().forEach(webhook -> webhook.setTimeoutSeconds(WEBHOOK_SECONDS));
                    return registered;
                });
    }

    /** Until this replica acts. After another one was killed that takes as long as its lease was valid. */
    public OperatorProcess awaitLeading() {
        awaitSaying(LEADS);
        return this;
    }

    /** Whether this replica has ever acted. */
    public boolean leads() {
        return requireAlive().text().contains(LEADS);
    }

    /** Until its log contains these words. */
    public void awaitSaying(String words) {
        Awaiting.until(
                "The log (%s) of the operator (%s) says (%s)".formatted(log, setup.name(), words),
                STARTS_WITHIN,
                () -> requireAlive().text(),
                text -> text.contains(words));
    }

    private OperatorProcess requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("The operator (%s) has ended with the code (%d). Its last words in (%s):%n%s"
                    .formatted(setup.name(), process.exitValue(), log, lastWords()));
        }
        return this;
    }

    private int health() {
        return get("/q/health/ready").map(HttpResponse::statusCode).orElse(0);
    }

    /** What it measures, as Prometheus reads it. */
    public String metrics() {
        return Awaiting.until(
                "The operator (%s) serves metrics".formatted(setup.name()),
                () -> requireAlive().get("/q/metrics").map(HttpResponse::body).orElse(""),
                text -> !text.isEmpty());
    }

    private Optional<HttpResponse<String>> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Ends it as a power failure does: it gets no chance to say anything. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, and waits until it has. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Holds it still, as an overloaded or suspended machine does: it neither acts nor renews its lease. */
    void freeze() {
        signal("STOP");
    }

    /**
     * Lets it go on, and waits until it has ended by itself.
     *
     * @return its exit code
     */
    int awakenToItsEnd() {
        signal("CONT");
        awaitEnd();
        return process.exitValue();
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("The operator (%s) took no signal (%s)".formatted(setup.name(), name));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    /** What it has printed; what an earlier operator of this name has printed is in the same file. */
    public String text() {
        try {
            return Files.readString(log).substring(earlier);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The last lines of its log. */
    public String lastWords() {
        List<String> lines = text().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The operator (%s) was still running after %d s. Its last words in (%s):%n%s"
                        .formatted(setup.name(), STOPS_WITHIN.toSeconds(), log, lastWords()));
            }
            Files.deleteIfExists(setup.file(".pid"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends it in good order if it still runs, so that its webhook does not stay behind. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
