package dev.drover.copy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A disk of this side: a folder, whose files are its content, or a device.
 *
 * @param name of its entry in the folder of disks
 * @param path where it really is
 * @param device a block device, or a plain file that stands for one
 */
record Disk(String name, Path path, boolean device) {
    /** What a file system makes for itself at its root. It is never copied, removed or looked into. */
    static final String LOST_AND_FOUND = "lost+found";

    /** Far beyond the disks of virtual machines, which are one file each; it bounds the memory of both sides. */
    static final int MOST_ENTRIES = 100_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
    private static final int FORMAT = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    /**
     * The disks that a folder holds, by name.
     *
     * @throws CopyFailure when there are none, or one is neither a folder nor a device
     */
    static List<Disk> in(Path folder) throws CopyFailure {
        List<Path> paths;
        try (Stream<Path> entries = Files.list(folder)) {
            paths = entries.sorted(Comparator.comparing(Disk::name)).toList();
        } catch (IOException failure) {
            throw new CopyFailure(
                    "the folder of disks (" + folder + ") cannot be read (" + CopyFailure.reason(failure)
                            + "). Mount each disk below it, and check --disks.",
                    failure);
        }
        if (paths.isEmpty()) {
            throw new CopyFailure(
                    "the folder of disks (" + folder + ") is empty. Mount each disk below it, and check --disks.");
        }
        List<Disk> disks = new ArrayList<>();
        for (Path path : paths) {
            disks.add(at(path));
        }
        return List.copyOf(disks);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static Disk at(Path path) throws CopyFailure {
        String name = name(path);
        if (!isName(name)) {
            throw new CopyFailure("the name of the disk (" + name
                    + ") is none. Use letters, digits, points, hyphens and underscores.");
        }
        try {
            Path real = path.toRealPath();
            boolean folder = Files.isDirectory(real);
            if (!folder && !Files.isRegularFile(real) && format(real) != BLOCK_DEVICE) {
                throw new CopyFailure("the disk (" + name + ") is neither a folder nor a block device (" + real
                        + "). Mount a volume there.");
            }
            return new Disk(name, real, !folder);
        } catch (CopyFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw new CopyFailure(
                    "the disk (" + name + ") cannot be looked at (" + CopyFailure.reason(failure)
                            + "). Check its mount.",
                    failure);
        }
    }

    private static int format(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode") & FORMAT;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /**
     * What it consists of now.
     *
     * @throws CopyFailure when it holds what is not copied, such as a link, or cannot be read
     */
    DiskListing listing() throws CopyFailure {
        try {
            if (device) {
                return new DiskListing(name, true, List.of(Entry.device(size())));
            }
            List<Entry> entries = new ArrayList<>();
            Files.walkFileTree(path, new Lister(entries));
            entries.sort(Comparator.comparing(Entry::path));
            return new DiskListing(name, false, entries);
        } catch (CopyFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw new CopyFailure(
                    "the disk (" + name + ") cannot be listed (" + CopyFailure.reason(failure)
                            + "). Check the rights of the user that copies.",
                    failure);
        }
    }

    /** Of a device, in bytes. */
    long size() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.size();
        }
    }

    private final class Lister extends DiskVisitor {
        private final List<Entry> entries;

        Lister(List<Entry> entries) {
            super(Disk.this);
            this.entries = entries;
        }

        @Override
        void enter(Path folder, BasicFileAttributes attributes) throws IOException {
            if (!folder.equals(path)) {
                add(folder, attributes);
            }
        }

        @Override
        void see(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isRegularFile()) {
                throw new CopyFailure("the disk (" + name + ") holds a link or special file (" + path.relativize(file)
                        + "), and only files and folders are copied. Remove it, or move the disk another way.");
            }
            add(file, attributes);
        }

        private void add(Path file, BasicFileAttributes attributes) throws IOException {
            if (entries.size() >= MOST_ENTRIES) {
                throw new CopyFailure("the disk (" + name + ") holds more files and folders than are copied ("
                        + MOST_ENTRIES + "). Move it another way.");
            }
            int mode = (Integer) Files.getAttribute(file, "unix:mode") & ~FORMAT;
            entries.add(new Entry(
                    portable(path.relativize(file)),
                    attributes.isDirectory(),
                    attributes.isDirectory() ? 0 : attributes.size(),
                    mode,
                    attributes.lastModifiedTime().toInstant()));
        }

        private String portable(Path relative) throws CopyFailure {
            try {
                if (Path.of(relative.toString()).equals(relative)) {
                    return relative.toString();
                }
            } catch (InvalidPathException unspeakable) {
                // As one that is not the same when it is read back.
            }
            throw new CopyFailure("the disk (" + name + ") holds a file whose name (" + relative
                    + ") is not text in the encoding of this process. Rename it.");
        }
    }
}
