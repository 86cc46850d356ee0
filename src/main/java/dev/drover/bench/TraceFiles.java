package dev.drover.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a trace, from a folder, from its folders, or from a tar archive that may be packed by gzip. */
public final class TraceFiles {
    private static final int MOST_BYTES = 16 << 20;

    private TraceFiles() {}

    /**
     * The files by folder, each folder's by the bytes of their names.
     *
     * @throws BadInstance when nothing is there or it can't be read
     */
    public static SortedMap<String, List<TraceFile>> read(Path path) {
        List<TraceFile> files;
        if (Files.isDirectory(path)) {
            files = ofFolder(path);
        } else if (Files.isRegularFile(path) && path.toString().matches(".*\\.tar(\\.gz)?")) {
            files = new TarArchive(path).files();
        } else if (Files.isRegularFile(path)) {
            files = List.of(file(path));
        } else {
            throw new BadInstance("there is no file or folder (" + path + "). Check the path.");
        }
        SortedMap<String, List<TraceFile>> folders = new TreeMap<>();
        files.stream().sorted(Comparator.comparing(TraceFile::name)).forEach(file -> folders.computeIfAbsent(
                        file.folder(), _ -> new ArrayList<>())
                .add(file));
        folders.values().forEach(TraceFiles::checkNames);
        if (folders.isEmpty()) {
            throw new BadInstance(path + " holds no file. Check the path.");
        }
        return folders;
    }

    /** An archive may hold a file twice, and folders below others may have the same name. */
    private static void checkNames(List<TraceFile> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
                throw new BadInstance(sorted.get(i).place() + " has the name of another file of the same folder ("
                        + sorted.get(i - 1).place() + "). Remove or rename one.");
            }
        }
    }

    private static List<TraceFile> ofFolder(Path path) {
        try (Stream<Path> below = Files.walk(path, 2)) {
            return below.filter(Files::isRegularFile).map(TraceFiles::file).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInstance(path + " can't be read (" + e.getMessage() + "). May this user read it?");
        }
    }

    private static TraceFile file(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        return new TraceFile(
                String.valueOf(folder.getFileName()),
                path.getFileName().toString(),
                path.toString(),
                InstanceFile.read(path, MOST_BYTES));
    }
}
