package dev.drover.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program, run as a user runs it. */
final class Operator implements AutoCloseable {

    /** Options of the Java machine that tests start it with. */
    static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow");

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path log;

    private Operator(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The command line of one verb. */
    static List<String> command(String... arguments) {
        return command(SMALL, arguments);
    }

    private static List<String> command(List<String> javaOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.add("-jar");
        command.add(System.getProperty("drover.operator.jar", "target/quarkus-app/quarkus-run.jar"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** @param log where all that it prints goes; its temporary files go beside it */
    static Operator start(Path log, String... arguments) {
        return start(log, SMALL, arguments);
    }

    static Operator start(Path log, List<String> javaOptions, String... arguments) {
        List<String> command = command(javaOptions, arguments);
        command.add(1, "-Djava.io.tmpdir=" + log.toAbsolutePath().getParent());
        command.addAll(0, hearingInterrupts());
        try {
            return new Operator(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A job in the background is deaf to INT, and so are its children; where env can undo that, the program hears it again. */
    private static List<String> hearingInterrupts() {
        List<String> undo = List.of("env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(undo);
        trial.add("true");
        return Command.run(trial).code() == 0 ? undo : List.of();
    }

    /** Sends a signal, for example INT, which is what Ctrl-C sends. */
    void signal(String name) {
        Command.run(List.of("kill", "-" + name, Long.toString(process.pid()))).orFail();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + log());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
