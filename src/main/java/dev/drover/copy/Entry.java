package dev.drover.copy;

import java.time.Instant;

/**
 * A file or a folder of a disk; of a device, the device itself.
 *
 * @param path below the disk, with slashes; empty for a device
 * @param folder whether it holds others and no content
 * @param size in bytes; 0 for a folder
 * @param mode permissions and the three bits above them, as chmod takes them; unused for a device
 * @param modified when the content was last changed; unused for a device
 */
record Entry(String path, boolean folder, long size, int mode, Instant modified) {

    static Entry device(long size) {
        return new Entry("", false, size, 0, Instant.EPOCH);
    }
}
