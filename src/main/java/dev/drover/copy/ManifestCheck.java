package dev.drover.copy;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what a sender announces can be taken. It only looks, and it does not rely on the sender's good will: no path may lead out of its disk. */
final class ManifestCheck {

    private ManifestCheck() {}

    /** @throws CopyFailure when the two sides do not have disks of the same names */
    static void requireNames(List<Disk> disks, List<DiskListing> announced) throws CopyFailure {
        List<String> ours = disks.stream().map(Disk::name).toList();
        List<String> theirs = announced.stream().map(DiskListing::name).toList();
        if (!ours.equals(theirs)) {
            throw new CopyFailure("the disks of the sender " + theirs + " are not those of the receiver " + ours
                    + ". Mount the same names on both sides.");
        }
    }

    /** @throws CopyFailure when one of them cannot be taken */
    static void require(List<Target> targets) throws CopyFailure {
        for (Target target : targets) {
            requireKind(target.disk(), target.announced());
            requireEntries(target.announced());
        }
        requireRoom(targets);
    }

    private static void requireKind(Disk disk, DiskListing announced) throws CopyFailure {
        if (disk.device() != announced.device()) {
            throw new CopyFailure("the disk (" + disk.name() + ") is a " + kind(announced.device())
                    + " at the sender and a " + kind(disk.device())
                    + " at the receiver. Give both claims the same volumeMode.");
        }
    }

    private static String kind(boolean device) {
        return device ? "device" : "folder";
    }

    private static void requireEntries(DiskListing announced) throws CopyFailure {
        if (announced.device()) {
            if (announced.entries().size() != 1
                    || announced.entries().getFirst().size() < 0) {
                throw new CopyFailure("the device of the disk (" + announced.name() + ") was announced with "
                        + announced.entries().size() + " entries or no size. Run the same version on both sides.");
            }
            return;
        }
        Set<String> folders = new HashSet<>(Set.of(""));
        Set<String> paths = new HashSet<>();
        for (Entry entry : announced.entries()) {
            String path = entry.path();
            boolean good = staysInside(path)
                    && folders.contains(path.substring(0, Math.max(0, path.lastIndexOf('/'))))
                    && paths.add(path)
                    && entry.size() >= 0;
            if (!good) {
                throw new CopyFailure("the disk (" + announced.name() + ") was announced with a file (" + path + ", "
                        + entry.size()
                        + " bytes) that is outside of it, twice there, without its folder or of no size."
                        + " Nothing was written; find out who made this sender.");
            }
            if (entry.folder()) {
                folders.add(path);
            }
        }
    }

    /** Links do not matter: the folder is emptied before, and what is made in it is no link. */
    private static boolean staysInside(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
                return false;
            }
        }
        return !path.equals(Disk.LOST_AND_FOUND) && !path.startsWith(Disk.LOST_AND_FOUND + "/");
    }

    /** Several folders may be on one file system. What is in them makes room, since it is removed. */
    private static void requireRoom(List<Target> targets) throws CopyFailure {
        Map<FileStore, Long> rooms = new HashMap<>();
        for (Target target : targets) {
            try {
                long asked = target.announced().bytes();
                long room = target.disk().device() ? target.disk().size() : room(target, rooms);
                if (asked < 0 || room < asked) {
                    throw new CopyFailure("the disk (" + target.disk().name() + ") has too little room (" + room
                            + " bytes) for what is to be copied (" + asked + " bytes). Make its claim larger.");
                }
            } catch (CopyFailure failure) {
                throw failure;
            } catch (IOException failure) {
                throw target.failure("be measured", failure);
            }
        }
    }

    /** Books what the disk asks for. */
    private static long room(Target target, Map<FileStore, Long> rooms) throws IOException {
        FileStore store = Files.getFileStore(target.disk().path());
        Long left = rooms.get(store);
        long room = (left == null ? store.getUsableSpace() : left) + target.present();
        rooms.put(store, room - target.announced().bytes());
        return room;
    }
}
