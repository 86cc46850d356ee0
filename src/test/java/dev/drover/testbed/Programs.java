package dev.drover.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The programs of one control plane. They live as long as the process that owns this object at most: a keeper (testbed/keeper.sh)
 * ends them when its standard input ends, which also happens when the owner is killed with SIGKILL. Closing goes the same way, so
 * there is one way to stop and every run of the tests tries it.
 */
final class Programs implements AutoCloseable {

    private final Layout layout;
    private final Process keeper;
    private final Map<String, Process> running = new LinkedHashMap<>();
    private final Map<String, Command> started = new HashMap<>();

    Programs(Layout layout) {
        this.layout = layout;
        this.keeper = keeper(layout, ProcessBuilder.Redirect.PIPE);
    }

    /** Ends what the owner of {@code layout} has left behind. */
    static void endLeftovers(Layout layout) {
        await(keeper(layout, ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())), "keeper");
    }

    void start(String name, List<String> command) {
        start(name, command, Map.of());
    }

    synchronized void start(String name, List<String> arguments, Map<String, String> environment) {
        started.put(name, new Command(arguments, environment));
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "sh",
                layout.script("launch.sh").toString(),
                layout.folder().toString(),
                name));
        command.add(layout.program(name).toString());
        command.addAll(arguments);
        try {
            running.put(name, process(command, environment, name).start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start (" + name + ")", e);
        }
    }

    /** Starts a program that has ended as it was started before. */
    void startAgain(String name) {
        Command command = started.get(name);
        if (command == null || running.containsKey(name)) {
            throw new IllegalArgumentException("Cannot start (" + name + ") again. It must be one of "
                    + started.keySet() + " and not one of " + running.keySet() + ", which are running.");
        }
        start(name, command.arguments(), command.environment());
    }

    /** Runs a program to its end, with its output in its log file. */
    void run(String name, List<String> arguments, Map<String, String> environment) {
        start(name, arguments, environment);
        int code = await(running.get(name), name);
        if (code != 0) {
            throw new IllegalStateException("(" + name + ") ended with code (" + code + "). " + lastWords(name));
        }
        forget(name);
    }

    /** Asks a program to end and waits until it has. */
    void stop(String name) {
        Process process = running.get(name);
        if (process != null) {
            process.destroy();
            await(process, name);
            forget(name);
        }
    }

    /** Ends a program at once. The API server would take up to a minute to end in order while somebody watches. */
    void kill(String name) {
        Process process = running.get(name);
        if (process == null) {
            throw new IllegalArgumentException("(" + name + ") is not running. These are: " + running.keySet() + ".");
        }
        process.destroyForcibly();
        await(process, name);
        forget(name);
    }

    private record Command(List<String> arguments, Map<String, String> environment) {}

    /** Fails when one of the programs has ended by itself: waiting for it would only hide why. */
    synchronized void requireAll() {
        running.forEach((name, process) -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "(" + name + ") ended with code (" + process.exitValue() + "). " + lastWords(name));
            }
        });
    }

    @Override
    public void close() {
        try {
            keeper.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // The keeper is dead; endLeftovers does its work.
        }
        await(keeper, "keeper");
        endLeftovers(layout);
    }

    private synchronized void forget(String name) {
        running.remove(name);
        try {
            Files.deleteIfExists(layout.folder().resolve(name + ".pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder process(List<String> command, Map<String, String> environment, String name) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(layout.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    private Path log(String name) {
        return layout.folder().resolve(name + ".log");
    }

    private String lastWords(String name) {
        try {
            List<String> lines = Files.readAllLines(log(name));
            return "The end of (" + log(name) + "):\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "It left no log in (" + log(name) + ").";
        }
    }

    private static Process keeper(Layout layout, ProcessBuilder.Redirect input) {
        try {
            return new ProcessBuilder(
                            "setsid",
                            "sh",
                            layout.script("keeper.sh").toString(),
                            layout.folder().toString())
                    .redirectInput(input)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the keeper of (" + layout.folder() + ")", e);
        }
    }

    private static int await(Process process, String name) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("(" + name + ") did not end within 60 s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the end of (" + name + ")", e);
        }
    }
}
