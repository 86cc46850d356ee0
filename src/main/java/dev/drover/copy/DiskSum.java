package dev.drover.copy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a disk holds, in short.
 *
 * @param name of the disk
 * @param bytes of content, holes included
 * @param sha256 in lower-case hexadecimal digits, over each entry in order: kind, path, size and content (see {@link DiskReader})
 */
public record DiskSum(String name, long bytes, String sha256) {

    /** The report of a copy that succeeded: one line of JSON. The names of disks need no escapes. */
    public static String json(List<DiskSum> sums) {
        return sums.stream()
                .map(sum -> "{\"name\":\"%s\",\"bytes\":%d,\"sha256\":\"%s\"}"
                        .formatted(sum.name(), sum.bytes(), sum.sha256()))
                .collect(Collectors.joining(",", "{\"disks\":[", "]}"));
    }

    /** @throws CopyFailure naming each disk whose sum differs */
    static void requireEqual(List<DiskSum> sent, List<DiskSum> received) throws CopyFailure {
        if (!sent.equals(received)) {
            throw new CopyFailure("what was read again at the target (" + received + ") is not what was sent (" + sent
                    + "). Do not use the copy; check the disks of the target's node, and copy again.");
        }
    }
}
