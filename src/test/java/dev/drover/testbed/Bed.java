package dev.drover.testbed;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A control plane for people, in a process of its own in the background: {@code make bed-up}, {@code bed-status} and
 * {@code bed-down}. There is one a checkout, in testbed/.run/bed.
 */
public final class Bed {

    private static final Duration START_LIMIT = Duration.ofMinutes(40);
    /** Exists in the folder once the control plane is up and has its nodes. */
    static final String READY = "ready";

    private final Path folder;

    private Bed(Path folder) {
        this.folder = folder;
    }

    /**
     * Arguments: {@code up NODES}, {@code down} or {@code status}; {@code serve NODES FOLDER} is what runs in the background.
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path usual = Layout.findProject().resolve("testbed/.run/bed");
        Bed bed = new Bed(arguments.length > 2 ? Path.of(arguments[2]) : usual);
        String verb = arguments.length > 0 ? arguments[0] : "";
        switch (verb) {
            case "up" -> bed.up(nodes(arguments));
            case "serve" -> bed.serve(nodes(arguments));
            case "status" -> bed.status();
            case "down" -> bed.down();
            default -> fail("Unknown verb (" + verb + "). Use: up NODES, status or down.");
        }
        // The Kubernetes client's threads outlive it and would keep the process.
        System.exit(0);
    }

    private void up(int nodes) throws IOException, InterruptedException {
        if (RunFolders.owned(folder)) {
            fail("A control plane is running in (" + folder + "). Use it, or stop it: make bed-down.");
        }
        Files.createDirectories(folder.getParent());
        Files.deleteIfExists(folder.resolve(READY));
        Path log = folder.resolveSibling("bed.log");
        Process server = serverProcess(nodes, log);
        // Whoever interrupts this does not want a control plane in the background.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!Files.exists(folder.resolve(READY))) {
                server.destroy();
            }
        }));
        System.err.println("starting a control plane with " + nodes + " nodes");
        Waiting.until("The control plane is up; its messages are in (" + log + ")", START_LIMIT, () -> {
            if (!server.isAlive()) {
                fail("The control plane did not start. Its messages are in (" + log + ").");
            }
            return Files.exists(folder.resolve(READY));
        });
        System.err.println("logs are in " + folder + "; stop it with: make bed-down");
        System.out.println("export KUBECONFIG=" + folder.resolve("admin.kubeconfig"));
    }

    /** In a session of its own: a signal to the terminal's processes does not reach it. */
    private Process serverProcess(int nodes, Path log) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                "setsid",
                java.toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Bed.class.getName(),
                "serve",
                Integer.toString(nodes),
                folder.toString());
        return new ProcessBuilder(command)
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private void serve(int nodes) throws IOException, InterruptedException {
        try (Testbed testbed = Testbed.start(TestbedOptions.defaults().in(folder))) {
            testbed.addNodes(IntStream.rangeClosed(1, nodes)
                    .mapToObj(number -> NodeShape.plain("node-" + number).zone("zone-" + (char) ('a' + number % 3)))
                    .toArray(NodeShape[]::new));
            Files.createFile(folder.resolve(READY));
            new CountDownLatch(1).await();
        }
    }

    private void down() throws IOException {
        if (!RunFolders.owned(folder)) {
            System.err.println("No control plane is running in (" + folder + ").");
            return;
        }
        long owner = Long.parseLong(Files.readString(folder.resolve("owner")).strip());
        ProcessHandle.of(owner).ifPresent(process -> {
            process.destroy();
            try {
                process.onExit().get(30, TimeUnit.SECONDS);
            } catch (Exception tooSlow) {
                process.destroyForcibly();
            }
        });
        // The keeper ends the programs; so does this, should the keeper be gone.
        Layout layout = new Layout(Layout.findProject(), folder, folder);
        Programs.endLeftovers(layout);
        System.err.println("stopped; the logs stay in " + folder);
    }

    private void status() throws IOException {
        if (!RunFolders.owned(folder)) {
            fail("No control plane is running in (" + folder + "). Start one with: make bed-up.");
        }
        System.out.printf("%-26s %8s %8s  %s%n", "PROGRAM", "PID", "MEMORY", "LOG");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".pid"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".pid", "");
                String pid = Files.readString(file).strip();
                System.out.printf("%-26s %8s %8s  %s%n", name, pid, memory(pid), folder.resolve(name + ".log"));
            }
        }
        try (Testbed testbed = Testbed.attach(folder)) {
            KubernetesClient client = testbed.client();
            List<Node> nodes = client.nodes().list().getItems();
            System.out.printf(
                    "%nnodes: %d, ready: %d; virtual machine instances: %d; migrations: %d%nexport KUBECONFIG=%s%n",
                    nodes.size(),
                    nodes.stream().filter(Nodes::ready).count(),
                    count(client, "VirtualMachineInstance"),
                    count(client, "VirtualMachineInstanceMigration"),
                    testbed.kubeconfig());
        }
    }

    private static int count(KubernetesClient client, String kind) {
        return client.genericKubernetesResources("kubevirt.io/v1", kind)
                .inAnyNamespace()
                .list()
                .getItems()
                .size();
    }

    private static String memory(String pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
                    .findFirst()
                    .orElse("-");
        } catch (IOException gone) {
            return "ended";
        }
    }

    private static int nodes(String... arguments) {
        String text = arguments.length > 1 ? arguments[1] : "6";
        if (!text.matches("[0-9]{1,4}")) {
            fail("The number of nodes (" + text + ") is not one. Give 0 to 9999, for example: make bed-up NODES=6.");
        }
        return Integer.parseInt(text);
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
