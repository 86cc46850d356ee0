package dev.drover.copy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disk of the receiver that becomes what was announced.
 *
 * @param disk to be written
 * @param announced what it is to hold
 */
record Target(Disk disk, DiskListing announced) {
    private static final FileAttribute<?> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The bytes of the files that lie in a folder, which will be removed; where they are sparse they take less. */
    long present() throws IOException {
        long[] bytes = {0};
        Files.walkFileTree(disk.path(), new DiskVisitor(disk) {
            @Override
            void see(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
            }
        });
        return bytes[0];
    }

    /** Removes what lies in a folder; a device keeps its content until it is written over. */
    void clear() throws CopyFailure {
        if (disk.device()) {
            return;
        }
        try {
            Files.walkFileTree(disk.path(), new Remover());
        } catch (IOException failure) {
            throw failure("be emptied", failure);
        }
    }

    /** Makes a folder that was announced. */
    void makeFolder(Entry entry) throws CopyFailure {
        try {
            Files.createDirectory(path(entry), OWN_FOLDER);
        } catch (IOException failure) {
            throw failure("be written at (" + entry.path() + ")", failure);
        }
    }

    /** Opens a file that was announced, which is made, or the device. */
    TargetFile open(Entry entry) throws CopyFailure {
        try {
            FileChannel channel = disk.device()
                    ? FileChannel.open(path(entry), StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : FileChannel.open(
                            path(entry),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                            OWN_FILE);
            return new TargetFile(this, entry, channel);
        } catch (IOException failure) {
            throw failure("be written at (" + entry.path() + ")", failure);
        }
    }

    /**
     * Gives files and folders their times and modes, and forces them to the disk; the last of each folder first, since a mode may forbid to write in it.
     *
     * @param step called after each
     */
    void seal(Step step) throws CopyFailure {
        if (disk.device()) {
            return;
        }
        for (Entry entry : announced.entries().reversed()) {
            try (FileChannel channel = FileChannel.open(path(entry), StandardOpenOption.READ)) {
                Files.setLastModifiedTime(path(entry), FileTime.from(entry.modified()));
                Files.setAttribute(path(entry), "unix:mode", entry.mode());
                channel.force(true);
            } catch (IOException failure) {
                throw failure("be completed at (" + entry.path() + ")", failure);
            }
            step.done();
        }
        try (FileChannel root = FileChannel.open(disk.path(), StandardOpenOption.READ)) {
            root.force(true);
        } catch (IOException failure) {
            throw failure("be forced to its medium", failure);
        }
    }

    CopyFailure failure(String what, IOException failure) {
        return new CopyFailure(
                "the disk (" + disk.name() + ") cannot " + what + ": " + CopyFailure.reason(failure)
                        + ". Check the volume, its room and the rights of the user that copies.",
                failure);
    }

    private Path path(Entry entry) {
        return disk.path().resolve(entry.path());
    }

    /** Something that takes time was done. */
    @FunctionalInterface
    interface Step {
        void done() throws CopyFailure;
    }

    private final class Remover extends DiskVisitor {
        Remover() {
            super(disk);
        }

        @Override
        void enter(Path folder, BasicFileAttributes attributes) throws IOException {
            // An earlier try may have sealed it against writing.
            if (!Files.isWritable(folder)) {
                Files.setPosixFilePermissions(folder, OWN_FOLDER.value());
            }
        }

        @Override
        void see(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!folder.equals(disk.path())) {
                Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
