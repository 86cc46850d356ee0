package dev.drover.copy;

import java.util.List;

/**
 * What a disk consists of.
 *
 * @param name of the disk
 * @param device whether it is a device, which has exactly one entry, or a folder
 * @param entries sorted by path, so each folder before what is in it
 */
record DiskListing(String name, boolean device, List<Entry> entries) {
    DiskListing {
        entries = List.copyOf(entries);
    }

    /** Of content, holes included. */
    long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }
}
