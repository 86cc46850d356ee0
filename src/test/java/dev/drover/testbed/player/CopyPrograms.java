package dev.drover.testbed.player;

import dev.drover.testbed.Folders;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The programs of copy pods, as processes of this machine. Each has a log and, while it runs, a pid in the folder of the run, so that the
 * keeper ends it should this process die. Safe for use by several threads.
 */
final class CopyPrograms implements AutoCloseable {

    private static final long ENDS_WITHIN_SECONDS = 30;

    private final KubernetesClient client;
    private final Path folder;
    private final PodNetwork network = new PodNetwork();
    private final Map<String, Process> running = new HashMap<>();
    private volatile List<String> program;
    private boolean closed;

    CopyPrograms(PlayerOptions options) {
        this.client = options.client();
        this.folder = options.folder();
        this.program = options.copyProgram();
    }

    void program(List<String> commandLine) {
        program = List.copyOf(commandLine);
    }

    /**
     * Mounts what the pod asks for and starts its program.
     *
     * @param then learns how it has ended, on a thread of its own
     * @throws IOException when something cannot be mounted; nothing runs then
     */
    void start(Pod pod, Map<String, String> nodeLabels, Consumer<ContainerEnd> then) throws IOException {
        var files = new PodFiles(client, files(pod));
        files.mount(pod, nodeLabels);
        List<String> command = new ArrayList<>(program);
        command.addAll(files.arguments(pod, network));
        var log = files.terminationLog(pod.getSpec().getContainers().getFirst());
        var uid = pod.getMetadata().getUid();
        var process = launch(pod, command);
        process.onExit().thenAccept(_ -> {
            var end = end(process, log);
            forget(uid, process);
            then.accept(end);
        });
    }

    private synchronized Process launch(Pod pod, List<String> command) throws IOException {
        if (closed) {
            throw new IOException("The bed has ended");
        }
        var log = folder.resolve(name(pod) + ".log").toFile();
        var process = new ProcessBuilder(command)
                .directory(files(pod).toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        running.put(pod.getMetadata().getUid(), process);
        Files.writeString(pid(pod.getMetadata().getUid()), Long.toString(process.pid()));
        return process;
    }

    /** Ends the program of a pod at once, if it runs; says whether it did. */
    synchronized boolean end(String podUid) {
        @Nullable Process process = running.get(podUid);
        if (process == null || !process.isAlive()) {
            return false;
        }
        process.destroyForcibly();
        return true;
    }

    /** The pod is gone: its program ends, and its address may be another one's from now on. */
    void gone(Pod pod) {
        end(pod.getMetadata().getUid());
        network.release(pod.getStatus().getPodIP());
    }

    /** Deletes the files of a pod that is gone. */
    void clear(Pod pod) {
        Folders.delete(files(pod));
    }

    private static ContainerEnd end(Process process, Path terminationLog) {
        try {
            return ContainerEnd.exited(process.exitValue(), Files.readAllBytes(terminationLog));
        } catch (IOException deletedWithThePod) {
            return ContainerEnd.exited(process.exitValue(), new byte[0]);
        }
    }

    private synchronized void forget(String podUid, Process process) {
        if (running.remove(podUid, process)) {
            try {
                Files.deleteIfExists(pid(podUid));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path files(Pod pod) {
        return folder.resolve("pods").resolve(pod.getMetadata().getUid());
    }

    private Path pid(String podUid) {
        return folder.resolve("copy-" + podUid + ".pid");
    }

    /** Pods of equal names in two namespaces share a log, which no test needs. */
    private static String name(Pod pod) {
        return "copy-" + pod.getMetadata().getName();
    }

    /** Ends all programs, and returns when they have ended. */
    @Override
    public void close() {
        List<Process> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running.values());
        }
        left.forEach(Process::destroyForcibly);
        for (var process : left) {
            try {
                process.onExit().get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(
                        "The program of a copy pod does not end (%d).".formatted(process.pid()), e);
            }
        }
    }
}
