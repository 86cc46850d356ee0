package dev.drover.system;

import dev.drover.api.Definitions;
import dev.drover.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final String NAMESPACE = "drover-system";
    private static final String LEADS = " leads.";

    private final String name;
    private final Process process;
    private final Path log;
    private final Path pid;
    private final URI management;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private OperatorProcess(String name, Process process, Path log, Path pid, URI management) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.pid = pid;
        this.management = management;
    }

    /** An operator that does everything in seconds, as the administrator, called "operator". */
    public static Setup on(Testbed testbed) {
        return new Setup(
                testbed,
                "operator",
                testbed.kubeconfig(),
                Map.of("cycle-interval", "1s", "reaction-delay", "100ms", "metrics-interval", "1s"));
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
            return OperatorProcess.launch(this);
        }
    }

    private static OperatorProcess launch(Setup setup) {
        Path folder = setup.testbed().folder();
        Path log = folder.resolve(setup.name() + ".log");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                System.getProperty("drover.operator.jar", "target/quarkus-app/quarkus-run.jar")));
        command.addAll(List.of("operator", "--local", "--namespace", NAMESPACE));
        command.addAll(List.of("--kubeconfig", setup.kubeconfig().toString()));
        command.addAll(List.of("--management-port", Integer.toString(port)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        setup.settings().forEach((name, value) -> builder.environment().put(variable(name), value));
        try {
            Process process = builder.start();
            // The keeper of the testbed ends what has left its number there, should this process die.
            Path pid = Files.writeString(folder.resolve(setup.name() + ".pid"), Long.toString(process.pid()));
            return new OperatorProcess(setup.name(), process, log, pid, URI.create("http://localhost:" + port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String variable(String setting) {
        return "DROVER_" + setting.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException("No loopback port is free.", failed);
        }
    }

    /** Until its caches show the cluster; its webhook is registered by then. */
    public OperatorProcess awaitReady() {
        Awaiting.until(
                "The operator (%s) is ready; its log is (%s)".formatted(name, log),
                STARTS_WITHIN,
                () -> requireAlive().health(),
                health -> health == 200);
        return this;
    }

    /** Until this replica acts. After another one was killed that takes as long as its lease was valid. */
    public OperatorProcess awaitLeading() {
        Awaiting.until(
                "The operator (%s) leads; its log is (%s)".formatted(name, log),
                STARTS_WITHIN,
                () -> requireAlive().ownLog(),
                text -> text.contains(LEADS));
        return this;
    }

    private OperatorProcess requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("The operator (%s) has ended with the code (%d). Its last words in (%s):%n%s"
                    .formatted(name, process.exitValue(), log, lastWords()));
        }
        return this;
    }

    private int health() {
        return get("/q/health/ready").map(HttpResponse::statusCode).orElse(0);
    }

    /** What it measures, as Prometheus reads it. */
    public String metrics() {
        return get("/q/metrics")
                .map(HttpResponse::body)
                .orElseThrow(() -> new AssertionError("The operator (%s) serves no metrics.".formatted(name)));
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

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    /** Everything that operators of this name have printed. */
    public String text() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What this process says of itself contains its number, which tells it from one of the same name before it. */
    private String ownLog() {
        return text().lines()
                .filter(line -> line.contains("-" + process.pid() + ")"))
                .reduce("", (all, line) -> all + line + "\n");
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
                        .formatted(name, STOPS_WITHIN.toSeconds(), log, lastWords()));
            }
            Files.deleteIfExists(pid);
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
