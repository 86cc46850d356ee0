package dev.drover.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders in which control planes run: one each, owned by a process, cleared up after dead owners. */
final class RunFolders {

    private static final int KEPT = 5;
    private static final String OWNER = "owner";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path project;

    RunFolders(Path project) {
        this.project = project;
    }

    /** A new, empty folder that belongs to this process: the given one, or one below testbed/.run. */
    Path create(@Nullable Path given) {
        Path all = project.resolve("testbed/.run");
        long self = ProcessHandle.current().pid();
        Path folder = given != null ? given.toAbsolutePath() : all.resolve(self + "-" + COUNT.incrementAndGet());
        try {
            Files.createDirectories(all);
            sweep(all);
            clear(folder);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(OWNER), Long.toString(self));
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder (" + folder + ") of the control plane", e);
        }
    }

    /** Whether the process that started the control plane in {@code folder} still lives. */
    static boolean owned(Path folder) {
        try {
            return ProcessHandle.of(Long.parseLong(
                            Files.readString(folder.resolve(OWNER)).strip()))
                    .isPresent();
        } catch (IOException | NumberFormatException noOwner) {
            return false;
        }
    }

    /**
     * Ends what owners left behind whose keeper was killed too, and keeps the logs of the last few runs only. A folder without an
     * owner that is still young may be in the making.
     */
    private void sweep(Path all) throws IOException {
        List<Path> dead;
        try (Stream<Path> children = Files.list(all)) {
            dead = children.filter(folder -> Files.exists(folder.resolve(OWNER)) && !owned(folder))
                    .sorted(Comparator.comparing(RunFolders::changed).reversed())
                    .toList();
        }
        dead.forEach(folder -> Programs.endLeftovers(new Layout(project, project, folder)));
        dead.stream().skip(KEPT).forEach(Folders::delete);
    }

    private void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        if (owned(folder)) {
            throw new IllegalStateException(
                    "A control plane is running in (" + folder + "). Stop it first, or take another folder.");
        }
        if (Files.exists(folder.resolve(OWNER))) {
            Programs.endLeftovers(new Layout(project, project, folder));
            Folders.delete(folder);
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            if (children.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "The folder (" + folder + ") holds something else. Give an empty or a new folder.");
            }
        }
    }

    private static long changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toMillis();
        } catch (IOException deletedMeanwhile) {
            return 0;
        }
    }
}
