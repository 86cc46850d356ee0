package dev.drover.copy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Walks through a disk that is a folder, past what a file system makes for itself at its root, which may be for root's eyes only. */
abstract class DiskVisitor extends SimpleFileVisitor<Path> {
    private final Path lostAndFound;

    DiskVisitor(Disk disk) {
        this.lostAndFound = disk.path().resolve(Disk.LOST_AND_FOUND);
    }

    /** A folder, the disk's own included, before what is in it. */
    void enter(Path folder, BasicFileAttributes attributes) throws IOException {}

    /** Whatever is no folder. */
    abstract void see(Path file, BasicFileAttributes attributes) throws IOException;

    @Override
    public final FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (folder.equals(lostAndFound)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        enter(folder, attributes);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public final FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!file.equals(lostAndFound)) {
            see(file, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    /** A folder that cannot be opened comes here at once. */
    @Override
    public final FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (!file.equals(lostAndFound)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }
}
